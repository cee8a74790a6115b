"""How far a matter is, for somebody who knows its number and something about a party, and nothing more than that."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.domain.errors import RuleBroken
from app.domain.identifiers import matter_number, normalise
from app.domain.states import Stage, State, stages
from app.models import Case, Party, Task

NOT_FOUND = "没有找到相符的事项，请核对编号和后四位"


@dataclass(frozen=True, slots=True)
class Held:
    """In whose hands the matter is, by role, and the last day of it where one is set."""

    role: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Progress:
    """What a stranger who knows number and tail is told: no names, no papers."""

    number: str
    state: State
    stages: list[Stage]
    received_on: str
    open: bool
    held: list[Held]


def look_up(session: Session, number: str, tail: str) -> Progress:
    """Return the progress of the matter with this case or receipt number.

    ``tail`` is the last four of a party's phone or resident number. With the receipt number, which only the requester was
    told, those of its credit code or foreign number do too: by itself that code is public. A wrong number and a wrong
    tail are told in the same words; what is no number at all is said to be none.
    """
    wanted, given = _read(number), normalise(tail)
    case = session.scalar(
        select(Case)
        .where(or_(Case.number == wanted, Case.receipt_number == wanted))
        .options(selectinload(Case.parties))
    )
    receipt = case is not None and case.receipt_number == wanted
    tails = [t for p in case.parties if _is_told(p, case) for t in _tails(p, receipt=receipt)] if case else []
    known = [hmac.compare_digest(t.encode(), given.encode()) for t in tails]
    if case is None or len(given) != 4 or not any(known):
        raise RuleBroken(NOT_FOUND, field="number")
    return Progress(
        case.number,
        State(case.state),
        stages(case.kind, case.state),
        case.received_on.isoformat(),
        case.is_open,
        _held(session, case),
    )


def _held(session: Session, case: Case) -> list[Held]:
    """Return each role that has something to do now, once, with the earliest of its last days."""
    rows = select(Task).where(Task.case_id == case.id, Task.state == "open").options(joinedload(Task.party))
    found: dict[str, Held] = {}
    for task in session.scalars(rows.order_by(Task.due_sort, Task.id)):
        role = task.party.role if task.party else task.role
        found.setdefault(role, Held(role, None if task.paused else task.due_on))
    return list(found.values())


def _read(number: str) -> str:
    try:
        return matter_number(number)
    except RuleBroken:
        raise RuleBroken("请写全案号或者受理号，例如 佛知快调〔2026〕91号", field="number") from None


def _is_told(party: Party, case: Case) -> bool:
    """A party that has left an open case is told no more of it here than where it signs in."""
    return party.sees and (party.left_at is None or not case.is_open)


def _tails(party: Party, *, receipt: bool) -> list[str]:
    organization = party.organization
    codes = [organization.uscc, organization.foreign_number] if receipt else []
    numbers = [party.told("phone"), organization.resident_id, *codes]
    return [normalise(n)[-4:] for n in numbers if n]
