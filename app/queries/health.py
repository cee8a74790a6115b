"""What readiness looks at."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from alembic.script import ScriptDirectory
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app import clock
from app.models import JobRun

ALIVE_WITHIN = timedelta(minutes=3)


@cache
def head(directory: str) -> str | None:
    """Return the newest migration that the code knows."""
    return ScriptDirectory(directory).get_current_head()


def readiness(session: Session, directory: str) -> dict[str, bool]:
    """Return for ``database``, ``migrations`` and ``jobs`` whether each is as it should be."""
    try:
        at = session.scalar(text("SELECT version_num FROM alembic_version"))
    except SQLAlchemyError:
        session.rollback()
        return {"database": False, "migrations": False, "jobs": False}
    latest = session.scalar(select(JobRun.finished_at).where(JobRun.name == "heartbeat"))
    alive = latest is not None and clock.now() - latest < ALIVE_WITHIN
    return {"database": True, "migrations": at == head(directory), "jobs": alive}
