"""Versions of the award schedule: which decision table holds from which day, who drew it up and who published it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.types import UtcDateTime, one_of
from app.models.user import User

STATES = ("draft", "published", "discarded")


class AwardSchedule(Base):
    """A version. One person draws it up and proposes it, another publishes it (four eyes); then it never changes.

    The version that came with the product was made and published by nobody. At most one version at a time is a draft. Of
    the published ones that with the latest ``effective_from`` not after a day holds on it.
    """

    __tablename__ = "award_schedule"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(String(12), default="draft")
    effective_from: Mapped[date]
    dmn: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text, default="")
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    proposed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    made_by: Mapped[User | None] = relationship(foreign_keys=[made_by_id])
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])

    @property
    def is_drawn_up(self) -> bool:
        """Say whether it may still be changed."""
        return self.state == "draft" and self.proposed_at is None

    @property
    def waits(self) -> bool:
        """Say whether it waits to be published."""
        return self.state == "draft" and self.proposed_at is not None

    __table_args__ = (
        CheckConstraint(one_of("state", STATES), name="state_known"),
        CheckConstraint("state <> 'published' OR made_by_id IS NULL OR made_by_id <> decided_by_id", name="four_eyes"),
        CheckConstraint("state <> 'published' OR decided_at IS NOT NULL", name="published_at_a_time"),
        Index(
            "uq_award_schedule_draft",
            "state",
            unique=True,
            postgresql_where=text("state = 'draft'"),
            sqlite_where=text("state = 'draft'"),
        ),
        Index(
            "uq_award_schedule_effective_from",
            "effective_from",
            unique=True,
            postgresql_where=text("state = 'published'"),
            sqlite_where=text("state = 'published'"),
        ),
    )
