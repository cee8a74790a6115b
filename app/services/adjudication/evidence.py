"""The evidence of a case: entered as it is handed in, numbered, cross-examined (order 81, arts. 54-58)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select

from app.models import Evidence, Party
from app.services.acting import Acting


def enter(
    acting: Acting, party: Party | None, entries: Iterable[Mapping[str, Any]], *, on: date, late: bool
) -> list[Evidence]:
    """Enter what ``party`` hands in (or, without one, what the office collected), each piece in its place."""
    place = acting.session.scalar(select(func.max(Evidence.place)).where(Evidence.case_id == acting.case.id)) or 0
    found = []
    for entry in entries:
        place += 1
        row = Evidence(
            case_id=acting.case.id,
            place=place,
            party_id=party.id if party else None,
            title=entry["title"],
            proves=entry.get("proves") or "",
            pages=entry.get("pages") or None,
            handed_in_on=on,
            late=late,
            number="",
            opinions={},
            assessment="",
        )
        acting.session.add(row)
        found.append(row)
    acting.session.flush()  # the next piece takes the next place
    return found
