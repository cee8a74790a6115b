"""Inboxes: lists of tasks with filters, keyset paging and exact counts, straight from the task table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, literal, or_, select, union_all
from sqlalchemy.orm import Session, joinedload

from app import clock, policy
from app.domain import naming
from app.domain.errors import RuleBroken
from app.models import Agent, Case, Follow, Membership, OrgUnit, Party, Task, User, proven
from app.queries import columns, cursors, filters, searching, sight
from app.queries.cases import visible_to
from app.queries.conflicts import clear, conflicts_of
from app.queries.viewers import viewer

PAGE = 20
SORTS = {"due": (Task.due_sort, False), "opened": (Task.opened_at, True), "case": (Task.case_number, False)}
Condition = ColumnElement[bool]
QUEUES = ("mine", "group", "following", "done")
LAMPS = ("green", "yellow", "red", "paused", "none")


@dataclass(frozen=True, slots=True)
class Filter:
    """What somebody wants to see: which list, narrowed how, in which order, from where on.

    ``role`` and ``unit`` name one queue among those of the group; each word of ``text`` stands in
    the number, the title, the name of a party or an agent, or the right; ``columns`` are those that a saved view carries.
    """

    queue: str = "mine"
    role: str = ""
    unit: int | None = None
    process: str = ""
    state: str = ""
    key: str = ""
    lamp: str = ""
    due_before: date | None = None
    text: str = ""
    sort: str = "due"
    columns: tuple[str, ...] = ()
    cursor: str = ""
    limit: int = PAGE

    def query(self) -> dict[str, Any]:
        """Return the filter as the parameters of an address, without what is not set and without the cursor."""
        values = {
            "queue": self.queue,
            "role": self.role,
            "unit": str(self.unit or ""),
            "process": self.process,
            "state": self.state,
            "key": self.key,
            "lamp": self.lamp,
            "due_before": self.due_before.isoformat() if self.due_before else "",
            "text": self.text,
            "sort": self.sort if self.sort != "due" else "",
            "columns": ",".join(self.columns),
        }
        return {k: v for k, v in values.items() if v}


def filter_from(values: Any, *, limit: int = PAGE) -> Filter:
    """Read a filter from the parameters of an address. Raises ``RuleBroken`` naming what cannot be read."""
    return Filter(
        queue=filters.one_of(values.get("queue"), QUEUES, "mine", "queue", "没有这个列表"),
        role=(values.get("role") or "")[:32],
        unit=filters.number(values.get("unit"), "unit"),
        process=(values.get("process") or "")[:32],
        state=(values.get("state") or "")[:32],
        key=(values.get("key") or "")[:64],
        lamp=filters.one_of(values.get("lamp"), LAMPS, "", "lamp", "没有这种期限状态"),
        due_before=filters.day(values.get("due_before"), "due_before"),
        text=(values.get("text") or "").strip()[:100],
        sort=filters.one_of(values.get("sort"), SORTS, "due", "sort", "不能按这一项排序"),
        columns=columns.known(filter(None, (values.get("columns") or "").split(","))),
        cursor=(values.get("cursor") or "")[:300],
        limit=filters.limit(values.get("limit"), limit),
    )


@dataclass(frozen=True, slots=True)
class Page:
    """A page of an inbox: its rows, the cursor of the next page (empty at the end), and how many there are in all."""

    items: list[Task]
    next: str
    total: int | None = None
    late: int = 0
    soon: int = 0


def page(session: Session, user: User, wanted: Filter, *, count: bool = True, shown: Iterable[str] = ()) -> Page:
    """Return one page of the list that ``wanted`` describes, for ``user``, with exact counts where asked.

    What the columns ``shown`` print of other tables is read with the page.
    """
    parts, narrowed = _parts(user, wanted), _narrowed(user, wanted)
    found = list(session.scalars(_rows(wanted, parts, narrowed).options(*columns.read_for(shown))))
    items = found[: wanted.limit]
    following = _cursor(wanted, items[-1]) if len(found) > wanted.limit else ""
    if not count:
        return Page(items, following)
    total, late, soon = _counts(session, wanted, parts, narrowed)
    return Page(items, following, total, late, soon)


def _rows(wanted: Filter, parts: list[Condition], narrowed: list[Condition]) -> Select[Task]:
    """Return what finds the rows of a page and one more: each part is one walk along an index that stops early."""
    if len(parts) == 1:
        return _walk(select(Task), wanted, and_(parts[0], *narrowed))
    firsts = [_walk(select(Task.id), wanted, and_(part, *narrowed)).subquery() for part in parts]
    among = Task.id.in_(union_all(*(select(first.c.id) for first in firsts)))
    return _walk(select(Task), wanted, among)


def _walk(rows: Select[Any], wanted: Filter, condition: Condition) -> Select[Any]:
    column, descending = _order(wanted)
    if wanted.queue == "following":
        rows = rows.join(Case, Case.id == Task.case_id)
    rows = _after(rows.where(condition), wanted, column, descending)
    order = (column.desc(), Task.id.desc()) if descending else (column, Task.id)
    return rows.order_by(*order).limit(wanted.limit + 1)


def _order(wanted: Filter) -> tuple[Any, bool]:
    return (Task.done_at, True) if wanted.queue == "done" else SORTS[wanted.sort]


def _counts(
    session: Session, wanted: Filter, parts: list[Condition], narrowed: list[Condition]
) -> tuple[int, int, int]:
    """Count the list exactly: all of it, what is late and what is due soon; queues do not overlap, other parts may."""
    counted = [_numbers(wanted, and_(part, *narrowed)) for part in _separate(wanted, parts)]
    rows = session.execute(union_all(*counted)).all()
    return sum(r[0] for r in rows), sum(r[1] for r in rows), sum(r[2] for r in rows)


def _separate(wanted: Filter, parts: list[Condition]) -> list[Condition]:
    return parts if wanted.queue == "group" else [or_(*parts)]


def _numbers(wanted: Filter, condition: Condition) -> Select[int, int, int]:
    today = clock.today()
    running = false() if wanted.queue == "done" else Task.paused.is_(False)
    numbers = select(
        func.count(Task.id),
        func.count(case((and_(running, Task.due_sort < today), 1))),
        func.count(case((and_(running, Task.due_sort >= today, Task.warn_on <= today), 1))),
    ).where(condition)
    return numbers.join(Case, Case.id == Task.case_id) if wanted.queue == "following" else numbers


def _parts(user: User, wanted: Filter) -> list[Condition]:
    """Return the conditions of which a task in the list fulfils at least one."""
    if wanted.queue == "done":
        seen = exists().where(Case.id == Task.case_id, visible_to(user))
        return [and_(Task.state == "done", Task.done_by_id == user.id, seen)]
    if wanted.queue == "following":
        followed = select(Follow.case_id).where(Follow.user_id == user.id)
        return [and_(Task.state == "open", Task.case_id.in_(followed), visible_to(user), sight.asked_of(viewer(user)))]
    parts = _group(user, wanted) if wanted.queue == "group" else _mine(user)
    return [and_(Task.state == "open", part) for part in parts]


def _mine(user: User) -> list[Condition]:
    """What this person holds, what their party is asked, and what the colleagues they stand in for hold."""
    mine: Condition = Task.assignee_id == user.id
    absent = [p.id for p in policy.stands_in_for(user)]
    if absent:
        mine = or_(mine, and_(Task.assignee_id.in_(absent), clear(viewer(user), Task.case_id)))
    if user.is_official:
        return [mine]
    asked = [_of_ones_own(user)] if user.organization_ids else []
    return [mine, *asked, _as_agent(user)]


def _of_ones_own(user: User) -> Condition:
    """What the person's organisation is asked, where they are known to be of it."""
    known = exists().where(Party.id == Task.party_id, proven(user.id))
    return and_(Task.organization_id.in_(user.organization_ids), known)


