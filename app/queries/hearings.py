"""Hearings: what the forms about them need, and those that lie ahead."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.adjudication import HearingResult
from app.domain.hearing_script import SCRIPT
from app.models import Case, Hearing, Task, User


def of_case(session: Session, case: Case) -> list[Hearing]:
    """Return the hearings of a case, in order."""
    return list(session.scalars(select(Hearing).where(Hearing.case_id == case.id).order_by(Hearing.place)))


def last(session: Session, case: Case) -> Hearing | None:
    """Return the hearing that was fixed last."""
    rows = select(Hearing).where(Hearing.case_id == case.id).order_by(Hearing.place.desc())
    return session.scalar(rows.limit(1))


def held(session: Session, case: Case) -> list[Hearing]:
    """Return the sittings that took place, in order."""
    return [row for row in of_case(session, case) if row.result not in (None, HearingResult.PUT_OFF)]


def _reschedules(session: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    """Return why parties asked for another day of the hearing before."""
    row = last(session, case)
    asked = (row.replies or {}).values() if row is not None else ()
    wishes = [r["another_day"] for r in asked if r.get("another_day")]
    return {"reschedules": wishes + [r["why"] for r in (row.reschedules if row is not None else ())]}


def _coming(session: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    return {"coming_hearing": last(session, case)}


def _script(_s: Session, _c: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    return {"script": [(part.code, part.asked) for part in SCRIPT]}


def _attended(session: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    there = {n for row in held(session, case) for n in row.attended}
    return {"attended": [(p.id, p.name) for p in case.parties if p.id in there]}


FACTS = {"reschedules": _reschedules, "coming_hearing": _coming, "script": _script, "attended": _attended}
