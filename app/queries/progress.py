"""How far a matter is, for somebody who knows its number and something about a party, and nothing more than that."""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from app.domain.errors import RuleBroken
from app.domain.identifiers import matter_number, normalise
from app.domain.mediation import Stage, State, stages
from app.models import Case, Party

NOT_FOUND = "没有找到相符的事项，请核对编号和后四位"


@dataclass(frozen=True, slots=True)
class Progress:
    """What a stranger who knows number and tail is told: no names, no papers."""

    number: str
    state: State
    stages: list[Stage]
    received_on: str
    open: bool


def look_up(session: Session, number: str, tail: str) -> Progress:
    """Return the progress of the matter with this case or receipt number.

    ``tail`` is the last four of a party's phone or resident number. With the receipt number, which only the requester was
    told, those of its credit code do too: by itself that code is public. A wrong number and a wrong tail are told in the
    same words.
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
    return Progress(case.number, State(case.state), stages(case.state), case.received_on.isoformat(), case.is_open)


def _read(number: str) -> str:
    try:
        return matter_number(number)
    except RuleBroken:
        raise RuleBroken(NOT_FOUND, field="number") from None


def _is_told(party: Party, case: Case) -> bool:
    """A party that has left an open case is told no more of it here than where it signs in."""
    return party.sees and (party.left_at is None or not case.is_open)


def _tails(party: Party, *, receipt: bool) -> list[str]:
    organization = party.organization
    numbers = [party.told("phone"), organization.resident_id, organization.uscc if receipt else None]
    return [normalise(n)[-4:] for n in numbers if n]