def _as_agent(user: User) -> Condition:
    return Task.party_id.in_(select(Agent.party_id).where(Agent.user_id == user.id, Agent.until.is_(None)))


def queues_of(user: User) -> list[tuple[str, int]]:
    """Return the queues (role, unit) this person may take tasks from, also for those they stand in for."""
    pairs = {
        (m.role, m.unit_id)
        for person in (user, *policy.stands_in_for(user))
        for m in person.memberships
        if m.unit_id is not None and user.has_role(m.role)
    }
    return sorted(pairs)


def _group(user: User, wanted: Filter) -> list[Condition]:
    pairs = [
        (role, unit) for role, unit in queues_of(user) if wanted.role in ("", role) and wanted.unit in (None, unit)
    ]
    return [_in_queue(user, role, unit) for role, unit in pairs] or [false()]


def _in_queue(user: User, role: str, unit: int) -> Condition:
    """What this person may take from a queue; a case that a conflict bars them from is not in it."""
    return and_(Task.assignee_id.is_(None), Task.role == role, Task.unit_id == unit, clear(viewer(user), Task.case_id))


def _narrowed(user: User, wanted: Filter) -> list[Condition]:
    conditions: list[Condition] = []
    if wanted.process:
        conditions.append(Task.process == wanted.process)
    if wanted.state:
        conditions.append(Task.case_id.in_(select(Case.id).where(sight.is_in(user, wanted.state))))
    if wanted.key:
        conditions.append(Task.key == wanted.key)
    if wanted.due_before:
        conditions.append(Task.due_sort < wanted.due_before)
    if wanted.lamp:
        conditions.append(_lamp(wanted.lamp))
    return [*conditions, *(_has_word(user, word) for word in naming.sought(wanted.text))]


