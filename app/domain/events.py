"""What can happen in a case, in the past tense. State follows from it, in one place.

Each class is one kind of row in a case's history. ``leads_to`` is the state the case is in afterwards (``None``: it
stays where it is); ``seen_by`` says whether the parties see it in their timeline. Each kind has a line for the
timeline in ``templates/timeline/<kind>.html``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from app.domain.mediation import State

KINDS: dict[str, type[Happening]] = {}


@dataclass(frozen=True, kw_only=True)
class Happening:
    """Something that happened in a case."""

    kind: ClassVar[str] = ""
    leads_to: ClassVar[State | None] = None
    seen_by: ClassVar[str] = "all"

    def __init_subclass__(cls) -> None:
        KINDS[cls.kind] = cls

    @property
    def state(self) -> str | None:
        """The state of the case afterwards, or ``None`` where it stays."""
        return self.leads_to

    def data(self) -> dict[str, Any]:
        """Return the facts as words, numbers, booleans, lists and ISO dates."""
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self)}


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    return value


def state_after(rows: Iterable[tuple[str, dict[str, Any]]]) -> str | None:
    """Fold a history of (kind, data) into the state it leads to; what the stored state is compared with."""
    state: str | None = None
    for kind, data in rows:
        if kind == CaseClosed.kind:
            state = data["outcome"]
        elif (leads_to := KINDS[kind].leads_to) is not None:
            state = leads_to
    return state


# -- the request ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class RequestFiled(Happening):
    kind = "request_filed"
    leads_to = State.REQUESTED
    files: int = 0


@dataclass(frozen=True, kw_only=True)
class CompetenceRouted(Happening):
    kind = "competence_routed"
    competence: str
    authority: str
    unit: str


@dataclass(frozen=True, kw_only=True)
class CompetenceDecided(Happening):
    kind = "competence_decided"
    leads_to = State.REQUESTED
    competence: str
    authority: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class CorrectionAsked(Happening):
    kind = "correction_asked"
    leads_to = State.CORRECTING
    items: tuple[str, ...]
    due: date


@dataclass(frozen=True, kw_only=True)
class MaterialsCorrected(Happening):
    kind = "materials_corrected"
    leads_to = State.REQUESTED
    files: int = 0
    explanation: str = ""
    items: tuple[str, ...] = ()
    changes: tuple[tuple[str, str, str, str], ...] = ()  # whom (or nobody), what, as it was, as it is


@dataclass(frozen=True, kw_only=True)
class RequestAccepted(Happening):
    kind = "request_accepted"
    leads_to = State.SERVING


@dataclass(frozen=True, kw_only=True)
class RequestRefused(Happening):
    kind = "request_refused"
    reasons: tuple[str, ...]
    explanation: str


@dataclass(frozen=True, kw_only=True)
class PartiesContacted(Happening):
    kind = "parties_contacted"
    seen_by = "office"
    on: date
    summary: str


# -- service and statement ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class DocumentServed(Happening):
    kind = "document_served"
    document: str
    party: str
    method: str
    on: date


@dataclass(frozen=True, kw_only=True)
class ServiceFailed(Happening):
    kind = "service_failed"
    document: str
    party: str
    method: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class RequestServed(Happening):
    kind = "request_served"
    leads_to = State.AWAITING_STATEMENT
    unreachable: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StatementGiven(Happening):
    kind = "statement_given"
    party: str
    stance: str
    late: bool = False


@dataclass(frozen=True, kw_only=True)
class StatementRegistered(Happening):
    kind = "statement_registered"
    party: str
    stance: str
    on: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class StatementsClosed(Happening):
    kind = "statements_closed"
    leads_to = State.DOCKETING
    consenting: int
    silent: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DocketingRefused(Happening):
    kind = "docketing_refused"
    reason: str


@dataclass(frozen=True, kw_only=True)
class CaseDocketed(Happening):
    kind = "case_docketed"
    leads_to = State.MEDIATING
    on: date


@dataclass(frozen=True, kw_only=True)
class MediatorAppointed(Happening):
    kind = "mediator_appointed"
    mediator: str
    instead_of: str | None = None


# -- sessions and agreement --------------------------------------------------------------------------------------------


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


@dataclass(frozen=True, kw_only=True)
class ConfirmationAnswered(Happening):
    kind = "confirmation_answered"
    party: str
    applies: bool


@dataclass(frozen=True, kw_only=True)
class ConfirmationApplied(Happening):
    kind = "confirmation_applied"
    on: date


@dataclass(frozen=True, kw_only=True)
class ConfirmationLapsed(Happening):
    kind = "confirmation_lapsed"


@dataclass(frozen=True, kw_only=True)
class ConfirmationRecorded(Happening):
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


# -- acts beside the main line -----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class RequestWithdrawn(Happening):
    kind = "request_withdrawn"
    party: str
    reason: str


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
class AgentAdded(Happening):
    kind = "agent_added"
    party: str
    agent: str
    special: bool


@dataclass(frozen=True, kw_only=True)
class TurnedToAdjudication(Happening):
    kind = "turned_to_adjudication"
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


# -- tasks, clocks, papers ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class TaskClaimed(Happening):
    kind = "task_claimed"
    seen_by = "office"
    task: str


@dataclass(frozen=True, kw_only=True)
class TaskReleased(Happening):
    kind = "task_released"
    seen_by = "office"
    task: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class TaskHandedOver(Happening):
    kind = "task_handed_over"
    seen_by = "office"
    task: str
    to: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class CaseHandedOver(Happening):
    kind = "case_handed_over"
    role: str
    to: str
    instead_of: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Urged(Happening):
    kind = "urged"
    seen_by = "office"
    task: str
    text: str


@dataclass(frozen=True, kw_only=True)
class DeadlineExtended(Happening):
    kind = "deadline_extended"
    rule: str
    step: int
    due: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class DeadlineLapsed(Happening):
    kind = "deadline_lapsed"
    rule: str
    due: date
    party: str | None = None


@dataclass(frozen=True, kw_only=True)
class DeadlineMissed(Happening):
    kind = "deadline_missed"
    seen_by = "office"
    rule: str
    due: date


@dataclass(frozen=True, kw_only=True)
class DeadlineMoved(Happening):
    kind = "deadline_moved"
    rule: str
    was: date
    due: date
    why: str


@dataclass(frozen=True, kw_only=True)
class ClockPaused(Happening):
    kind = "clock_paused"
    seen_by = "office"
    pause: str
    first: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class ClockResumed(Happening):
    kind = "clock_resumed"
    seen_by = "office"
    pause: str
    last: date


@dataclass(frozen=True, kw_only=True)
class DocumentIssued(Happening):
    kind = "document_issued"
    document: str
    number: str | None = None


@dataclass(frozen=True, kw_only=True)
class InternalPaperMade(Happening):
    kind = "internal_paper_made"
    seen_by = "office"
    document: str


@dataclass(frozen=True, kw_only=True)
class CaseFiled(Happening):
    kind = "case_filed"
    seen_by = "office"
    papers: int
    pages: int


@dataclass(frozen=True, kw_only=True)
class DocumentReceived(Happening):
    kind = "document_received"
    document: str
    party: str | None = None


@dataclass(frozen=True, kw_only=True)
class ProtectedShown(Happening):
    kind = "protected_shown"
    seen_by = "office"
    what: str
    of: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class CaseClosed(Happening):
    kind = "case_closed"
    outcome: str

    @property
    def state(self) -> str | None:
        """The outcome is the state."""
        return self.outcome
