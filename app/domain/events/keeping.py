"""The case as a file: its tasks, its clocks, its papers, its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.events.happening import Happening


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
    rule: str | None = None
    party: str | None = None


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
    last: date | None  # ``None``: it began the same day, and no day stood still


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
class PartyRenamed(Happening):
    kind = "party_renamed"
    was: str
    now: str


@dataclass(frozen=True, kw_only=True)
class CaseArchived(Happening):
    kind = "case_filed"  # as it stands in histories, which are sealed
    seen_by = "office"
    papers: int
    pages: int
    retention: str | None = None
    reason: str | None = None
    until: date | None = None
    package: str | None = None  # the SHA-256 of the ZIP, which so stands in the chain itself
    supplement: int = 0  # how often the file had been archived before


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
