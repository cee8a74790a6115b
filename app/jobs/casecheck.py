"""The nightly look at every case: whether its history fits what is stored, and whether it is as it was written."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, undefer

from app import audit, engine
from app.domain import events
from app.domain.roles import PARTY_LANES
from app.jobs import incidents
from app.models import Case, Event, Party, Task
from app.services import stepping
from app.services.looking import looking

log = logging.getLogger(__name__)

AT_ONCE = 200

Check = Callable[[Session, Case], str | None]


def reconcile(session: Session) -> dict[str, int]:
    """Compare history, state, position and tasks of every case; each that disagrees becomes one incident."""
    return _look_at_all(session, "reconcile", disagreement)


def verify(session: Session) -> dict[str, int]:
    """Check the hash chain of every case; each flaw becomes one incident, and so does what the register misses."""
    seen = _look_at_all(session, "verify", _flaw)
    with looking(session):
        found = audit.verify_register(session)
    if found:
        incidents.remember(session, "register", error=_named(found))
    return {**seen, "flaws": seen["flaws"] + len(found)}


def _named(findings: list[audit.Finding]) -> str:
    return "；".join(f"{one.number}：{one.flaw.in_words()}" for one in findings)


def _look_at_all(session: Session, what: str, check: Check) -> dict[str, int]:
    seen = flaws = 0
    for case_ids in _batches(session):
        with looking(session):
            found = {one: text for one in case_ids if (text := _asked(session, one, check)) is not None}
        for case_id, text in found.items():
            incidents.remember(session, what, case_id, error=text, case_id=case_id)
        seen, flaws = seen + len(case_ids), flaws + len(found)
    return {"cases": seen, "flaws": flaws}


def _batches(session: Session) -> Iterator[list[int]]:
    last = 0
    while True:
        with looking(session):
            ids = list(session.scalars(select(Case.id).where(Case.id > last).order_by(Case.id).limit(AT_ONCE)))
        if not ids:
            return
        yield ids
        last = ids[-1]


def _asked(session: Session, case_id: int, check: Check) -> str | None:
    try:
        return check(session, session.get_one(Case, case_id, options=[undefer(Case.position)]))
    except Exception as error:
        log.exception("case %s could not be checked", case_id)
        return f"{type(error).__name__}: {error}"


def disagreement(session: Session, case: Case) -> str | None:
    """Return in which point what is stored about a case disagrees, or ``None``."""
    history = session.execute(select(Event.kind, Event.data).where(Event.case_id == case.id).order_by(Event.seq))
    state = events.state_after((kind, data) for kind, data in history)
    if state != case.state:
        return f"按记录应为“{state}”，案件写的是“{case.state}”"
    tasks = set(session.scalars(select(Task.engine_id).where(Task.case_id == case.id, Task.state == "open")))
    if not case.is_open:
        return "案件已结案，仍有未办任务" if tasks else None
    position = stepping.position_of(session, case)
    if position.ended:
        return "流程已经结束，案件尚未结案"
    ready = {r.id for r in position.ready}
    unlisted = ready - tasks - _answered(session, case, position)
    if unlisted or tasks - ready:
        return f"流程等待 {len(unlisted)} 个没有列出的任务，列出了 {len(tasks - ready)} 个流程不等待的任务"
    return None


def _answered(session: Session, case: Case, position: engine.Position) -> set[str]:
    """Return the joint steps whose parties have all answered or let their time pass, while others are still to be asked."""
    joint = {r.id for r in position.ready if r.lane in PARTY_LANES}
    over = or_(Task.state == "done", Party.stance.is_not(None))
    asked = select(Task.engine_id).join(Task.party).where(Task.case_id == case.id, Task.engine_id.in_(joint), over)
    return set(session.scalars(asked)) if joint else set()


def _flaw(session: Session, case: Case) -> str | None:
    flaw = audit.verify(session, case)
    return None if flaw is None else flaw.in_words()


def reconcile_one(session: Session, case_id: int, **_by: object) -> None:
    """Look at one case again; raises ``incidents.Disagrees`` while it does not fit: what an administrator's retry does."""
    _insist(disagreement(session, session.get_one(Case, case_id)))


def verify_one(session: Session, case_id: int, **_by: object) -> None:
    """Check one chain again; raises ``incidents.Disagrees`` while it has a flaw."""
    _insist(_flaw(session, session.get_one(Case, case_id)))


def verify_register(session: Session, **_by: object) -> None:
    """Look at the register again; raises ``incidents.Disagrees`` while a number is missing or a counter does not fit."""
    found = audit.verify_register(session)
    _insist(_named(found) if found else None)


def _insist(text: str | None) -> None:
    if text is not None:
        raise incidents.Disagrees(text)
