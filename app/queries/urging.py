"""In whose hands a period is, and whom somebody urged today."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, joinedload, lazyload

from app import clock
from app.domain.events import Urged
from app.domain.texts import Text
from app.models import Deadline, Event, Party, Task, User


def is_waited_for() -> ColumnElement[bool]:
    """Return the condition on ``Task`` and ``Deadline`` that the period waits for the task.

    A period of a step waits for that step, a period of a party for what this party is asked; one of the whole case
    for whatever is to do in it now.
    """
    return and_(
        Task.case_id == Deadline.case_id,
        Task.state == "open",
        or_(Deadline.task_key.is_(None), Task.key == Deadline.task_key),
        or_(Deadline.party_id.is_(None), Task.party_id == Deadline.party_id),
    )


def waited_for(session: Session, deadlines: Iterable[Deadline]) -> dict[int, list[Task]]:
    """Return for each of the periods the tasks it waits for, with who holds them, in one statement."""
    found: dict[int, list[Task]] = {d.id: [] for d in deadlines}
    rows = session.execute(
        select(Deadline.id, Task)
        .join(Task, is_waited_for())
        .where(Deadline.id.in_(found))
        .options(
            joinedload(Task.assignee).options(lazyload(User.memberships)),
            joinedload(Task.unit),
            joinedload(Task.party).joinedload(Party.organization),
        )
        .order_by(Task.due_sort, Task.id)
    )
    for deadline_id, task in rows:
        found[deadline_id].append(task)
    return found


# Periods after the end of a case wait for no step, but for an act of the clerks of its unit: its name and its title.
ACTS = {"mediation.copy_to_cnipa": ("copy_to_cnipa", Text("抄送国家知识产权局", "Copy to the national office"))}

Urge = tuple[int, str, str | None]


def urge_of_act(deadline: Deadline) -> Urge:
    """Return what tells an urge of the act that ``deadline`` waits for from others."""
    return deadline.case_id, ACTS[deadline.rule][1].zh, None


def urge_of(task: Task) -> Urge:
    """Return what tells an urge of ``task`` from others: the case, the step, and which party is asked."""
    return task.case_id, task.title, task.party.name if task.party else None


def urged_today(session: Session, case_ids: Iterable[int]) -> set[Urge]:
    """Return what was urged today in these cases, in one statement."""
    midnight = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    rows = session.execute(
        select(Event.case_id, Event.data).where(
            Event.case_id.in_(set(case_ids)), Event.kind == Urged.kind, Event.at >= midnight
        )
    )
    return {(case_id, data["task"], data.get("party")) for case_id, data in rows}
