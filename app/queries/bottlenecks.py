"""Where the open cases of a process version stand, and where they are stuck."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from app import clock
from app.models import Case, ProcessVersion, Task, User
from app.queries import durations
from app.queries.supervision import watched

LATELY = timedelta(days=365)


def versions(session: Session, user: User) -> list[tuple[ProcessVersion, int]]:
    """Return the versions new cases begin with and those that open cases are pinned to, with how many of them."""
    number = func.count(Case.id)
    pinned = and_(Case.process_digest == ProcessVersion.digest, Case.closed_at.is_(None), watched(user))
    rows = session.execute(
        select(ProcessVersion, number)
        .outerjoin(Case, pinned)
        .group_by(ProcessVersion.digest)
        .having(or_(ProcessVersion.current, number > 0))
        .order_by(ProcessVersion.key, ProcessVersion.current.desc(), ProcessVersion.published_at.desc())
    )
    return [(version, cases) for version, cases in rows]


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step: how many cases wait in it, how many of them late, how long they have waited, how long it takes."""

    cases: int = 0
    late: int = 0
    waiting: durations.Median | None = None
    usual: durations.Median | None = None


def steps(session: Session, user: User, digest: str) -> dict[str, StepLine]:
    """Return a line for each step of a version in which cases wait, or that was done in the last year.

    Waiting and usual time are medians, in days from the arrival of the task, suspensions included.
    """
    of_version = and_(Case.process_digest == digest, watched(user))
    late = and_(Task.paused.is_(False), Task.due_sort < clock.today())
    counted = session.execute(
        select(Task.key, func.count(func.distinct(Task.case_id)), func.count(func.distinct(case((late, Task.case_id)))))
        .join(Case, Case.id == Task.case_id)
        .where(Task.state == "open", of_version)
        .group_by(Task.key)
    )
    numbers = {key: (cases, overdue) for key, cases, overdue in counted}
    open_now = select(Task.key, durations.seconds(Task.opened_at)).where(Task.state == "open")
    done = select(Task.key, durations.seconds(Task.opened_at, Task.done_at)).where(
        Task.state == "done", Task.done_at >= clock.now() - LATELY
    )
    waiting, usual = (
        durations.medians(session, rows.join(Case, Case.id == Task.case_id).where(of_version))
        for rows in (open_now, done)
    )
    return {
        key: StepLine(*numbers.get(key, (0, 0)), waiting.get(key), usual.get(key)) for key in numbers | waiting | usual
    }


def inside(session: Session, user: User, digest: str, calls: Mapping[str, AbstractSet[str]]) -> dict[str, int]:
    """Return for each call how many cases wait in the steps that it leads to; a case counts once in each."""
    if not calls:
        return {}
    numbers = session.execute(
        select(*(func.count(func.distinct(case((Task.key.in_(steps), Task.case_id)))) for steps in calls.values()))
        .join(Case, Case.id == Task.case_id)
        .where(Task.state == "open", Case.process_digest == digest, watched(user))
    ).one()
    return {call: cases for call, cases in zip(calls, numbers, strict=True) if cases}
