"""Project matching: a project filed, guided, revised, examined, reported to the upper authority, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.domain.events.happening import Happening
from app.domain.states import State


@dataclass(frozen=True, kw_only=True)
class ProjectFiled(Happening):
    kind = "project_filed"
    leads_to = State.APPOINTING
    call: str
    channel: str
    files: int = 0


@dataclass(frozen=True, kw_only=True)
class ProjectLiaisonSeated(Happening):
    """Who is there for the project from now on, when nobody was before."""

    kind = "project_liaison_seated"
    leads_to = State.GUIDING
    name: str


@dataclass(frozen=True, kw_only=True)
class ProjectLiaisonChanged(Happening):
    kind = "project_liaison_changed"
    was: str
    name: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ProjectRevisionAsked(Happening):
    kind = "project_revision_asked"
    leads_to = State.IMPROVING
    notes: str
    items: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ProjectRevised(Happening):
    kind = "project_revised"
    leads_to = State.GUIDING
    explanation: str
    files: int = 0


@dataclass(frozen=True, kw_only=True)
class ProjectRevisionLapsed(Happening):
    kind = "project_revision_lapsed"
    leads_to = State.GUIDING


@dataclass(frozen=True, kw_only=True)
class ProjectGuided(Happening):
    kind = "project_guided"
    leads_to = State.EXAMINING
    notes: str


@dataclass(frozen=True, kw_only=True)
class ProjectReturned(Happening):
    kind = "project_returned"
    leads_to = State.GUIDING
    reason: str


@dataclass(frozen=True, kw_only=True)
class ProjectRecommended(Happening):
    kind = "project_recommended"
    leads_to = State.REPORTING
    opinion: str


@dataclass(frozen=True, kw_only=True)
class ProjectNotRecommended(Happening):
    kind = "project_not_recommended"
    reason: str


@dataclass(frozen=True, kw_only=True)
class ProjectReported(Happening):
    kind = "project_reported"
    leads_to = State.REPORTED
    on: date
    number: str


@dataclass(frozen=True, kw_only=True)
class ProjectDecided(Happening):
    """What the upper authority decided, as the office learned it."""

    kind = "project_decided"
    funded: bool
    on: date
    amount: Decimal | None
    number: str
    note: str


@dataclass(frozen=True, kw_only=True)
class ProjectMilestoneRecorded(Happening):
    kind = "project_milestone_recorded"
    on: date
    what: str


@dataclass(frozen=True, kw_only=True)
class ProjectWithdrawn(Happening):
    kind = "project_withdrawn"
    reason: str
