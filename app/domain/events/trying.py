"""The trial: chosen, the hearing fixed, replied to, held; or in writing, with comments before the decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.events.happening import Happening
from app.domain.states import State


@dataclass(frozen=True, kw_only=True)
class TrialChosen(Happening):
    kind = "trial_chosen"
    leads_to = State.TRYING
    way: str


@dataclass(frozen=True, kw_only=True)
class HearingScheduled(Happening):
    kind = "hearing_scheduled"
    place: int
    at: datetime
    venue: str
    online: bool
    closed: bool


@dataclass(frozen=True, kw_only=True)
class HearingReplied(Happening):
    kind = "hearing_replied"
    party: str
    attends: bool
    another_day: str = ""


@dataclass(frozen=True, kw_only=True)
class RescheduleAsked(Happening):
    kind = "reschedule_asked"
    place: int
    party: str
    why: str


@dataclass(frozen=True, kw_only=True)
class HearingHeld(Happening):
    kind = "hearing_held"
    place: int
    result: str


@dataclass(frozen=True, kw_only=True)
class HearingPutOff(Happening):
    kind = "hearing_put_off"
    place: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class TranscriptSigned(Happening):
    kind = "transcript_signed"
    leads_to = State.DELIBERATING
    place: int


@dataclass(frozen=True, kw_only=True)
class FindingsNotified(Happening):
    kind = "findings_notified"
    days: int


@dataclass(frozen=True, kw_only=True)
class FindingsCommented(Happening):
    kind = "findings_commented"
    party: str


@dataclass(frozen=True, kw_only=True)
class CommentsClosed(Happening):
    kind = "comments_closed"
    leads_to = State.DELIBERATING
