"""Tasks of the districts that are due in five working days: the district is reminded, once."""

from __future__ import annotations

import logging
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.jobs import incidents
from app.models import DistrictTask
from app.services import district_tasks
from app.services.changing import changing
from app.services.looking import looking

log = logging.getLogger(__name__)


def due(session: Session, limit: int) -> list[int]:
    """Return tasks to remind of now; one that failed is left alone until its next try."""
    with looking(session):
        return incidents.due(
            lambda without: _to_remind(session, without, limit), lambda: incidents.resting(session, "district_task")
        )


def _to_remind(session: Session, without: Collection[int], limit: int) -> list[int]:
    rows = select(DistrictTask.id).where(DistrictTask.reminded_at.is_(None), DistrictTask.remind_on <= clock.today())
    if without:
        rows = rows.where(DistrictTask.id.not_in(without))
    return list(session.scalars(rows.order_by(DistrictTask.remind_on, DistrictTask.id).limit(limit)))


def do(session: Session, task_id: int) -> bool:
    """Remind of one task; ``False`` where nobody has to be reminded any more, or where it broke."""
    try:
        with changing(session):
            told = remind(session, task_id)
            incidents.settle(session, "district_task", task_id)
    except Exception as error:
        log.exception("nobody was reminded of the district's task %s", task_id)
        incidents.remember(session, "district_task", task_id, error=error)
        return False
    return told


def remind(session: Session, task_id: int, **_by: object) -> bool:
    """Remind of one task: also what an administrator's retry does."""
    return district_tasks.remind(session, task_id)
