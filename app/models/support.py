"""Supports without an amount in the programme: who was given what, when, and what proves it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Numeric, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain import supports
from app.models.base import Base
from app.models.document import StoredFile
from app.models.organization import Organization
from app.models.types import UtcDateTime, one_of
from app.models.user import User

support_file = Table(
    "support_file",
    Base.metadata,
    Column("support_id", ForeignKey("support.id"), primary_key=True),
    Column("file_id", ForeignKey("stored_file.id"), primary_key=True),
)


class Support(Base):
    """An entry of the register. A correction is an entry of its own that says why and stands in the place of another.

    ``amount`` is what somebody noted; the system has not computed it. ``organization`` is set where the receiver is one
    of those that the office knows.
    """

    __tablename__ = "support"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    receiver: Mapped[str] = mapped_column(String(200))
    uscc: Mapped[str] = mapped_column(String(18), default="")
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), index=True)
    given_on: Mapped[date]
    what: Mapped[str] = mapped_column(Text)
    amount: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    published: Mapped[str] = mapped_column(String(300), default="")
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("support.id"), unique=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    in_force: Mapped[bool] = mapped_column(default=True)

    organization: Mapped[Organization | None] = relationship()
    entered_by: Mapped[User] = relationship()
    replaces: Mapped[Support | None] = relationship(remote_side=id)
    files: Mapped[list[StoredFile]] = relationship(secondary=support_file, order_by=StoredFile.id)

    __table_args__ = (
        CheckConstraint(one_of("kind", supports.Support), name="kind_known"),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("(replaces_id IS NULL) = (reason = '')", name="corrected_for_a_reason"),
        Index("ix_support_given_on", "given_on"),
    )
