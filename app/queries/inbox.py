"""Inboxes: lists of tasks with filters, keyset paging and exact counts, straight from the task table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from app import clock
from app.domain import naming
from app.domain.errors import RuleBroken
from app.models import Case, OrgUnit, Task, User
from app.queries import columns, cursors, filters, queues, searching, sight

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


def _parts(user: User, wanted: Filter) -> list[Condition]:
    return queues.parts(user, wanted.queue, wanted.role, wanted.unit)


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
    found.mine = session.scalar(select(func.count(Task.id)).where(Task.state == "open", or_(*queues.mine(user)))) or 0
    [followed] = queues.parts(user, "following")
    follows = select(func.count(Task.id)).join(Case, Case.id == Task.case_id)
    found.following = session.scalar(follows.where(followed)) or 0
    midnight = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    [done] = queues.parts(user, "done")
    found.done_today = session.scalar(select(func.count(Task.id)).where(done, Task.done_at >= midnight)) or 0
    pairs = queues.of(user)
    if pairs:
        units = {u.id: u for u in session.scalars(select(OrgUnit).where(OrgUnit.id.in_({u for _, u in pairs})))}
        numbers = _queue_numbers(session, user, pairs)
        found.queues = [Queue(r, u, units[u], numbers.get((r, u), 0)) for r, u in pairs]
    return found


def _queue_numbers(session: Session, user: User, pairs: list[tuple[str, int]]) -> dict[tuple[str, int], int]:
    numbers = [
        select(literal(place), func.count(Task.id)).where(Task.state == "open", queues.in_queue(user, role, unit))
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
