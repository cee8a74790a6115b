"""The figures of the cases somebody watches: what comes and goes, how long it takes, who has how much in hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, joinedload, lazyload

from app import clock
from app.domain.events import KINDS, CaseClosed
from app.domain.roles import SEATED
from app.domain.states import COURSES
from app.models import Case, CaseStaff, Deadline, Event, OrgUnit, Party, Task, User
from app.queries import deadlines, durations
from app.queries.supervision import watched

MONTHS = 12
LONGEST = 10


@dataclass(frozen=True, slots=True)
class Month:
    """A month: its first day, and how many cases came and were closed in it."""

    first: date
    received: int
    closed: int


def _months() -> list[date]:
    """Return the first days of the last twelve months, this one included, and of the next."""
    today = clock.today()
    places = range(today.year * 12 + today.month - MONTHS, today.year * 12 + today.month + 1)
    return [date(place // 12, place % 12 + 1, 1) for place in places]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), tzinfo=clock.ZONE)


def _since() -> datetime:
    """Return the beginning of the first of the twelve months."""
    return _midnight(_months()[0])


def by_month(session: Session, user: User) -> list[Month]:
    """Return a line for each of the last twelve months, the latest last."""
    days = _months()
    numbers = []
    for first, following in pairwise(days):
        came = and_(Case.received_on >= first, Case.received_on < following)
        went = and_(Case.closed_at >= _midnight(first), Case.closed_at < _midnight(following))
        numbers += [func.count(case((came, 1))), func.count(case((went, 1)))]
    lately = or_(Case.received_on >= days[0], Case.closed_at >= _since())
    found = list(session.execute(select(*numbers).where(watched(user), lately)).one())
    return [Month(first, *found[2 * i : 2 * i + 2]) for i, first in enumerate(days[:-1])]


def lengths(session: Session, user: User) -> dict[str, list[durations.Median | None]]:
    """Return for each process, month by month, the median of how long the cases took that were closed in it."""
    within = [and_(Case.closed_at >= _midnight(a), Case.closed_at < _midnight(b)) for a, b in pairwise(_months())]
    month = case(*((condition, str(place)) for place, condition in enumerate(within)))
    found = durations.medians(session, _lengths(user, Case.kind.concat(" ").concat(month)))
    return {process: [found.get(f"{process} {place}") for place in range(MONTHS)] for process in COURSES}


def overall(session: Session, user: User) -> dict[str, durations.Median]:
    """Return for each process the same median of all cases that were closed in these twelve months."""
    return durations.medians(session, _lengths(user, Case.kind))


def _lengths(user: User, group: Any) -> Select[Any, Any]:
    length = durations.seconds(Case.opened_at, Case.closed_at)
    return select(group, length).where(watched(user), Case.closed_at >= _since())


def outcomes(session: Session, user: User) -> list[tuple[str, int]]:
    """Return how the cases closed in these twelve months ended, the most frequent outcome first."""
    rows = session.execute(
        select(Case.outcome, func.count())
        .where(watched(user), Case.closed_at >= _since())
        .group_by(Case.outcome)
        .order_by(func.count().desc(), Case.outcome)
    )
    return [(outcome or "", number) for outcome, number in rows]


def by_stage(session: Session, user: User, process: str) -> list[tuple[str, durations.Median | None]]:
    """Return for each stage of ``process`` the median of how long cases were in it, in order.

    A stage counts with all its visits once the case has left it, where that was in these twelve months. It is read
    from the history: every event that changes the state of a case begins a visit, the next one ends it.
    """
    course = COURSES[process]
    states = {kind: cls.leads_to for kind, cls in KINDS.items() if cls.leads_to is not None}
    places = {kind: course.at[state] for kind, state in states.items() if state in course.at}
    visits = (
        select(
            Event.case_id,
            case(*((Event.kind == kind, place) for kind, place in places.items()), else_=None).label("stage"),
            Event.at,
            func.lead(Event.at, type_=Event.at.type)
            .over(partition_by=Event.case_id, order_by=Event.seq)
            .label("until"),
        )
        .join(Case, Case.id == Event.case_id)
        .where(Case.kind == process, Event.kind.in_([*places, CaseClosed.kind]), watched(user))
        .where(or_(Case.closed_at.is_(None), Case.closed_at >= _since()))
        .subquery()
    )
    lengths = (
        select(visits.c.stage, func.sum(durations.seconds(visits.c.at, visits.c.until)))
        .where(visits.c.stage.is_not(None))
        .group_by(visits.c.case_id, visits.c.stage)
        .having(func.count() == func.count(visits.c.until), func.max(visits.c.until) >= _since())
    )
    found = durations.medians(session, lengths)
    return [(name, found.get(place)) for place, name in enumerate(course.stops) if place in places.values()]


def longest(session: Session, user: User) -> list[Task]:
    """Return of the cases whose present step has waited longest that step; those that are suspended are left out."""
    nth = func.row_number().over(partition_by=Task.case_id, order_by=(Task.opened_at, Task.id))
    steps = (
        select(Task.id, Task.opened_at, nth.label("nth"))
        .join(Case, Case.id == Task.case_id)
        .where(Task.state == "open", Task.paused.is_(False), watched(user))
        .subquery()
    )
    oldest = select(steps.c.id).where(steps.c.nth == 1).order_by(steps.c.opened_at, steps.c.id).limit(LONGEST)
    return list(
        session.scalars(
            select(Task)
            .where(Task.id.in_(oldest))
            .options(
                joinedload(Task.assignee).options(lazyload(User.memberships)),
                joinedload(Task.unit),
                joinedload(Task.party).joinedload(Party.organization),
            )
            .order_by(Task.opened_at, Task.id)
        )
    )


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit: its open cases, their periods by lamp, what runs out soon, and the tasks nobody has taken yet."""

    unit: OrgUnit
    cases: int
    green: int
    yellow: int
    red: int
    paused: int
    three: int
    seven: int
    unclaimed: int


