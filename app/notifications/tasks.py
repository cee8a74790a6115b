"""Messages about tasks: opened, waiting in a queue, handed over, urged."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from app.domain.roles import Role
from app.domain.texts import Text
from app.models import Case, Deadline, Task, User
from app.notifications.outbox import Person, reached, write


def tasks_opened(session: Session, case: Case, tasks: Iterable[Task]) -> None:
    """Tell who is asked to do the new ``tasks``: their assignees, the people of a party and its agents.

    A queue hears of its tasks from a job (``task_waiting``), so that an act costs the same however long the queue is.
    """
    new = list(tasks)
    people = reached(
        session,
        users={t.assignee_id for t in new},
        parties={t.party_id for t in new if t.party_id is not None and t.assignee_id is None},
    )
    for task in new:
        meant = [p for p in people if _is_for(task, p.id, p.party_id)]
        write(session, "task_opened", meant, _facts(task), case_id=case.id, link=_link(task))


def task_waiting(session: Session, task: Task, users: Iterable[int]) -> None:
    """Tell ``users`` that a task waits in a queue of theirs; the message is gone when somebody has taken it."""
    people = reached(session, users=users, queue=True)
    write(session, "task_waiting", people, _facts(task), case_id=task.case_id, task_id=task.id, link=_link(task))


def _is_for(task: Task, user_id: int, party_id: int | None) -> bool:
    if task.assignee_id is not None:
        return user_id == task.assignee_id
    return task.party_id is not None and party_id == task.party_id


def task_handed_over(session: Session, task: Task, to: User, *, by: User, reason: str) -> None:
    """Tell ``to`` that the task is now theirs, from whom and why."""
    facts = {**_facts(task), "by": by.name, "reason": reason}
    write(session, "task_handed_over", reached(session, users=[to.id]), facts, case_id=task.case_id, link=_link(task))


def urged(session: Session, task: Task, *, by: User, text: str) -> None:
    """Remind who holds the task (催办); where nobody does, everybody to whom it is offered."""
    facts = {**_facts(task), "by": by.name, "text": text}
    write(session, "urged", _whose(session, task), facts, case_id=task.case_id, link=_link(task))


def urged_to_act(session: Session, deadline: Deadline, act: str, title: Text, *, by: User, text: str) -> None:
    """Remind the clerks of the unit (催办) of an act that a closed case still waits for."""
    case = deadline.case
    facts = {
        "number": case.number,
        "case_title": case.title,
        "case_title_en": case.title_en,
        "title": title.zh,
        "title_en": title.en,
        "due": deadline.due_on.isoformat(),
        "by": by.name,
        "text": text,
    }
    clerks = reached(session, roles=[(Role.INTAKE_CLERK.value, case.unit_id)])
    write(session, "urged", clerks, facts, case_id=case.id, link=f"/cases/{case.id}/acts/{act}")


def _whose(session: Session, task: Task) -> list[Person]:
    if task.assignee_id is not None:
        return reached(session, users=[task.assignee_id])
    if task.party_id is not None:
        return reached(session, parties=[task.party_id])
    return reached(session, roles=[(task.role, task.unit_id)])


def _link(task: Task) -> str:
    return f"/tasks/{task.id}"


def _facts(task: Task) -> dict[str, Any]:
    return {
        "number": task.case_number,
        "case_title": task.case_title,
        "case_title_en": task.case_title_en,
        "title": task.title,
        "title_en": task.title_en,
        "due": task.due_on.isoformat() if task.due_on else "",
    }
