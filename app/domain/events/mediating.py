"""The mediation itself: sessions, the agreement and what comes after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from app.domain.events.happening import Happening
from app.domain.states import State


@dataclass(frozen=True, kw_only=True)
class SessionScheduled(Happening):
    kind = "session_scheduled"
    place: int
    at: datetime
    venue: str


@dataclass(frozen=True, kw_only=True)
class SessionHeld(Happening):
    kind = "session_held"
    place: int
    result: str


@dataclass(frozen=True, kw_only=True)
class SessionCancelled(Happening):
    kind = "session_cancelled"
    place: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class MediationFailed(Happening):
    kind = "mediation_failed"
    reason: str


@dataclass(frozen=True, kw_only=True)
class AgreementDrafted(Happening):
    kind = "agreement_drafted"
    leads_to = State.AGREEING
    place: int
    partial: bool


@dataclass(frozen=True, kw_only=True)
class AgreementAnswered(Happening):
    kind = "agreement_answered"
    party: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class AgreementReturned(Happening):
    kind = "agreement_returned"
    seen_by = "office"
    reason: str


@dataclass(frozen=True, kw_only=True)
class AgreementIssued(Happening):
    kind = "agreement_issued"
    leads_to = State.ISSUED
    number: str


@dataclass(frozen=True, kw_only=True)
class AgreementEffective(Happening):
    kind = "agreement_effective"
    leads_to = State.PERFORMING
    on: date


@dataclass(frozen=True, kw_only=True)
class AgreementRefused(Happening):
    kind = "agreement_refused"
    leads_to = State.MEDIATING
    party: str
    reason: str


# The court's confirmation is stored under its short name: kinds stand in histories, which are sealed.


@dataclass(frozen=True, kw_only=True)
class JudicialConfirmationAnswered(Happening):
    kind = "confirmation_answered"
    party: str
    applies: bool


@dataclass(frozen=True, kw_only=True)
class JudicialConfirmationApplied(Happening):
    kind = "confirmation_applied"
    on: date


@dataclass(frozen=True, kw_only=True)
class JudicialConfirmationLapsed(Happening):
    kind = "confirmation_lapsed"


@dataclass(frozen=True, kw_only=True)
class JudicialConfirmationRecorded(Happening):
    kind = "confirmation_recorded"
    result: str
    court_number: str = ""
    on: date | None = None


@dataclass(frozen=True, kw_only=True)
class NotarisationApplied(Happening):
    kind = "notarisation_applied"
    notary: str


@dataclass(frozen=True, kw_only=True)
class PerformanceRecorded(Happening):
    kind = "performance_recorded"
    finding: str
    on: date
    amount: Decimal | None = None
