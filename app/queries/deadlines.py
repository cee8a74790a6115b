"""The open periods that somebody watches: filters, keyset paging, exact counts, and in whose hands each of them is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, lazyload

from app import clock
from app.domain import naming, statute
from app.domain.errors import NotFound
from app.domain.texts import Text
from app.models import Case, Deadline, Party, Task, User
from app.queries import cursors, filters, searching, urging
from app.queries.supervision import watched

PAGE = 20
TARGETS = ("case", "internal")
SORTS = {"due": Deadline.due_on, "start": Deadline.start_on, "case": Case.number}
LAMPS = ("green", "yellow", "red", "paused")
DAYS = ("3", "7")
OPEN = ("running", "paused")
Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which periods somebody wants to see, in which order, from where on.

    ``target`` parts the periods of the case, which law, office or parties set, from the office's internal targets.
    ``days``: ends within so many days; ``due``: on that day. ``holder`` is the id of a person, ``queue`` (nobody has
    taken it) or ``party``.
    """

    target: str = "case"
    lamp: str = ""
    days: str = ""
    due: date | None = None
    unit: int | None = None
    holder: str = ""
    process: str = ""
    text: str = ""
    sort: str = "due"
    cursor: str = ""
    limit: int = PAGE

    def query(self) -> dict[str, Any]:
        """Return the filter as the parameters of an address, without what is not set and without the cursor."""
        values = {
            "target": self.target if self.target != "case" else "",
            "lamp": self.lamp,
            "days": self.days,
            "due": self.due.isoformat() if self.due else "",
            "unit": str(self.unit or ""),
            "holder": self.holder,
            "process": self.process,
            "text": self.text,
            "sort": self.sort if self.sort != "due" else "",
        }
        return {k: v for k, v in values.items() if v}


