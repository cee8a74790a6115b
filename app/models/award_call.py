"""A call for awards: what may be applied for, when, with how much money, and how much of that is spoken for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.awards.calls import CallMode, CallStage, Terms, stage
from app.models.base import Base
from app.models.drawn_up import DrawnUp, constraints
from app.models.types import JsonText, one_of


class AwardCall(DrawnUp, Base):
    """A call, numbered once it is published. ``awards`` are ids of the schedule.

    ``committed`` is what decided batches have promised of the ``budget``, ``paid`` what has left the treasury; both are
    changed by one conditional statement each, so that no two acts can promise the same yuan.
    """

    __tablename__ = "award_call"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int | None] = mapped_column(unique=True)
    title: Mapped[str] = mapped_column(String(120))
    mode: Mapped[str] = mapped_column(String(16))
    awards: Mapped[list[str]] = mapped_column(JsonText)
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    budget: Mapped[Decimal] = mapped_column(Numeric(14, 2))
    committed: Mapped[Decimal] = mapped_column(Numeric(14, 2), default=Decimal(0), server_default="0")
    paid: Mapped[Decimal] = mapped_column(Numeric(14, 2), default=Decimal(0), server_default="0")
    experts: Mapped[bool] = mapped_column(default=False)
    members_only: Mapped[bool] = mapped_column(default=False)
    audience: Mapped[str] = mapped_column(Text, default="")
    notes: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        *constraints(),
        CheckConstraint(one_of("mode", CallMode), name="mode_known"),
        CheckConstraint("opens_on <= closes_on", name="days_in_order"),
        CheckConstraint("(state = 'published') = (number IS NOT NULL)", name="published_has_a_number"),
        CheckConstraint("committed >= 0 AND committed <= budget", name="committed_within_budget"),
        CheckConstraint("paid >= 0 AND paid <= committed", name="paid_within_committed"),
        Index("ix_award_call_window", "state", "opens_on", "closes_on"),
    )

    def stage(self, today: date) -> CallStage:
        """Return where the call stands on ``today``."""
        return stage(self.opens_on, self.closes_on, today)

    @property
    def left(self) -> Decimal:
        """Return how much of the budget nobody has been promised yet, in yuan."""
        return self.budget - self.committed

    @property
    def terms(self) -> Terms:
        """Return what the call says."""
        return Terms(
            title=self.title,
            mode=CallMode(self.mode),
            awards=tuple(self.awards),
            opens_on=self.opens_on,
            closes_on=self.closes_on,
            budget=self.budget,
            experts=self.experts,
            members_only=self.members_only,
            audience=self.audience,
            notes=self.notes,
        )
