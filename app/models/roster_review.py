"""The yearly review of the members of the roster, and what bars a unit from it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.roster.members import Bar
from app.domain.roster.reviews import Cause, Outcome
from app.models.base import Base
from app.models.case import Case
from app.models.organization import Organization
from app.models.roster import RosterMember
from app.models.roster_batch import RosterBatch
from app.models.types import JsonText, UtcDateTime, one_of
from app.models.user import User

_YEARLY = text("cause = 'yearly'")


class RosterReview(Base):
    """The review of one member, one row beside its case: what the unit reported, what was found, what is to follow.

    ``report`` is what the unit stated (empty where it stayed silent), ``facts`` what the liaison found, ``items`` what is to
    be put right in so many working ``days``. ``bar`` is what the review was opened for, if it was, ``batch`` the one in which
    the outcome is announced. A member has one yearly review a year.
    """

    __tablename__ = "roster_review"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("roster_member.id"), index=True)
    year: Mapped[int]
    cause: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(Text, default="")
    report: Mapped[dict[str, Any]] = mapped_column(JsonText, default=dict)
    facts: Mapped[str] = mapped_column(Text, default="")
    outcome: Mapped[str | None] = mapped_column(String(12))
    outcome_reason: Mapped[str] = mapped_column(Text, default="")
    items: Mapped[list[str]] = mapped_column(JsonText, default=list)
    days: Mapped[int | None]
    bar_id: Mapped[int | None] = mapped_column(ForeignKey("roster_bar.id"))
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("roster_batch.id"), index=True)

    case: Mapped[Case] = relationship(back_populates="roster_review")
    member: Mapped[RosterMember] = relationship()
    batch: Mapped[RosterBatch | None] = relationship()
    bar: Mapped[RosterBar | None] = relationship()

    __table_args__ = (
        CheckConstraint(one_of("cause", Cause), name="cause_known"),
        CheckConstraint("bar_id IS NULL OR cause = 'bar'", name="for_a_bar"),
        CheckConstraint(f"outcome IS NULL OR {one_of('outcome', Outcome)}", name="outcome_known"),
        Index(
            "uq_roster_review_yearly",
            "member_id",
            "year",
            unique=True,
            postgresql_where=_YEARLY,
            sqlite_where=_YEARLY,
        ),
    )


class RosterBar(Base):
    """What keeps a unit from the roster from ``first`` on, up to and with ``last`` (empty: for good); from where it is known.

    ``looked_at`` is when it was seen whether the unit is on the roster, and a review opened where it is.
    """

    __tablename__ = "roster_bar"

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    first: Mapped[date]
    last: Mapped[date | None]
    source: Mapped[str] = mapped_column(String(300))
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lifted_for: Mapped[str] = mapped_column(Text, default="")
    lifted_on: Mapped[date | None]
    looked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    organization: Mapped[Organization] = relationship()
    entered_by: Mapped[User] = relationship()

    __table_args__ = (
        CheckConstraint(one_of("kind", Bar), name="kind_known"),
        CheckConstraint("last IS NULL OR last >= first", name="days_in_order"),
        CheckConstraint("(lifted_on IS NULL) = (lifted_for = '')", name="lifted_for_a_reason"),
    )
