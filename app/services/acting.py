"""One act in one case: what steps, acts and operations are handed, and the registries that they are listed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from app import audit, clock
from app.domain.calendar import Calendar
from app.domain.events import Happening
from app.models import (
    Case,
    ClockPause,
    Deadline,
    Document,
    Event,
    Milestone,
    Note,
    Party,
    Submission,
    Task,
    User,
    append,
)
from app.queries import casefile, periods

Row = TypeVar("Row")
Found = TypeVar("Found")

Answers = Mapping[str, Any]
Data = dict[str, bool | str | int | None]


@dataclass
class Acting:
    """Somebody (or the clock, ``by`` is ``None``) acting in a case whose row is locked.

    ``acting_for`` is the absent colleague whose powers are used. ``lengths``, ``variants`` and ``dues`` are periods that
    this act sets itself: the number of days the office designates for a rule, the case of the rule that is given, or the
    day the parties agreed on. ``over`` names
    rules whose timers fire after this step, because nobody is waited for any more.

    What periods are counted from is read once in an act, and what the act adds is added to it; of a case that the act
    itself ``opens`` there is nothing to read.
    """

    session: Session
    case: Case
    by: User | None
    acting_for: User | None = None
    today: date = field(default_factory=clock.today)
    lengths: dict[str, int] = field(default_factory=dict)
    variants: dict[str, str] = field(default_factory=dict)
    dues: dict[str, date] = field(default_factory=dict)
    over: list[str] = field(default_factory=list)
    opens: bool = False
    noted: list[Milestone] = field(default_factory=list)

    @cached_property
    def calendar(self) -> Calendar:
        """The working calendar with the office's own days."""
        return self._read(lambda: periods.calendar_of(self.session))

    @cached_property
    def milestones(self) -> list[Milestone]:
        """What acts before this one have noted, the latest first."""
        return self._read_of_case(periods.milestones_of)

    @cached_property
    def pauses(self) -> list[ClockPause]:
        """The pauses of the case."""
        return self._read_of_case(periods.pauses_of)

    @cached_property
    def deadlines(self) -> list[Deadline]:
        """The periods of the case, those that are over too."""
        return self._read_of_case(periods.deadlines_of)

    @cached_property
    def last_place(self) -> int:
        """The place of the last paper of the case."""
        return 0 if self.opens else self._read(lambda: casefile.last_place(self.session, self.case.id))

    def _read_of_case(self, rows: Callable[[Session, int], list[Row]]) -> list[Row]:
        return [] if self.opens else self._read(lambda: rows(self.session, self.case.id))

    def _read(self, what: Callable[[], Found]) -> Found:
        with self.session.no_autoflush:  # what the act has changed is here, and need not be written before the rest
            return what()

    def record(self, event: Happening) -> Event:
        """Add what happened to the case's history; its state follows."""
        return audit.record(self.session, self.case, event, self.by, acting_for=self.acting_for)

    def keep(self, submission: Submission) -> None:
        """Keep what was answered in this case exactly as it was given, under the case's seal."""
        submission.case_id, submission.at = self.case.id, clock.now()
        append(self.session, submission)
        audit.keep(self.session, self.case, submission)

    def remark(self, text: str | None) -> None:
        """Leave what an official noted in a step among the remarks of the case; no party ever sees it."""
        if text and self.by is not None:
            self.session.add(Note(case_id=self.case.id, by_id=self.by.id, at=clock.now(), text=text))

    def milestone(self, kind: str, on: date, party: Party | None = None) -> None:
        """Note the day from which periods that start with ``kind`` are counted."""
        row = Milestone(case_id=self.case.id, kind=kind, party_id=party.id if party else None, on=on)
        self.noted.insert(0, row)
        self.session.add(row)

    def forget(self, kind: str) -> None:
        """Let nothing be counted any more from what was noted as ``kind``: it comes again, and from then on it is counted."""
        for row in [m for m in (*self.noted, *self.milestones) if m.kind == kind]:
            (self.noted if row in self.noted else self.milestones).remove(row)
            if row in self.session.new:
                self.session.expunge(row)
            else:
                self.session.delete(row)

    def milestone_of(self, kind: str, party: Party | None = None) -> date | None:
        """Return the last day noted for ``kind`` (of that party, where it has one of its own)."""
        rows = [m for m in (*self.noted, *self.milestones) if m.kind == kind]
        own = [m.on for m in rows if party is not None and m.party_id == party.id]
        shared = [m.on for m in rows if m.party_id is None]
        return next(iter(own + shared), None)


