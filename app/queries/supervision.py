"""What a supervisor watches: deadlines by lamp and unit, workload by person, throughput."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, case, func, select, true
from sqlalchemy.orm import Session, joinedload

from app import clock
from app.domain.roles import Role
from app.models import Case, Deadline, OrgUnit, Party, Task, User
from app.queries.conflicts import open_to


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit: open cases, and its running periods by lamp."""

    unit: OrgUnit
    cases: int
    green: int
    yellow: int
    red: int
    paused: int


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One official: open tasks in hand, how many of them late, and how many were done in thirty days."""

    name: str
    open: int
    late: int
    done: int


def _units(user: User) -> ColumnElement[bool]:
    """The units this person watches: their own; all of them for a supervisor of the city bureau."""
    if any(m.role == Role.SUPERVISOR and m.unit is not None and m.unit.kind == "city_bureau" for m in user.memberships):
        return true()
    watched = {m.unit_id for m in user.memberships if m.role in (Role.SUPERVISOR, Role.DIRECTOR)}
    return OrgUnit.id.in_({unit_id for unit_id in watched if unit_id is not None})


def by_unit(session: Session, user: User) -> list[UnitLine]:
    """Return a line for each unit this person watches."""
    today = clock.today()
    running = Deadline.state == "running"
    lamps = (
        func.count(case((and_(running, Deadline.warn_on > today), 1))),
        func.count(case((and_(running, Deadline.warn_on <= today, Deadline.due_on >= today), 1))),
        func.count(case((and_(running, Deadline.due_on < today), 1))),
        func.count(case((Deadline.state == "paused", 1))),
    )
    rows = session.execute(
        select(OrgUnit, func.count(func.distinct(Case.id)), *lamps)
        .join(Case, Case.unit_id == OrgUnit.id)
        .outerjoin(Deadline, and_(Deadline.case_id == Case.id, Deadline.state.in_(("running", "paused"))))
        .where(_units(user), open_to(user, Case.id), Case.closed_at.is_(None))
        .group_by(OrgUnit.id)
        .order_by(OrgUnit.id)
    )
    return [UnitLine(*row) for row in rows]


def by_person(session: Session, user: User) -> list[PersonLine]:
    """Return a line for each official who holds or did tasks in those units, the most loaded first."""
    today = clock.today()
    since = clock.now() - timedelta(days=30)
    open_now = Task.state == "open"
    late = and_(open_now, Task.paused.is_(False), Task.due_sort < today)
    rows = session.execute(
        select(
            User.name,
            func.count(case((open_now, 1))).label("open"),
            func.count(case((late, 1))),
            func.count(case((and_(Task.state == "done", Task.done_at >= since), 1))),
        )
        .join(Task, func.coalesce(Task.done_by_id, Task.assignee_id) == User.id)
        .join(OrgUnit, OrgUnit.id == Task.unit_id)
        .where(_units(user), open_to(user, Task.case_id))
        .group_by(User.id, User.name)
        .order_by(func.count(case((open_now, 1))).desc(), User.id)
    )
    return [PersonLine(*row) for row in rows]


def lapsing(session: Session, user: User, days: int = 7) -> list[Deadline]:
    """Return the running periods that are late or end within the next days, the most urgent first."""
    until = clock.today() + timedelta(days=days)
    return list(
        session.scalars(
            select(Deadline)
            .join(Case, Case.id == Deadline.case_id)
            .join(OrgUnit, OrgUnit.id == Case.unit_id)
            .where(_units(user), open_to(user, Case.id), Deadline.state == "running", Deadline.due_on <= until)
            .options(joinedload(Deadline.case), joinedload(Deadline.party).joinedload(Party.organization))
            .order_by(Deadline.due_on, Deadline.id)
            .limit(100)
        )
    )


def outcomes(session: Session, user: User) -> list[tuple[str, int]]:
    """Return how the cases of those units ended, the most frequent outcome first."""
    rows = session.execute(
        select(Case.outcome, func.count())
        .join(OrgUnit, OrgUnit.id == Case.unit_id)
        .where(_units(user), open_to(user, Case.id), Case.closed_at.is_not(None))
        .group_by(Case.outcome)
        .order_by(func.count().desc(), Case.outcome)
    )
    return [(outcome or "", number) for outcome, number in rows]
