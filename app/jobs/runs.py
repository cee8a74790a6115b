"""When each kind of job last ran, for readiness and for the administrator; and which nightly jobs are due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.models import JobRun
from app.services import writing
from app.services.changing import changing
from app.services.looking import looking

NIGHT = time(2, 30)
HEARTBEAT = "heartbeat"


def note(session: Session, runs: dict[str, dict[str, Any]]) -> None:
    """Write down that these jobs have just finished, and how. Commits."""
    row = writing.insert(session, JobRun).values(
        [{"name": name, "finished_at": clock.now(), "detail": detail} for name, detail in runs.items()]
    )
    with changing(session):
        session.execute(
            row.on_conflict_do_update(
                index_elements=[JobRun.name],
                set_={"finished_at": row.excluded.finished_at, "detail": row.excluded.detail},
            )
        )


def nightly_due(session: Session, names: Iterable[str]) -> list[str]:
    """Return the nightly jobs that have not finished since the last time it was half past two in the morning."""
    with looking(session):
        last = dict(session.execute(select(JobRun.name, JobRun.finished_at)).all())
    since = _last_night(clock.now())
    return [name for name in names if name not in last or last[name] < since]


def _last_night(now: datetime) -> datetime:
    tonight = datetime.combine(now.date(), NIGHT, tzinfo=clock.ZONE)
    return tonight if tonight <= now else tonight - timedelta(days=1)
