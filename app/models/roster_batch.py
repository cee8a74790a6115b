"""Batches of the roster, the units that nominated themselves, and how evaluators scored them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.awards.calls import CallStage, stage
from app.domain.roster import batches
from app.domain.roster.batches import BatchKind, BatchPhase, Terms
from app.domain.roster.members import Industry
from app.domain.roster.shortlist import Quota, Standing
from app.models.base import Base
from app.models.case import Case
from app.models.drawn_up import DrawnUp, constraints
from app.models.organization import Organization, OrgUnit
from app.models.roster import RosterVersion
from app.models.roster_criteria import RosterCriteria
from app.models.types import JsonText, UtcDateTime, one_of
from app.models.user import User

_STANDS = text("stands")


class RosterBatch(DrawnUp, Base):
    """A batch, numbered once it is published; ``criteria`` are those that hold on the day on which it opens.

    ``phase`` says how far it is: who announces it is not who decides on it (four eyes). ``version`` of the roster is what
    it came to.
    """

    __tablename__ = "roster_batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int | None] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(String(12), default=BatchKind.INTAKE.value)
    title: Mapped[str] = mapped_column(String(120))
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    places: Mapped[int | None]
    quota: Mapped[dict[str, dict[str, list[int | None]]]] = mapped_column(JsonText, default=dict)
    notes: Mapped[str] = mapped_column(Text, default="")
    criteria_id: Mapped[int | None] = mapped_column(ForeignKey("roster_criteria.id"))
    phase: Mapped[str] = mapped_column(String(12), default=BatchPhase.COLLECTING.value)
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]
    announced_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    concluded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    version_id: Mapped[int | None] = mapped_column(ForeignKey("roster_version.id"))

    criteria: Mapped[RosterCriteria | None] = relationship()
    announced_by: Mapped[User | None] = relationship(foreign_keys=announced_by_id)
    concluded_by: Mapped[User | None] = relationship(foreign_keys=concluded_by_id)
    version: Mapped[RosterVersion | None] = relationship()
    nominations: Mapped[list[Nomination]] = relationship(back_populates="batch", order_by="Nomination.case_id")

    __table_args__ = (
        *constraints(),
        CheckConstraint(one_of("kind", BatchKind), name="kind_known"),
        CheckConstraint(one_of("phase", BatchPhase), name="phase_known"),
        CheckConstraint("opens_on <= closes_on", name="days_in_order"),
        CheckConstraint("(kind = 'intake') = (places IS NOT NULL)", name="intake_has_places"),
        CheckConstraint("places > 0", name="some_places"),
        CheckConstraint("(state = 'published') = (number IS NOT NULL)", name="published_has_a_number"),
        CheckConstraint("state <> 'published' OR criteria_id IS NOT NULL", name="published_has_criteria"),
        CheckConstraint("concluded_by_id IS NULL OR concluded_by_id <> announced_by_id", name="concluded_by_another"),
        CheckConstraint("(first_day IS NULL) = (last_day IS NULL)", name="announced_has_both_days"),
        Index("ix_roster_batch_window", "state", "opens_on", "closes_on"),
    )

    def stage(self, today: date) -> CallStage:
        """Return whether units may nominate themselves on ``today``."""
        return stage(self.opens_on, self.closes_on, today)

    @property
    def terms(self) -> Terms:
        """Return what the batch says."""
        return Terms(
            kind=BatchKind(self.kind),
            title=self.title,
            opens_on=self.opens_on,
            closes_on=self.closes_on,
            quota=self.shares,
            notes=self.notes,
        )

    @property
    def shares(self) -> Quota:
        """Return the places, and the shares of districts and industries; a review has none."""
        return batches.quota_of(self.places or 0, self.quota)


class Nomination(Base):
    """A unit that nominates itself, one row beside its case.

    The numbers are what the unit states of itself, ``revenue`` in yuan. ``total`` and ``points`` are the means of all
    evaluators, ``standing`` how it fared. It ``stands`` until it is withdrawn or refused: a unit stands in a batch once.
    """

    __tablename__ = "nomination"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("roster_batch.id"), index=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    district_id: Mapped[int] = mapped_column(ForeignKey("org_unit.id"))
    industry: Mapped[str] = mapped_column(String(16))
    inventions: Mapped[int]
    other_patents: Mapped[int]
    trademarks: Mapped[int]
    standards: Mapped[int]
    staff: Mapped[int]
    revenue: Mapped[Decimal] = mapped_column(Numeric(16, 2))
    achievements: Mapped[str] = mapped_column(Text)
    plan: Mapped[str] = mapped_column(Text)
    corrected: Mapped[bool] = mapped_column(default=False)
    stands: Mapped[bool] = mapped_column(default=True)
    total: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    points: Mapped[dict[str, str]] = mapped_column(JsonText, default=dict)
    passed: Mapped[bool | None]
    standing: Mapped[str | None] = mapped_column(String(12))

    case: Mapped[Case] = relationship(back_populates="nomination")
    batch: Mapped[RosterBatch] = relationship(back_populates="nominations")
    organization: Mapped[Organization] = relationship()
    district: Mapped[OrgUnit] = relationship()
    scores: Mapped[list[RosterScore]] = relationship(order_by="RosterScore.id", viewonly=True)

    __table_args__ = (
        CheckConstraint(one_of("industry", Industry), name="industry_known"),
        CheckConstraint(f"standing IS NULL OR {one_of('standing', Standing)}", name="standing_known"),
        CheckConstraint(
            "inventions >= 0 AND other_patents >= 0 AND trademarks >= 0 AND standards >= 0 AND staff >= 0"
            " AND revenue >= 0",
            name="nothing_negative",
        ),
        CheckConstraint("(total IS NULL) = (passed IS NULL)", name="scored_passed_or_not"),
        Index(
            "uq_nomination_stands",
            "batch_id",
            "organization_id",
            unique=True,
            postgresql_where=_STANDS,
            sqlite_where=_STANDS,
        ),
    )


class RosterScore(Base):
    """How one evaluator scored a nomination; hidden from the others for good, from the office until all are in."""

    __tablename__ = "roster_score"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("nomination.case_id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    points: Mapped[dict[str, Any]] = mapped_column(JsonText)
    total: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship()

    __table_args__ = (
        UniqueConstraint("case_id", "user_id", name="uq_roster_score_once"),
        CheckConstraint("total >= 0 AND total <= 100", name="total_in_range"),
    )
