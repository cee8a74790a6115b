"""The tasks of the districts for somebody: lists, one task, and what the year of each district comes to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app import clock, policy
from app.domain.district_tasks import Outcome, TaskState, Year
from app.domain.errors import NotFound
from app.models import DistrictReport, DistrictTask, OrgUnit, StoredFile, User
from app.queries.targets import districts_of_the_city


def tasks(session: Session, *, year: int, unit_id: int | None = None, state: str = "") -> list[DistrictTask]:
    """Return the tasks of a year, by when they are due."""
    rows = _with_all().where(DistrictTask.year == year)
    if unit_id is not None:
        rows = rows.where(DistrictTask.unit_id == unit_id)
    if state:
        rows = rows.where(DistrictTask.state == state)
    return list(session.scalars(rows.order_by(DistrictTask.due_on, DistrictTask.unit_id, DistrictTask.id)).unique())


def _with_all() -> Select[Any]:
    people = (joinedload(DistrictTask.unit), joinedload(DistrictTask.set_by), joinedload(DistrictTask.assessed_by))
    return select(DistrictTask).options(*people, selectinload(DistrictTask.reports))


def years(session: Session) -> list[int]:
    """Return the years that have tasks, and this one, the latest first."""
    found = set(session.scalars(select(DistrictTask.year).distinct())) | {clock.today().year}
    return sorted(found, reverse=True)


def task_for(session: Session, user: User, task_id: int) -> DistrictTask:
    """Return one task for whoever has to do with the programme. Raises ``NotFound``."""
    found: DistrictTask | None = None
    if policy.has_to_do_with_the_programme(user, None):
        files = selectinload(DistrictTask.reports).options(
            selectinload(DistrictReport.files), joinedload(DistrictReport.by), joinedload(DistrictReport.returned_by)
        )
        found = session.scalars(_with_all().options(files).where(DistrictTask.id == task_id)).unique().one_or_none()
    if found is None:
        raise NotFound("district_task")
    return found


def file_for(session: Session, user: User, task_id: int, file_id: int) -> StoredFile:
    """Return a file of what a district reported. Raises ``NotFound``."""
    task = task_for(session, user, task_id)
    file = next((f for report in task.reports for f in report.files if f.id == file_id), None)
    if file is None:
        raise NotFound("file")
    return file


def by_district(session: Session, found: Iterable[DistrictTask]) -> list[tuple[OrgUnit, Year]]:
    """Return what the year of each district comes to, a line also for one that has no task."""
    lines = {unit.id: (unit, Year()) for unit in districts_of_the_city(session)}
    for task in found:
        _, year = lines.setdefault(task.unit_id, (task.unit, Year()))
        year.count(
            TaskState(task.state),
            due=task.due_on,
            reported_on=_reported_on(task),
            today=clock.today(),
            outcome=Outcome(task.outcome) if task.outcome else None,
            score=task.score,
        )
    return list(lines.values())


def _reported_on(task: DistrictTask) -> date | None:
    """Return the day of the report that stands; one that was given back is none."""
    last = task.report
    return last.at.date() if last is not None and last.returned_at is None else None
