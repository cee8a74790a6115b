"""The cases that an official works on: where each stands, what it works towards, when its parties are seen next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app import clock, policy
from app.domain.states import COURSES, State
from app.models import Case, CaseStaff, Deadline, Hearing, MediationSession, Task, User
from app.queries import deadlines
from app.queries.conflicts import open_to
from app.queries.viewers import viewer

WEEK = timedelta(days=7)
MOST = 300


@dataclass(frozen=True, slots=True)
class Held:
    """A case in somebody's hands, the period that is due first in it, and what waits for this person."""

    case: Case
    due: Deadline | None
    mine: list[Task]


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a process with the cases that stand in it, the most urgent first."""

    process: str
    name: str
    cases: list[Held]


@dataclass(frozen=True, slots=True)
class Meeting:
    """A hearing or a session that lies ahead, or whose result is waited for."""

    case: Case
    at: datetime
    venue: str
    kind: str


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything in somebody's hands: by stage, what is due within a week or late, whom they meet."""

    stages: list[Stage]
    due: list[Deadline]
    meetings: list[Meeting]
    total: int


def desk(session: Session, user: User) -> Desk:
    """Return the open cases in which ``user`` has a seat, as their desk shows them."""
    cases = _cases(session, user)
    by_id = {case.id: case for case in cases}
    first = deadlines.first_due(session, cases)
    mine = _tasks(session, user, by_id)
    held = [Held(case, first.get(case.id), mine.get(case.id, [])) for case in cases]
    return Desk(_by_stage(held), _due(session, by_id), _meetings(session, by_id), len(cases))


def _cases(session: Session, user: User) -> list[Case]:
    seated = select(CaseStaff.case_id).where(CaseStaff.user_id == user.id, CaseStaff.until.is_(None))
    rows = (
        select(Case)
        .where(Case.id.in_(seated), Case.closed_at.is_(None), open_to(viewer(user), Case.id))
        .options(selectinload(Case.parties), joinedload(Case.mediation), joinedload(Case.adjudication))
    )
    return list(session.scalars(rows.order_by(Case.id.desc()).limit(MOST)))


def _tasks(session: Session, user: User, cases: Mapping[int, Case]) -> dict[int, list[Task]]:
    seats = select(CaseStaff.id).where(CaseStaff.user_id == user.id, CaseStaff.until.is_(None))
    rows = select(Task).where(
        Task.case_id.in_(cases), Task.state == "open", or_(Task.assignee_id == user.id, Task.seat_id.in_(seats))
    )
    found: dict[int, list[Task]] = {}
    for task in session.scalars(rows.order_by(Task.due_sort, Task.id)):
        if policy.may(user, "task.complete", task):
            found.setdefault(task.case_id, []).append(task)
    return found


def _by_stage(held: list[Held]) -> list[Stage]:
    """Return the stages of each process in its order; those where no case stands are left out."""
    found: dict[tuple[str, int, str], Stage] = {}
    for one in sorted(held, key=_urgency):
        course = COURSES[one.case.kind]
        place = course.at.get(State(one.case.state), -1)  # it stands still, or has left the way
        name = course.stops[place] if place >= 0 else State(one.case.state).label
        found.setdefault((one.case.kind, place, name), Stage(one.case.kind, name, [])).cases.append(one)
    order = list(COURSES)
    return [found[key] for key in sorted(found, key=lambda key: (order.index(key[0]), key[1]))]


def _urgency(one: Held) -> tuple[bool, date, int]:
    running = one.due is not None and one.due.state == "running"
    return (not running, one.due.due_on if one.due is not None else date.max, one.case.id)


def _due(session: Session, cases: Mapping[int, Case]) -> list[Deadline]:
    """Return the periods of these cases that run out within a week, or have run out."""
    rows = select(Deadline).where(
        Deadline.case_id.in_(cases), Deadline.state == "running", Deadline.due_on <= clock.today() + WEEK
    )
    return list(session.scalars(rows.order_by(Deadline.due_on, Deadline.id)))


def _meetings(session: Session, cases: Mapping[int, Case]) -> list[Meeting]:
    hearings = select(Hearing).where(Hearing.case_id.in_(cases), Hearing.result.is_(None))
    sessions = select(MediationSession).where(MediationSession.case_id.in_(cases), MediationSession.result.is_(None))
    found = [Meeting(cases[h.case_id], h.at, h.venue or "", "hearing") for h in session.scalars(hearings)]
    found += [Meeting(cases[s.case_id], s.at, s.venue or "", "session") for s in session.scalars(sessions)]
    return sorted(found, key=lambda one: one.at)
