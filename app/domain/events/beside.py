"""Acts beside the main line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.events.happening import Happening


@dataclass(frozen=True, kw_only=True)
class RequestWithdrawn(Happening):
    kind = "request_withdrawn"
    party: str
    reason: str
    to_be_decided: bool = False  # of a docketed case, whose cancellation the head of the department decides


@dataclass(frozen=True, kw_only=True)
class PartiesSettled(Happening):
    kind = "parties_settled"
    summary: str


@dataclass(frozen=True, kw_only=True)
class RecusalRequested(Happening):
    kind = "recusal_requested"
    party: str
    official: str
    reason: str
    review: bool = False


@dataclass(frozen=True, kw_only=True)
class RecusalDecided(Happening):
    kind = "recusal_decided"
    official: str
    decision: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class RecusalFollowed(Happening):
    kind = "recusal_followed"
    official: str
    how: str


@dataclass(frozen=True, kw_only=True)
class AgentAdded(Happening):
    kind = "agent_added"
    party: str
    agent: str
    special: bool


@dataclass(frozen=True, kw_only=True)
class TurnedToAdjudication(Happening):
    kind = "turned_to_adjudication"
    seen_by = "party"
    party: str
    first_filed_on: date


@dataclass(frozen=True, kw_only=True)
class ResumptionRecorded(Happening):
    kind = "resumption_recorded"
    party: str
    on: date


@dataclass(frozen=True, kw_only=True)
class CopiedToCnipa(Happening):
    kind = "copied_to_cnipa"
    on: date


@dataclass(frozen=True, kw_only=True)
class CaseLinked(Happening):
    kind = "case_linked"
    seen_by = "office"
    other: str
    nature: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class CaseUnlinked(Happening):
    kind = "case_unlinked"
    seen_by = "office"
    other: str
    reason: str
