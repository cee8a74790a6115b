"""After the decision: served, published, sued against, performed, enforced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.events.happening import Happening
from app.domain.states import State


@dataclass(frozen=True, kw_only=True)
class DecisionServed(Happening):
    kind = "decision_served"
    leads_to = State.EXECUTING


@dataclass(frozen=True, kw_only=True)
class PublicationProposed(Happening):
    kind = "publication_proposed"
    seen_by = "office"
    masked: int


@dataclass(frozen=True, kw_only=True)
class PublicationReturned(Happening):
    kind = "publication_returned"
    seen_by = "office"
    reason: str


@dataclass(frozen=True, kw_only=True)
class DecisionPublished(Happening):
    kind = "decision_published"
    on: date


@dataclass(frozen=True, kw_only=True)
class PublicationWithdrawn(Happening):
    kind = "publication_withdrawn"
    reason: str


@dataclass(frozen=True, kw_only=True)
class SuitRecorded(Happening):
    kind = "suit_recorded"
    party: str
    court: str
    result: str
    on: date


@dataclass(frozen=True, kw_only=True)
class ExecutionFound(Happening):
    kind = "execution_found"
    finding: str
    on: date


@dataclass(frozen=True, kw_only=True)
class ExhortationServed(Happening):
    kind = "exhortation_served"


@dataclass(frozen=True, kw_only=True)
class EnforcementRequested(Happening):
    kind = "enforcement_requested"
    party: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class EnforcementApplied(Happening):
    kind = "enforcement_applied"
    court: str


@dataclass(frozen=True, kw_only=True)
class EnforcementRecorded(Happening):
    kind = "enforcement_recorded"
    result: str
    on: date
