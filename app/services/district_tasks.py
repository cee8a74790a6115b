"""Tasks of the districts: set by the city bureau, reported by the district, assessed by somebody of the bureau."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app import clock, notifications, policy
from app.domain import district_tasks as rules
from app.domain.district_tasks import Outcome, TaskState
from app.domain.errors import RuleBroken, Stale
from app.domain.texts import Text
from app.models import DistrictReport, DistrictTask, OrgUnit, User
from app.queries.periods import calendar_of
from app.services import files as kept


def set_task(
    session: Session, unit: OrgUnit, *, year: int, title: str, what: str, section: str, due_on: date, by: User
) -> DistrictTask:
    """Give a district a task, and tell its people. Raises ``Stale`` for one of that title that the district has."""
    policy.check(by, "district_task.set")
    if unit.kind != "district_bureau":
        raise RuleBroken("任务应当下达给区局", field="units")
    rules.check_due(due_on, year, clock.today())
    same = (DistrictTask.year == year, DistrictTask.unit_id == unit.id, DistrictTask.title == title)
    if session.scalar(select(exists().where(*same))):
        raise Stale("%(unit)s这一年度已有同名的任务，没有重复下达", unit=Text(unit.name, unit.name_en))
    task = DistrictTask(
        year=year,
        unit=unit,
        title=title,
        what=what,
        section=section,
        due_on=due_on,
        remind_on=rules.reminded_on(due_on, calendar_of(session)),
        set_by_id=by.id,
        set_at=clock.now(),
    )
    session.add(task)
    session.flush()  # the message leads to it by id
    notifications.district_task_set(session, task)
    return task


def report(session: Session, task: DistrictTask, *, words: str, files: Iterable[int], by: User) -> DistrictReport:
    """Report what was done; the bureau assesses it."""
    policy.check(by, "district_task.report", task)
    _refuse_unless(session, task, rules.WITH_THE_DISTRICT)
    made = DistrictReport(words=words, by_id=by.id, at=clock.now(), files=kept.uploaded_by(session, files, by.id))
    task.reports.append(made)
    task.state = TaskState.REPORTED
    notifications.district_task_reported(session, task)
    return made


def send_back(session: Session, task: DistrictTask, *, because: str, by: User) -> None:
    """Give a report back to be made good; it stays, with the reason."""
    last = _reported(session, task, by)
    last.returned_because, last.returned_by_id, last.returned_at = because, by.id, clock.now()
    task.state = TaskState.RETURNED
    notifications.district_task_returned(session, task, because)


def assess(session: Session, task: DistrictTask, *, outcome: Outcome, score: int | None, words: str, by: User) -> None:
    """Assess what was reported, once."""
    _reported(session, task, by)
    rules.check_assessment(outcome, score)
    task.outcome, task.score, task.assessment = outcome, score, words
    task.assessed_by_id, task.assessed_at = by.id, clock.now()
    task.state = TaskState.ASSESSED
    notifications.district_task_assessed(session, task)


def remind(session: Session, task_id: int) -> bool:
    """Remind the district of a task that is due soon, once; ``False`` where there is nothing to say any more."""
    task = session.get_one(DistrictTask, task_id, with_for_update=True)
    if task.reminded_at is not None:
        return False
    task.reminded_at = clock.now()
    if task.state not in rules.WITH_THE_DISTRICT:
        return False
    notifications.district_task_due(session, task)
    return True


def _reported(session: Session, task: DistrictTask, by: User) -> DistrictReport:
    policy.check(by, "district_task.assess", task)
    _refuse_unless(session, task, frozenset({TaskState.REPORTED}))
    last = task.reports[-1]
    if last.by_id == by.id:
        raise RuleBroken("上报的人不能考核自己上报的任务，请由另一人办理")
    return last


def _refuse_unless(session: Session, task: DistrictTask, states: frozenset[TaskState]) -> None:
    session.refresh(task, with_for_update=True)
    if task.state not in states:
        raise Stale("刚才已有人办理了这项任务，请刷新后查看")