def by_unit(session: Session, user: User) -> list[UnitLine]:
    """Return a line for each unit at work; the periods are those of the list, internal targets are not among them."""
    lamps = [deadlines.lamp(code) for code in ("green", "yellow", "red", "paused")]
    conditions = [*lamps, deadlines.within(3), deadlines.within(7)]
    period = and_(Deadline.case_id == Case.id, deadlines.is_open(), ~deadlines.is_internal())
    waiting = (
        select(Task.unit_id, func.count().label("number"))
        .join(Case, Case.id == Task.case_id)
        .where(Task.state == "open", Task.assignee_id.is_(None), Task.party_id.is_(None), watched(user))
        .group_by(Task.unit_id)
        .subquery()
    )
    rows = session.execute(
        select(
            OrgUnit,
            func.count(func.distinct(case((Case.closed_at.is_(None), Case.id)))),
            *(func.count(case((condition, 1))) for condition in conditions),
            func.coalesce(func.max(waiting.c.number), 0),
        )
        .join(Case, Case.unit_id == OrgUnit.id)
        .outerjoin(Deadline, period)
        .outerjoin(waiting, waiting.c.unit_id == OrgUnit.id)
        .where(watched(user), or_(Case.closed_at.is_(None), Deadline.id.is_not(None)))
        .group_by(OrgUnit.id)
        .order_by(OrgUnit.id)
    )
    return [UnitLine(unit, *numbers) for unit, *numbers in rows]


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One official: tasks in hand, how many of them late, done in thirty days; for a mediator, cases and capacity."""

    user_id: int
    name: str
    open: int
    late: int
    done: int
    cases: int
    capacity: int | None

    @property
    def overloaded(self) -> bool:
        """Say whether they hold more cases than they can."""
        return self.capacity is not None and self.cases > self.capacity


def by_person(session: Session, user: User) -> list[PersonLine]:
    """Return a line for each official who holds tasks or did some in thirty days, the most loaded first."""
    open_now = Task.state == "open"
    late = and_(open_now, Task.paused.is_(False), Task.due_sort < clock.today())
    lately = and_(Task.state == "done", Task.done_at >= clock.now() - timedelta(days=30))
    in_hand = _cases_in_hand(user).subquery()
    number = func.count(case((open_now, 1)))
    rows = session.execute(
        select(
            User.id,
            User.name,
            number,
            func.count(case((late, 1))),
            func.count(case((lately, 1))),
            func.coalesce(func.max(in_hand.c.number), 0),
            case((func.max(in_hand.c.number).is_not(None), User.capacity)),
        )
        .join(Task, or_(and_(open_now, Task.assignee_id == User.id), and_(lately, Task.done_by_id == User.id)))
        .join(Case, Case.id == Task.case_id)
        .outerjoin(in_hand, in_hand.c.user_id == User.id)
        .where(watched(user), Task.unit_id.is_not(None))
        .group_by(User.id, User.name, User.capacity)
        .order_by(number.desc(), User.id)
    )
    return [PersonLine(*row) for row in rows]


def _cases_in_hand(user: User) -> Select[int, int]:
    return (
        select(CaseStaff.user_id, func.count().label("number"))
        .join(Case, Case.id == CaseStaff.case_id)
        .where(CaseStaff.role.in_(SEATED), CaseStaff.until.is_(None), Case.closed_at.is_(None), watched(user))
        .group_by(CaseStaff.user_id)
    )
