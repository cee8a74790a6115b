"""The roster of nurtured units: its versions, who is on it from which day to which, and who looks after each."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.roster.members import Entry, Exit, Industry
from app.models.base import Base
from app.models.organization import Organization, OrgUnit
from app.models.types import UtcDateTime, one_of
from app.models.user import User

_ON_IT = text("left_on IS NULL")


class RosterVersion(Base):
    """The roster as it stands from a day on: each decision that lets units in or out makes the next one."""

    __tablename__ = "roster_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    effective_on: Mapped[date] = mapped_column(index=True)
    reason: Mapped[str] = mapped_column(Text)
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)

    decided_by: Mapped[User] = relationship()


class RosterMember(Base):
    """A unit on the roster: on it from ``entered_on`` up to the day before ``left_on``, and why.

    Who comes back has a second row. ``district`` and ``industry`` are what the unit was chosen under. ``liaison`` is the
    official who is there for the unit (measure M05).
    """

    __tablename__ = "roster_member"

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("org_unit.id"), index=True)
    industry: Mapped[str] = mapped_column(String(16))
    entered_on: Mapped[date] = mapped_column(index=True)
    entered_with_id: Mapped[int] = mapped_column(ForeignKey("roster_version.id"))
    entry: Mapped[str] = mapped_column(String(16))
    entry_note: Mapped[str] = mapped_column(Text, default="")
    left_on: Mapped[date | None] = mapped_column(index=True)
    left_with_id: Mapped[int | None] = mapped_column(ForeignKey("roster_version.id"))
    exit: Mapped[str | None] = mapped_column(String(16))
    exit_note: Mapped[str] = mapped_column(Text, default="")
    liaison_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)

    organization: Mapped[Organization] = relationship()
    district: Mapped[OrgUnit] = relationship()
    entered_with: Mapped[RosterVersion] = relationship(foreign_keys=entered_with_id)
    left_with: Mapped[RosterVersion | None] = relationship(foreign_keys=left_with_id)
    liaison: Mapped[User | None] = relationship()

    __table_args__ = (
        CheckConstraint(one_of("industry", Industry), name="industry_known"),
        CheckConstraint(one_of("entry", Entry), name="entry_known"),
        CheckConstraint(f"exit IS NULL OR {one_of('exit', Exit)}", name="exit_known"),
        CheckConstraint("left_on IS NULL OR left_on >= entered_on", name="left_after_it_entered"),
        CheckConstraint(
            "(left_on IS NULL) = (exit IS NULL) AND (left_on IS NULL) = (left_with_id IS NULL)",
            name="left_for_a_reason",
        ),
        Index("uq_roster_member_on_it", "organization_id", unique=True, postgresql_where=_ON_IT, sqlite_where=_ON_IT),
    )