def _has_word(user: User, word: str) -> Condition:
    return or_(Task.search_text.contains(word, autoescape=True), Task.case_id.in_(searching.around(user, word)))


def _lamp(code: str) -> Condition:
    today = clock.today()
    running = and_(Task.paused.is_(False), Task.due_on.is_not(None))
    return {
        "paused": Task.paused.is_(True),
        "none": Task.due_on.is_(None),
        "red": and_(running, Task.due_sort < today),
        "yellow": and_(running, Task.due_sort >= today, Task.warn_on <= today),
        "green": and_(running, Task.due_sort >= today, or_(Task.warn_on.is_(None), Task.warn_on > today)),
    }[code]


def _after(rows: Select[Any], wanted: Filter, column: Any, descending: bool) -> Select[Any]:
    if not wanted.cursor:
        return rows
    value, last_id = cursors.read(wanted.cursor, column.type.python_type)
    beyond = column < value if descending else column > value
    same = and_(column == value, Task.id < last_id if descending else Task.id > last_id)
    return rows.where(or_(beyond, same))


def _cursor(wanted: Filter, task: Task) -> str:
    name = "done_at" if wanted.queue == "done" else SORTS[wanted.sort][0].key
    return cursors.write(getattr(task, name), task.id)


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue of the sidebar: a role in a unit, with how many tasks wait in it."""

    role: str
    unit_id: int
    unit: OrgUnit
    number: int = 0


@dataclass(slots=True)
class Counts:
    """How many tasks are in each of a person's lists, exactly, as of this moment."""

    mine: int = 0
    following: int = 0
    done_today: int = 0
    queues: list[Queue] = field(default_factory=list)


def counts(session: Session, user: User) -> Counts:
    """Return the exact numbers for the sidebar of the workbench."""
    found = Counts()
    found.mine = session.scalar(select(func.count(Task.id)).where(Task.state == "open", or_(*_mine(user)))) or 0
    [followed] = _parts(user, Filter(queue="following"))
    follows = select(func.count(Task.id)).join(Case, Case.id == Task.case_id)
    found.following = session.scalar(follows.where(followed)) or 0
    midnight = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    [done] = _parts(user, Filter(queue="done"))
    found.done_today = session.scalar(select(func.count(Task.id)).where(done, Task.done_at >= midnight)) or 0
    pairs = queues_of(user)
    if pairs:
        units = {u.id: u for u in session.scalars(select(OrgUnit).where(OrgUnit.id.in_({u for _, u in pairs})))}
        numbers = _queue_numbers(session, user, pairs)
        found.queues = [Queue(r, u, units[u], numbers.get((r, u), 0)) for r, u in pairs]
    return found


def _queue_numbers(session: Session, user: User, pairs: list[tuple[str, int]]) -> dict[tuple[str, int], int]:
    numbers = [
        select(literal(place), func.count(Task.id)).where(Task.state == "open", _in_queue(user, role, unit))
        for place, (role, unit) in enumerate(pairs)
    ]
    return {pairs[place]: number for place, number in session.execute(union_all(*numbers))}


def numbers_of(session: Session, user: User, queries: Mapping[int, Mapping[str, Any]]) -> dict[int, int]:
    """Return how many tasks each saved filter finds now, exactly; one that can no longer be read is left out."""
    counted = [
        _numbers(wanted, and_(part, *_narrowed(user, wanted))).add_columns(literal(key))
        for key, query in queries.items()
        for wanted in _readable(query)
        for part in _separate(wanted, _parts(user, wanted))
    ]
    found: dict[int, int] = {}
    for number, _late, _soon, key in session.execute(union_all(*counted)) if counted else ():
        found[key] = found.get(key, 0) + number
    return found


def _readable(query: Mapping[str, Any]) -> list[Filter]:
    try:
        return [filter_from(query)]
    except RuleBroken:
        return []


def takers(session: Session, task: Task) -> list[User]:
    """Return who could take over a task: the active holders of its role in its unit, without its present holder and who is barred."""
    found = session.scalars(
        select(User)
        .join(Membership)
        .where(
            Membership.role == task.role,
            Membership.unit_id == task.unit_id,
            User.active,
            User.id != (task.assignee_id or 0),
        )
        .options(joinedload(User.memberships))
        .order_by(User.id)
    ).unique()
    people = list(found)
    barred = conflicts_of(session, people, task.case)
    return [one for one in people if not barred[one.id]]
