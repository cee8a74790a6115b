"""What one person draws up and another publishes (four eyes): the columns, and what must never be."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from app.models.base import Base
from app.models.types import UtcDateTime, one_of
from app.models.user import User

STATES = ("draft", "published", "discarded")


class DrawnUp:
    """Columns of a table whose rows are drawn up, proposed and published; what is published never changes.

    What came with the product was made and published by nobody.
    """

    state: Mapped[str] = mapped_column(String(12), default="draft")
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    proposed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @declared_attr
    def made_by(cls) -> Mapped[User | None]:  # noqa: N805 - SQLAlchemy hands in the class
        """Who drew it up."""
        return relationship(foreign_keys=[cls.made_by_id])  # type: ignore[list-item]

    @declared_attr
    def decided_by(cls) -> Mapped[User | None]:  # noqa: N805
        """Who published it, or threw it away."""
        return relationship(foreign_keys=[cls.decided_by_id])  # type: ignore[list-item]

    @property
    def is_drawn_up(self) -> bool:
        """Say whether it may still be changed."""
        return self.state == "draft" and self.proposed_at is None

    @property
    def waits(self) -> bool:
        """Say whether it waits to be published."""
        return self.state == "draft" and self.proposed_at is not None


class Version(DrawnUp, Base):
    """A version of a decision table (DMN) that the office draws up itself; at most one at a time is a draft.

    Of the published ones that with the latest ``effective_from`` not after a day holds on it.
    """

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    effective_from: Mapped[date]
    dmn: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text, default="")


def one_draft(table: str) -> tuple[Index, ...]:
    """Return the indexes that let there be one draft of a table of versions, and one published version from a day on."""
    return tuple(
        Index(
            f"uq_{table}_{name}",
            column,
            unique=True,
            postgresql_where=text(f"state = '{state}'"),
            sqlite_where=text(f"state = '{state}'"),
        )
        for name, column, state in (
            ("draft", "state", "draft"),
            ("effective_from", "effective_from", "published"),
        )
    )


def constraints() -> tuple[CheckConstraint, ...]:
    """Return what holds for every such table, anew for each."""
    return (
        CheckConstraint(one_of("state", STATES), name="state_known"),
        CheckConstraint("state <> 'published' OR made_by_id IS NULL OR made_by_id <> decided_by_id", name="four_eyes"),
        CheckConstraint("state <> 'published' OR decided_at IS NOT NULL", name="published_at_a_time"),
    )
