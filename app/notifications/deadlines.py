"""Messages of the clock: a period is about to end, or has ended and nothing was done."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import statute
from app.domain.roles import Role
from app.models import Deadline, Task
from app.notifications.cases import case_facts
from app.notifications.outbox import Person, reached, write


def deadline_warning(session: Session, deadline: Deadline, title: str) -> None:
    """Tell who has to act within the period that it ends soon: its task's people, else whoever handles the case."""
    tasks = _tasks(session, deadline)
    _write(session, "deadline_warning", _whose(session, deadline, tasks), deadline, title, tasks)


def deadline_overdue(session: Session, deadline: Deadline, title: str) -> None:
    """Tell who should have acted, and the directors of the unit, that the period has run out."""
    tasks = _tasks(session, deadline)
    directors = (Role.DIRECTOR.value, deadline.case.unit_id)
    people = reached(session, users=_holders(deadline, tasks), roles=[directors])
    _write(session, "deadline_overdue", people, deadline, title, tasks)


def _tasks(session: Session, deadline: Deadline) -> list[Task]:
    if deadline.task_key is None:
        return []
    mine = [] if deadline.party_id is None else [Task.party_id == deadline.party_id]
    return list(
        session.scalars(
            select(Task).where(
                Task.case_id == deadline.case_id, Task.key == deadline.task_key, Task.state == "open", *mine
            )
        )
    )


def _whose(session: Session, deadline: Deadline, tasks: list[Task]) -> list[Person]:
    nobody_holds = [t for t in tasks if t.assignee_id is None]
    parties = {t.party_id for t in nobody_holds if t.party_id is not None} | ({deadline.party_id} - {None})
    roles = {(t.role, t.unit_id) for t in nobody_holds if t.unit_id is not None}
    holders = _holders(deadline, tasks)
    if not (parties or roles or holders):
        roles = {(Role.INTAKE_CLERK.value, deadline.case.unit_id)}
    return reached(session, users=holders, parties=[p for p in parties if p is not None], roles=roles)


def _holders(deadline: Deadline, tasks: list[Task]) -> list[int]:
    """Return who holds the tasks of the period.

    A period of the whole case is in the hands of its officials; one of a party in its own alone.
    """
    if tasks or deadline.party_id is not None:
        return [t.assignee_id for t in tasks if t.assignee_id is not None]
    return [s.user_id for s in deadline.case.staff if s.until is None]


def _write(
    session: Session, kind: str, people: list[Person], deadline: Deadline, title: str, tasks: list[Task]
) -> None:
    facts: dict[str, Any] = {
        **case_facts(deadline.case),
        "title": title,
        "title_en": statute.rule(deadline.rule).name.en,
        "due": deadline.due_on.isoformat(),
    }
    link = f"/tasks/{tasks[0].id}" if len(tasks) == 1 else f"/cases/{deadline.case_id}"
    write(session, kind, people, facts, case_id=deadline.case_id, link=link)