Step = Callable[[Acting, Task, Answers], Data | None]
Act = Callable[[Acting, Answers], Data | None]
Operation = Callable[[Acting], Data]
Lapse = Callable[[Acting, Any], bool]
Start = Callable[[Acting, Answers], Data]
Ending = Callable[[Acting], None]
Asked = Callable[[Acting, str, Party], bool]
Place = tuple[int | None, int | None]
Places = Callable[[Acting, str, str], Place]
LetterFacts = Callable[[Session, Case, date], dict[str, Any]]
Announce = Callable[[Acting, Document, Party, str, int], None]
AfterService = Callable[[Acting, Document, Party, date], None]

STEPS: dict[str, Step] = {}
ACTS: dict[str, Act] = {}
OPERATIONS: dict[str, Operation] = {}
LAPSES: dict[str, Lapse] = {}
ENDS: dict[str, Ending] = {}
ASKED: dict[str, Asked] = {}
PLACES: dict[str, Places] = {}
SIGNALS: set[str] = set()
ANNOUNCES: dict[str, Announce] = {}
LETTER_FACTS: dict[str, LetterFacts] = {}
AFTER_SERVICE: dict[str, AfterService] = {}
STARTS: dict[str, Start] = {}


def step(form: str) -> Callable[[Step], Step]:
    """Register what answering ``form`` means. The step returns what the diagram needs to choose its way.

    ``None`` from a step that several parties answer says that others are still to answer.
    """
    return _register(STEPS, form)


def act(name: str) -> Callable[[Act], Act]:
    """Register what the act ``name`` beside the main line means; ``None`` leaves the diagram where it stands."""
    return _register(ACTS, name)


def operation(name: str) -> Callable[[Operation], Operation]:
    """Register an operation that a service task may call by ``name``; nothing else can be called from a diagram."""
    return _register(OPERATIONS, name)


def lapse(rule: str) -> Callable[[Lapse], Lapse]:
    """Register what follows for a party when its period under ``rule`` runs out; it says whether all waiting is over."""
    return _register(LAPSES, rule)


def start(process: str) -> Callable[[Start], Start]:
    """Register how a case of ``process`` begins."""
    return _register(STARTS, process)


def ending(process: str) -> Callable[[Ending], Ending]:
    """Register what still has to be done when a case of ``process`` has ended."""
    return _register(ENDS, process)


def asked(process: str) -> Callable[[Asked], Asked]:
    """Register which parties a step of ``process`` is opened for, where not for all that take part."""
    return _register(ASKED, process)


def places(process: str) -> Callable[[Places], Places]:
    """Register in which unit and in whose hands a new step of the office lies, by its key and role, where not as usual."""
    return _register(PLACES, process)


def signal(name: str) -> str:
    """Register what a diagram may wait for that no person does to a single case; return its name."""
    SIGNALS.add(name)
    return name


def after_service(paper: str) -> Callable[[AfterService], AfterService]:
    """Register what follows when a paper of that kind has reached a party."""
    return _register(AFTER_SERVICE, paper)


def announces(process: str) -> Callable[[Announce], Announce]:
    """Register how a public notice is put up for a paper of ``process`` that cannot be served otherwise."""
    return _register(ANNOUNCES, process)


def letter_facts(process: str) -> Callable[[LetterFacts], LetterFacts]:
    """Register what the papers of ``process`` print of the matter itself, on the day on which they are made."""
    return _register(LETTER_FACTS, process)


def _register(registry: dict[str, Any], name: str) -> Callable[[Any], Any]:
    def keep(function: Any) -> Any:
        if name in registry:
            raise ValueError(f"{name} is registered twice")
        registry[name] = function
        return function

    return keep
