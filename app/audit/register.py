"""The register of all cases: numbers have no gaps and are chained, so a case that somebody took away is missed."""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit.history import Flaw, sealed
from app.audit.keeping import verify
from app.models import Case, CaseCounter

UNREADABLE = Flaw(0, "案件的内容无法读取")
MISSING = Flaw(0, "登记簿中缺少这一案号")
SET_BACK = Flaw(0, "案号登记与封存值不符，最后的案号可能已被删除")
TAKEN_AWAY = Flaw(0, "案号登记已被删除")
UNEQUAL = Flaw(0, "案号与受理号的数目不一致")
RECEIPT = "receipt"  # counts the requests of all kinds
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
    return len(rows), found + verify_register(session)


def _flaw(session: Session, case_id: int) -> Flaw | None:
    try:
        return verify(session, session.get_one(Case, case_id))
    except (ValueError, TypeError):
        return UNREADABLE


def give_out(counter: CaseCounter) -> None:
    """Count one number more, and chain it to those before; the caller holds the row."""
    counter.last += 1
    # a number that is given out a second time, because the counter was set back, lengthens the chain all the same
    first = min(counter.sealed + 1, counter.last)
    counter.seal = chained(counter.kind, counter.year, range(first, counter.last + 1), counter.seal)
    counter.sealed = counter.last


def chained(kind: str, year: int, places: Iterable[int], seal: str = "") -> str:
    """Return the end of the chain when these places have been given out, carried on from ``seal``."""
    for place in places:
        seal = sealed(f"{kind}|{year}|{place}|{seal}")
    return seal


def verify_register(session: Session) -> list[Finding]:
    """Return every case number that was given out and is not there (any more), and each counter that was set back."""
    numbers = session.execute(select(Case.kind, Case.number)).all()
    found: list[Finding] = []
    counters = session.scalars(select(CaseCounter).order_by(CaseCounter.year, CaseCounter.kind)).all()
    for counter in counters:
        kind, year, last = counter.kind, counter.year, max(counter.last, counter.sealed)
        if kind != RECEIPT:
            present = {number: place for k, number in numbers if k == kind and (place := _place(number, year))}
            found += [Finding(number, MISSING) for number in _missing(present, kind, year, last)]
        if not _fits(counter):
            found.append(Finding(f"{kind} {year}", SET_BACK))
    known = {(counter.kind, counter.year) for counter in counters}
    lost = {(k, year) for k, number in numbers if (year := _year(number)) and (k, year) not in known}
    found += [Finding(f"{kind} {year}", TAKEN_AWAY) for kind, year in sorted(lost)]
    return found + [Finding(str(year), UNEQUAL) for year in _unequal(counters)]


def _fits(counter: CaseCounter) -> bool:
    """Say whether a counter is where its chain ends; it may be ahead, by what was given out before there was a chain."""
    expected = chained(counter.kind, counter.year, range(1, counter.sealed + 1))
    return counter.sealed <= counter.last and hmac.compare_digest(counter.seal.encode(), expected.encode())


def _unequal(counters: Iterable[CaseCounter]) -> Iterator[int]:
    """Yield the years in which there are not as many case numbers as receipts: a counter was taken away."""
    years: dict[int, int] = {}
    for counter in counters:
        years[counter.year] = years.get(counter.year, 0) + (counter.last if counter.kind != RECEIPT else -counter.last)
    return (year for year, difference in years.items() if difference)


def _year(number: str) -> int:
    """Return the year that a number names; 0 where it is no number."""
    found = PLACE.search(number)
    return int(found[1]) if found else 0


def _place(number: str, year: int) -> int:
    """Return the place of a number in this year; 0 where it is of another year, or no number."""
    found = PLACE.search(number)
    return int(found[2]) if found and int(found[1]) == year else 0


def _missing(present: dict[str, int], kind: str, year: int, last: int) -> Iterator[str]:
    """Yield the numbers between 1 and ``last`` that are not present, as their neighbours are written."""
    pattern = next((PLACE.sub("〔{}〕{}", number) for number in present), f"{kind}〔{{}}〕{{}}号")
    places = set(present.values())
    return (pattern.format(year, place) for place in range(1, last + 1) if place not in places)
