"""The register of all cases: numbers have no gaps, so a case that somebody took away is missed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.history import Flaw, verify
from app.models import Case, CaseCounter

UNREADABLE = Flaw(0, "案件的内容无法读取")
MISSING = Flaw(0, "登记簿中缺少这一案号")
PLACE = re.compile(r"〔(\d{4})〕(\d+)")  # of the year and the place in a case number


@dataclass(frozen=True, slots=True)
class Finding:
    """A flaw, and the number of the case that has it or that is missing."""

    number: str
    flaw: Flaw


def verify_all(session: Session) -> tuple[int, list[Finding]]:
    """Return how many cases there are, and the first flaw of each together with the numbers that are missing."""
    rows = session.execute(select(Case.id, Case.number).order_by(Case.id)).all()
    found = [Finding(number, flaw) for case_id, number in rows if (flaw := _flaw(session, case_id)) is not None]
    return len(rows), found + [Finding(number, MISSING) for number in missing_numbers(session)]


def _flaw(session: Session, case_id: int) -> Flaw | None:
    try:
        return verify(session, session.get_one(Case, case_id))
    except (ValueError, TypeError):
        return UNREADABLE


def missing_numbers(session: Session) -> list[str]:
    """Return every case number that was given out and is not there (any more)."""
    numbers = session.execute(select(Case.kind, Case.number)).all()
    found: list[str] = []
    for kind, year, last in session.execute(select(CaseCounter.kind, CaseCounter.year, CaseCounter.last)):
        if kind != "receipt":  # counts the requests of all kinds
            present = {number: place for k, number in numbers if k == kind and (place := _place(number, year))}
            found += _missing(present, kind, year, last)
    return found


def _place(number: str, year: int) -> int:
    """Return the place of a number in this year; 0 where it is of another year, or no number."""
    found = PLACE.search(number)
    return int(found[2]) if found and int(found[1]) == year else 0


def _missing(present: dict[str, int], kind: str, year: int, last: int) -> Iterator[str]:
    """Yield the numbers between 1 and ``last`` that are not present, as their neighbours are written."""
    pattern = next((PLACE.sub("〔{}〕{}", number) for number in present), f"{kind}〔{{}}〕{{}}号")
    places = set(present.values())
    return (pattern.format(year, place) for place in range(1, last + 1) if place not in places)
