"""New tasks in queues: who could take one is told, once, after the act that opened it. The act writes no message."""

from __future__ import annotations

import logging
from collections.abc import Collection

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import clock, notifications
from app.jobs import incidents
from app.models import Task
from app.queries.waiting import who_could_take
from app.services.changing import changing
from app.services.looking import looking

log = logging.getLogger(__name__)


def due(session: Session, limit: int) -> list[int]:
    """Return tasks to announce now; one that failed is left alone until its next try."""
    with looking(session):
        return incidents.due(
            lambda without: _unannounced(session, without, limit), lambda: incidents.resting(session, "announce")
        )


def _unannounced(session: Session, without: Collection[int], limit: int) -> list[int]:
    rows = select(Task.id).where(Task.announce_at <= clock.now())
    if without:
        rows = rows.where(Task.id.not_in(without))
    return list(session.scalars(rows.order_by(Task.announce_at).limit(limit)))


def do(session: Session, task_id: int) -> bool:
    """Announce one task; ``False`` where another job has done it, or where it broke."""
    try:
        with changing(session):
            told = announce(session, task_id)
            incidents.settle(session, "announce", task_id)
    except Exception as error:
        log.exception("task %s was not announced", task_id)
        incidents.remember(session, "announce", task_id, error=error)
        return False
    return told


def announce(session: Session, task_id: int, **_by: object) -> bool:
    """Tell who could take the task, unless somebody has it already: also what an administrator's retry does."""
    waiting = (Task.id == task_id) & Task.announce_at.is_not(None)
    if session.execute(update(Task).where(waiting).values(announce_at=None).returning(Task.id)).scalar() is None:
        return False
    task = session.get_one(Task, task_id, populate_existing=True)
    if task.is_open and task.assignee_id is None:
        notifications.task_waiting(session, task, who_could_take(session, task))
    return True