def filter_from(values: Any) -> Filter:
    """Read a filter from the parameters of an address. Raises ``RuleBroken`` naming what cannot be read."""
    holder = values.get("holder") or ""
    return Filter(
        target=filters.one_of(values.get("target"), TARGETS, "case", "target", "没有这个列表"),
        lamp=filters.one_of(values.get("lamp"), LAMPS, "", "lamp", "没有这种期限状态"),
        days=filters.one_of(values.get("days"), DAYS, "", "days", "没有这个列表"),
        due=filters.day(values.get("due"), "due"),
        unit=filters.number(values.get("unit"), "unit"),
        holder=holder if holder in ("queue", "party") else str(filters.number(holder, "holder") or ""),
        process=(values.get("process") or "")[:32],
        text=(values.get("text") or "").strip()[:100],
        sort=filters.one_of(values.get("sort"), SORTS, "due", "sort", "不能按这一项排序"),
        cursor=(values.get("cursor") or "")[:300],
        limit=filters.limit(values.get("limit"), PAGE),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A period, the tasks it waits for, and whether all of them were urged today."""

    deadline: Deadline
    tasks: list[Task]
    urged: bool

    @property
    def act(self) -> Text | None:
        """Return the act of the clerks that a period without a task waits for, by its title."""
        known = None if self.tasks else urging.ACTS.get(self.deadline.rule)
        return known[1] if known else None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of periods, the cursor of the next one, how many periods there are in all, in how many cases."""

    items: list[Line]
    next: str
    total: int
    cases: int
    late: int
    soon: int


def page(session: Session, user: User, wanted: Filter) -> Page:
    """Return one page of the periods that ``wanted`` describes among those ``user`` watches, with exact counts."""
    conditions = [*_open(user), *_narrowed(user, wanted)]
    found = list(session.scalars(_rows(wanted, conditions)))
    items = found[: wanted.limit]
    return Page(
        _lines(session, items),
        _cursor(wanted, items[-1]) if len(found) > wanted.limit else "",
        *session.execute(_numbers(conditions)).one(),
    )


def deadline_for(session: Session, user: User, deadline_id: int) -> Deadline:
    """Return a period of a case that ``user`` watches as it is now, or raise ``NotFound``."""
    rows = select(Deadline).join(Case, Case.id == Deadline.case_id).where(Deadline.id == deadline_id, watched(user))
    found = session.scalar(rows.execution_options(populate_existing=True))
    if found is None:
        raise NotFound("deadline")
    return found


def _open(user: User) -> list[Condition]:
    return [is_open(), watched(user)]


def is_open() -> Condition:
    """Return the condition on ``Deadline`` that somebody in the office or a party still has to keep it."""
    return and_(Deadline.state.in_(OPEN), ~Deadline.rule.startswith(statute.OF_A_COURT))


def first_due(session: Session, cases: Iterable[Case]) -> dict[int, Deadline]:
    """Return by case the open period that is due first; one that stands still only where none runs."""
    rows = (
        select(Deadline)
        .where(Deadline.case_id.in_([case.id for case in cases]), is_open())
        .order_by(Deadline.state == "paused", Deadline.due_on, Deadline.id)
    )
    found: dict[int, Deadline] = {}
    for deadline in session.scalars(rows):
        found.setdefault(deadline.case_id, deadline)
    return found


def _rows(wanted: Filter, conditions: list[Condition]) -> Select[Deadline]:
    column = SORTS[wanted.sort]
    rows = (
        select(Deadline)
        .join(Deadline.case)
        .where(*conditions)
        .options(
            contains_eager(Deadline.case).joinedload(Case.unit),
            joinedload(Deadline.party).joinedload(Party.organization),
        )
    )
    if wanted.cursor:
        value, last_id = cursors.read(wanted.cursor, column.type.python_type)
        rows = rows.where(or_(column > value, and_(column == value, Deadline.id > last_id)))
    return rows.order_by(column, Deadline.id).limit(wanted.limit + 1)


def _cursor(wanted: Filter, last: Deadline) -> str:
    thing = last.case if wanted.sort == "case" else last
    return cursors.write(getattr(thing, SORTS[wanted.sort].key), last.id)


def _lines(session: Session, items: list[Deadline]) -> list[Line]:
    tasks = urging.waited_for(session, items)
    urged = urging.urged_today(session, [d.case_id for d in items])
    return [Line(d, tasks[d.id], urged.issuperset(_urges(d, tasks[d.id]))) for d in items]


def _urges(deadline: Deadline, tasks: list[Task]) -> list[urging.Urge]:
    if not tasks and deadline.rule in urging.ACTS:
        return [urging.urge_of_act(deadline)]
    return [urging.urge_of(task) for task in tasks]


def _numbers(conditions: list[Condition]) -> Select[int, int, int, int]:
    return (
        select(
            func.count(Deadline.id),
            func.count(func.distinct(Deadline.case_id)),
            func.count(case((lamp("red"), 1))),
            func.count(case((lamp("yellow"), 1))),
        )
        .join(Case, Case.id == Deadline.case_id)
        .where(*conditions)
    )


def lamp(code: str) -> Condition:
    """Return the condition on ``Deadline`` that its lamp shows ``code`` today."""
    today, running = clock.today(), Deadline.state == "running"
    return {
        "paused": Deadline.state == "paused",
        "red": and_(running, Deadline.due_on < today),
        "yellow": and_(running, Deadline.due_on >= today, Deadline.warn_on <= today),
        "green": and_(running, Deadline.due_on >= today, Deadline.warn_on > today),
    }[code]


def within(days: int) -> Condition:
    """Return the condition on ``Deadline`` that it runs out today or within so many days."""
    today = clock.today()
    return and_(Deadline.state == "running", Deadline.due_on.between(today, today + timedelta(days=days)))


def is_internal() -> Condition:
    """Return the condition on ``Deadline`` that it is one of the office's own targets."""
    return Deadline.rule.startswith(statute.INTERNAL)


def _narrowed(user: User, wanted: Filter) -> list[Condition]:
    conditions = [is_internal() if wanted.target == "internal" else ~is_internal()]
    if wanted.lamp:
        conditions.append(lamp(wanted.lamp))
    if wanted.days:
        conditions.append(within(int(wanted.days)))
    if wanted.due:
        conditions.append(and_(Deadline.state == "running", Deadline.due_on == wanted.due))
    if wanted.unit:
        conditions.append(Case.unit_id == wanted.unit)
    if wanted.process:
        conditions.append(Case.kind == wanted.process)
    if wanted.holder:
        conditions.append(_waits_for(_held_by(wanted.holder)))
    return [*conditions, *(_has_word(user, word) for word in naming.sought(wanted.text))]


def _held_by(holder: str) -> Condition:
    if holder == "party":
        return Task.party_id.is_not(None)
    if holder == "queue":
        return and_(Task.assignee_id.is_(None), Task.party_id.is_(None))
    return Task.assignee_id == int(holder)


def _waits_for(task: Condition) -> Condition:
    return exists().where(urging.is_waited_for(), task)


def _has_word(user: User, word: str) -> Condition:
    """A word stands in the case, in the name of the period, or in what it waits for."""
    rules = [r.key for r in statute.RULES.values() if word in naming.folded(r.name.zh, r.name.en)]
    step = _waits_for(Task.search_text.contains(word, autoescape=True))
    return or_(searching.has_word(user, word), Deadline.rule.in_(rules), step)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many periods of one sort are open, late, end within three and within seven days, and stand still."""

    total: int = 0
    late: int = 0
    three: int = 0
    seven: int = 0
    paused: int = 0


def counts(session: Session, user: User) -> dict[str, Counts]:
    """Return the exact numbers of the periods of the case and of the internal targets, in one statement."""
    conditions = (lamp("red"), within(3), within(7), lamp("paused"))
    rows = session.execute(
        select(
            case((is_internal(), "internal"), else_="case").label("target"),
            func.count(Deadline.id),
            *(func.count(case((condition, 1))) for condition in conditions),
        )
        .join(Case, Case.id == Deadline.case_id)
        .where(*_open(user))
        .group_by("target")
    )
    return {target: Counts() for target in TARGETS} | {target: Counts(*numbers) for target, *numbers in rows}


AHEAD = 14


@dataclass(frozen=True, slots=True)
class Coming:
    """A day, and how many periods of cases and internal targets run out on it."""

    day: date
    case: int = 0
    internal: int = 0


def coming(session: Session, user: User) -> list[Coming]:
    """Return a line for each of the next fourteen days, today the first, found by the index of what is due."""
    today = clock.today()
    internal = case((is_internal(), 1))
    rows = session.execute(
        select(Deadline.due_on, func.count() - func.count(internal), func.count(internal))
        .join(Case, Case.id == Deadline.case_id)
        .where(within(AHEAD - 1), *_open(user))
        .group_by(Deadline.due_on)
    )
    found = {day: Coming(day, *numbers) for day, *numbers in rows}
    days = (today + timedelta(days=n) for n in range(AHEAD))
    return [found.get(day, Coming(day)) for day in days]


def holders(session: Session, user: User) -> list[User]:
    """Return the people who hold an open task of a case that ``user`` watches."""
    held = (
        select(Task.assignee_id)
        .join(Case, Case.id == Task.case_id)
        .where(Task.state == "open", Task.assignee_id.is_not(None), watched(user))
    )
    return list(
        session.scalars(
            select(User).where(User.id.in_(held)).options(lazyload(User.memberships)).order_by(User.name, User.id)
        )
    )
