"""The facts of a mediation: the right in dispute, the sessions, the agreement and what became of it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.disputes import Competence
from app.domain.mediation import AgreementChoice, CourtResult, PerformanceFinding, SessionResult
from app.models.base import Base
from app.models.case import Case, Party
from app.models.dispute import Dispute
from app.models.types import JsonText, UtcDateTime, one_of
from app.models.user import User


class Mediation(Dispute, Base):
    """What a mediation is about (order 81, arts. 63 and 64), one row beside its case."""

    __tablename__ = "mediation"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    dispute_kind: Mapped[str] = mapped_column(String(32))
    amount_claimed: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    only_damages: Mapped[bool] = mapped_column(default=False, server_default=false())
    partial: Mapped[bool] = mapped_column(default=False)
    judicial_confirmation: Mapped[str | None] = mapped_column(String(16))

    case: Mapped[Case] = relationship(back_populates="mediation")

    __table_args__ = (
        CheckConstraint(one_of("competence", Competence), name="competence_known"),
        CheckConstraint("amount_claimed IS NULL OR amount_claimed >= 0", name="claim_not_negative"),
        CheckConstraint(
            one_of("judicial_confirmation", (*CourtResult, "lapsed", "not_wanted", "excluded")),
            name="judicial_confirmation_known",
        ),
    )


class MediationSession(Base):
    """One session (调解会): when and where, who came, what came of it."""

    __tablename__ = "mediation_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    place: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    venue: Mapped[str] = mapped_column(String(200))
    online: Mapped[bool] = mapped_column(default=False)
    mediator_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    result: Mapped[str | None] = mapped_column(String(24))
    attended: Mapped[list[int]] = mapped_column(JsonText, default=list)
    record: Mapped[str] = mapped_column(Text, default="")

    mediator: Mapped[User] = relationship()

    __table_args__ = (
        UniqueConstraint("case_id", "place", name="uq_mediation_session_place"),
        CheckConstraint(one_of("result", SessionResult), name="result_known"),
    )


class Agreement(Base):
    """A draft of the agreement; a changed draft is a new row, the last issued one binds."""

    __tablename__ = "agreement"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    place: Mapped[int]
    terms: Mapped[list[str]] = mapped_column(JsonText)
    amount: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    partial: Mapped[bool] = mapped_column(default=False)
    open_points: Mapped[str] = mapped_column(Text, default="")
    perform_by: Mapped[date | None]
    drafted_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    drafted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    issued_on: Mapped[date | None]
    effective_on: Mapped[date | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))

    answers: Mapped[list[AgreementAnswer]] = relationship(back_populates="agreement", order_by="AgreementAnswer.id")

    __table_args__ = (
        UniqueConstraint("case_id", "place", name="uq_agreement_place"),
        CheckConstraint("amount IS NULL OR amount >= 0", name="amount_not_negative"),
        CheckConstraint("effective_on IS NULL OR issued_on IS NOT NULL", name="issued_before_effective"),
    )


class AgreementAnswer(Base):
    """A party's word on a draft of the agreement."""

    __tablename__ = "agreement_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    answer: Mapped[str] = mapped_column(String(8))
    comment: Mapped[str] = mapped_column(Text, default="")
    signed_name: Mapped[str] = mapped_column(String(80), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    agreement: Mapped[Agreement] = relationship(back_populates="answers")
    party: Mapped[Party] = relationship()

    __table_args__ = (
        UniqueConstraint("agreement_id", "party_id", name="uq_agreement_answer_once"),
        CheckConstraint(one_of("answer", AgreementChoice), name="answer_known"),
    )


class Performance(Base):
    """What was found about the performance of the agreement on a day."""

    __tablename__ = "performance"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    on: Mapped[date]
    finding: Mapped[str] = mapped_column(String(12))
    amount: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    detail: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    __table_args__ = (CheckConstraint(one_of("finding", PerformanceFinding), name="finding_known"),)
