"""A request for help by a member of the roster: registered, assigned, handed back, answered, rated."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.events.happening import Happening
from app.domain.states import State


@dataclass(frozen=True, kw_only=True)
class HelpAsked(Happening):
    kind = "help_asked"
    leads_to = State.ASSIGNING
    need: str
    files: int = 0


@dataclass(frozen=True, kw_only=True)
class HelpAssigned(Happening):
    kind = "help_assigned"
    leads_to = State.HANDLING
    to: str
    referred: bool = False


@dataclass(frozen=True, kw_only=True)
class HelpHandedBack(Happening):
    """Why it is handed back is a matter of the office."""

    kind = "help_handed_back"
    leads_to = State.ASSIGNING
    seen_by = "office"
    reason: str


@dataclass(frozen=True, kw_only=True)
class HelpReassigned(Happening):
    kind = "help_reassigned"
    seen_by = "office"
    was: str
    to: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class HelpAnswered(Happening):
    kind = "help_answered"
    leads_to = State.RATING
    answer: str
    files: int = 0


@dataclass(frozen=True, kw_only=True)
class HelpRated(Happening):
    kind = "help_rated"
    solved: bool
    rating: int
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class HelpAskedAgain(Happening):
    """The member says that it is not solved yet: whoever had it has it again, once."""

    kind = "help_asked_again"
    leads_to = State.HANDLING
    rating: int
    remark: str


@dataclass(frozen=True, kw_only=True)
class HelpWithdrawn(Happening):
    kind = "help_withdrawn"
    reason: str = ""
