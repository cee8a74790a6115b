"""Money that is taken back, who may not apply for how long, and what an evaluation found."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.awards.recovery import Effect, RecoveryGround, RecoveryState
from app.models.base import Base
from app.models.types import UtcDateTime, one_of
from app.models.user import User


class AwardRecovery(Base):
    """A demand that money come back: proposed by one, decided by another; ``repaid`` yuan have come so far."""

    __tablename__ = "award_recovery"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("award_application.case_id"), index=True)
    ground: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(Text)
    amount: Mapped[Decimal] = mapped_column(Numeric(14, 2))
    repaid: Mapped[Decimal] = mapped_column(Numeric(14, 2), default=Decimal(0))
    state: Mapped[str] = mapped_column(String(12), default=RecoveryState.PROPOSED.value)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    proposed_by: Mapped[User] = relationship(foreign_keys=proposed_by_id)
    decided_by: Mapped[User | None] = relationship(foreign_keys=decided_by_id)

    __table_args__ = (
        CheckConstraint(one_of("ground", RecoveryGround), name="ground_known"),
        CheckConstraint(one_of("state", RecoveryState), name="state_known"),
        CheckConstraint("amount > 0 AND repaid >= 0 AND repaid <= amount", name="repaid_up_to_the_amount"),
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> proposed_by_id", name="four_eyes"),
        CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name="decided_at_a_time"),
        Index(
            "uq_award_recovery_open",
            "case_id",
            unique=True,
            postgresql_where=text("state IN ('proposed','ordered')"),
            sqlite_where=text("state IN ('proposed','ordered')"),
        ),
    )


class ApplicantBar(Base):
    """A time during which an organisation may not apply for anything, both days included."""

    __tablename__ = "applicant_bar"

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("award_application.case_id"), index=True)
    ground: Mapped[str] = mapped_column(String(16))
    first: Mapped[date]
    last: Mapped[date]

    __table_args__ = (
        CheckConstraint(one_of("ground", RecoveryGround), name="ground_known"),
        CheckConstraint("last > first", name="ends_after_it_begins"),
    )


class AwardEvaluation(Base):
    """What somebody found that the money has done (绩效评价)."""

    __tablename__ = "award_evaluation"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("award_application.case_id"), index=True)
    effect: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    by: Mapped[User] = relationship()

    __table_args__ = (CheckConstraint(one_of("effect", Effect), name="effect_known"),)
