"""Who is asked to step aside from a case, and what was decided."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.disputes import RecusalCapacity
from app.models.base import Base
from app.models.case import Party
from app.models.types import one_of
from app.models.user import User


class Recusal(Base):
    """A request that somebody step aside, and what was decided (order 81, art. 5).

    ``user`` is the official whom it is about: the mediator, a member of the panel, its recorder. Of somebody from outside
    (an appraiser, an interpreter) ``person`` says who they are, and ``measure`` is the appraisal they were asked for.
    ``followed`` says who came in their place, or how else it was followed up.
    """

    __tablename__ = "recusal"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    capacity: Mapped[str] = mapped_column(String(12), default=RecusalCapacity.HOLDER.value)
    person: Mapped[str] = mapped_column(String(120), default="")
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("evidence_measure.id"))
    reason: Mapped[str] = mapped_column(Text)
    requested_on: Mapped[date]
    decision: Mapped[str | None] = mapped_column(String(10))
    decided_on: Mapped[date | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decision_reason: Mapped[str] = mapped_column(Text, default="")
    review: Mapped[bool] = mapped_column(default=False)
    followed: Mapped[str] = mapped_column(Text, default="")

    user: Mapped[User | None] = relationship(foreign_keys=user_id)
    party: Mapped[Party | None] = relationship()

    __table_args__ = (
        CheckConstraint(one_of("capacity", RecusalCapacity), name="capacity_known"),
        CheckConstraint("(user_id IS NULL) = (person != '')", name="somebody_is_meant"),
        CheckConstraint("decision IN ('upheld','rejected')", name="decision_known"),
        CheckConstraint("(decision IS NULL) = (decided_on IS NULL)", name="decided_has_a_day"),
    )

    @property
    def name(self) -> str:
        """Return whom it is about, as papers and pages call them."""
        named = self.user.name if self.user is not None else self.person
        return f"书记员{named}" if self.capacity == RecusalCapacity.RECORDER else named
