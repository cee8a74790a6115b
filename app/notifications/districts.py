"""Messages about the tasks of the districts: to the district when it has something to do, to the bureau when it reported."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.domain.roles import Role
from app.models import DistrictTask
from app.notifications.outbox import Person, reached, write


def district_task_set(session: Session, task: DistrictTask) -> None:
    """Tell a district's people that there is a task, and until when."""
    write(session, "district_task_set", _district(session, task), _facts(task), link=_link(task))


def district_task_due(session: Session, task: DistrictTask) -> None:
    """Remind a district's people that a task is due soon."""
    write(session, "district_task_due", _district(session, task), _facts(task), link=_link(task))


def district_task_reported(session: Session, task: DistrictTask) -> None:
    """Tell who set a task that the district has reported."""
    people = reached(session, users=[task.set_by_id])
    write(session, "district_task_reported", people, _facts(task), link=_link(task))


def district_task_returned(session: Session, task: DistrictTask, reason: str) -> None:
    """Tell a district's people that more is asked of them, and why."""
    write(session, "district_task_returned", _district(session, task), _facts(task, reason), link=_link(task))


def district_task_assessed(session: Session, task: DistrictTask) -> None:
    """Tell a district's people that their report is assessed."""
    write(session, "district_task_assessed", _district(session, task), _facts(task), link=_link(task))


def _district(session: Session, task: DistrictTask) -> list[Person]:
    return reached(session, roles=[(Role.DISTRICT_OFFICER.value, task.unit_id)])


def _facts(task: DistrictTask, reason: str = "") -> dict[str, str]:
    return {
        "title": task.title,
        "unit": task.unit.name,
        "unit_en": task.unit.name_en,
        "due": task.due_on.isoformat(),
        "reason": reason,
    }


def _link(task: DistrictTask) -> str:
    return f"/district-tasks/{task.id}"
