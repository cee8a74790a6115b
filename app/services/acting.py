"""One act in one case: what steps, acts and operations are handed, and the registries that they are listed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import audit, clock
from app.domain.events import Happening
from app.models import Case, Event, Milestone, Party, Task, User

Answers = Mapping[str, Any]
Data = dict[str, bool | str | int | None]


@dataclass
class Acting:
    """Somebody (or the clock, ``by`` is ``None``) acting in a case whose row is locked.

    ``acting_for`` is the absent colleague whose powers are used. ``lengths`` and ``dues`` are periods that this act
    sets itself: the number of days the office designates for a rule, or the day the parties agreed on. ``over`` names
    rules under which nobody is waited for any longer: their timers fire when the step itself has been taken.
    """

    session: Session
    case: Case
    by: User | None
    acting_for: User | None = None
    today: date = field(default_factory=clock.today)
    lengths: dict[str, int] = field(default_factory=dict)
    dues: dict[str, date] = field(default_factory=dict)
    over: list[str] = field(default_factory=list)

    def record(self, event: Happening) -> Event:
        """Add what happened to the case's history; its state follows."""
        return audit.record(self.session, self.case, event, self.by, acting_for=self.acting_for)

    def milestone(self, kind: str, on: date, party: Party | None = None) -> None:
        """Note the day from which periods that start with ``kind`` are counted."""
        self.session.add(Milestone(case_id=self.case.id, kind=kind, party_id=party.id if party else None, on=on))

    def milestone_of(self, kind: str, party: Party | None = None) -> date | None:
        """Return the last day noted for ``kind`` (of that party, where it has one of its own)."""
        rows = self.session.execute(
            select(Milestone.party_id, Milestone.on)
            .where(Milestone.case_id == self.case.id, Milestone.kind == kind)
            .order_by(Milestone.id.desc())
        ).all()
        own = [on for party_id, on in rows if party is not None and party_id == party.id]
        shared = [on for party_id, on in rows if party_id is None]
        return next(iter(own + shared), None)


Step = Callable[[Acting, Task, Answers], Data | None]
Act = Callable[[Acting, Answers], Data | None]
Operation = Callable[[Acting], Data]
Lapse = Callable[[Acting, Any], bool]
Ending = Callable[[Acting], None]

STEPS: dict[str, Step] = {}
ACTS: dict[str, Act] = {}
OPERATIONS: dict[str, Operation] = {}
LAPSES: dict[str, Lapse] = {}
ENDS: dict[str, Ending] = {}
STARTS: dict[str, Callable[..., Any]] = {}


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


def start(process: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register how a case of ``process`` begins."""
    return _register(STARTS, process)


def ending(process: str) -> Callable[[Ending], Ending]:
    """Register what still has to be done when a case of ``process`` has ended."""
    return _register(ENDS, process)


def _register(registry: dict[str, Any], name: str) -> Callable[[Any], Any]:
    def keep(function: Any) -> Any:
        if name in registry:
            raise ValueError(f"{name} is registered twice")
        registry[name] = function
        return function

    return keep
