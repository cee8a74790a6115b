"""Evidence: its period, what was handed in and examined, how the office got more."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.events.happening import Happening
from app.domain.states import State


@dataclass(frozen=True, kw_only=True)
class EvidencePeriodSet(Happening):
    kind = "evidence_period_set"
    days: int


@dataclass(frozen=True, kw_only=True)
class EvidenceHandedIn(Happening):
    kind = "evidence_handed_in"
    party: str
    pieces: int
    late: bool


@dataclass(frozen=True, kw_only=True)
class EvidenceExamined(Happening):
    kind = "evidence_examined"
    leads_to = State.TRYING
    pieces: int


@dataclass(frozen=True, kw_only=True)
class NewEvidenceExamined(Happening):
    kind = "new_evidence_examined"
    pieces: int


@dataclass(frozen=True, kw_only=True)
class MeasureRequested(Happening):
    kind = "measure_requested"
    seen_by = "office"  # who is to be investigated does not learn of it before
    party: str
    of: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class MeasureProposed(Happening):
    kind = "measure_proposed"
    seen_by = "office"
    measure: str
    of: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class MeasureReviewed(Happening):
    kind = "measure_reviewed"
    seen_by = "office"
    measure: str
    opinion: str


@dataclass(frozen=True, kw_only=True)
class MeasureDecided(Happening):
    kind = "measure_decided"
    seen_by = "office"
    measure: str
    granted: bool
    opinion: str


@dataclass(frozen=True, kw_only=True)
class MeasureRecorded(Happening):
    kind = "measure_recorded"
    measure: str
    of: str
    files: int


@dataclass(frozen=True, kw_only=True)
class RegistrationSettled(Happening):
    kind = "registration_settled"
    released: bool
    reason: str
