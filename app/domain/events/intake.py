"""The request: filed, checked, served, answered, docketed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.events.happening import Happening
from app.domain.states import State


@dataclass(frozen=True, kw_only=True)
class RequestFiled(Happening):
    kind = "request_filed"
    leads_to = State.REQUESTED
    files: int = 0


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
    days: int


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


@dataclass(frozen=True, kw_only=True)
class DocumentServed(Happening):
    kind = "document_served"
    document: str
    party: str
    method: str
    on: date


@dataclass(frozen=True, kw_only=True)
class DocumentSent(Happening):
    kind = "document_sent"
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
    pending: tuple[str, ...] = ()  # who is still to be served while the others are asked


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
