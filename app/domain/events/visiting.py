"""The yearly visit to a member: arranged, asked, held, followed up, concluded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.events.happening import Happening
from app.domain.states import State


@dataclass(frozen=True, kw_only=True)
class VisitBegun(Happening):
    kind = "visit_begun"
    leads_to = State.ARRANGING
    year: int
    by_day: date
    visitor: str


@dataclass(frozen=True, kw_only=True)
class VisitFixed(Happening):
    kind = "visit_fixed"
    leads_to = State.QUESTIONING
    on: date
    who: str
    subjects: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class VisitorChanged(Happening):
    kind = "visitor_changed"
    was: str
    now: str


@dataclass(frozen=True, kw_only=True)
class QuestionnaireAnswered(Happening):
    kind = "questionnaire_answered"
    leads_to = State.VISITING


@dataclass(frozen=True, kw_only=True)
class QuestionnaireUnanswered(Happening):
    kind = "questionnaire_unanswered"
    leads_to = State.VISITING


@dataclass(frozen=True, kw_only=True)
class VisitHeld(Happening):
    kind = "visit_held"
    leads_to = State.SUMMING_UP
    on: date
    took_part: str
    summary: str


@dataclass(frozen=True, kw_only=True)
class ProblemsFound(Happening):
    kind = "problems_found"
    leads_to = State.FOLLOWING_UP
    seen_by = "office"
    problems: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ProblemsAmended(Happening):
    kind = "problems_amended"
    seen_by = "office"
    added: int
    moved: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class ProblemsSeenTo(Happening):
    kind = "problems_seen_to"
    seen_by = "office"
    closed: int
    left: int


@dataclass(frozen=True, kw_only=True)
class FollowUpEnded(Happening):
    kind = "follow_up_ended"
    leads_to = State.SUMMING_UP
    seen_by = "office"
    left: int


@dataclass(frozen=True, kw_only=True)
class FollowUpResumed(Happening):
    kind = "follow_up_resumed"
    leads_to = State.FOLLOWING_UP
    seen_by = "office"
    reason: str


@dataclass(frozen=True, kw_only=True)
class VisitConcluded(Happening):
    kind = "visit_concluded"
    conclusion: str
    adjusts: bool


@dataclass(frozen=True, kw_only=True)
class AdjustmentDecided(Happening):
    """What of the plan of nurture changes; the office carries it out before anybody is told."""

    kind = "adjustment_decided"
    seen_by = "office"
    adjustment: str


@dataclass(frozen=True, kw_only=True)
class VisitCancelled(Happening):
    kind = "visit_cancelled"
    ground: str
    reason: str
