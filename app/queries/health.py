"""What readiness asks the database: is it the one we began with, is its schema the code's, are the jobs alive."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from alembic.script import ScriptDirectory
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app import clock
from app.models import JobRun, connection

ALIVE_WITHIN = timedelta(minutes=3)
OK = "ok"


@cache
def head(directory: str) -> str | None:
    """Return the newest migration that the code knows."""
    return ScriptDirectory(directory).get_current_head()


def readiness(session: Session, directory: str) -> dict[str, str]:
    """Return for ``database``, ``migrations`` and ``jobs`` the word ``ok``, or a sentence that says what is wrong."""
    try:
        trouble = _trouble(session)
        if trouble == OK:
            return {"database": OK, "migrations": _migrations(session, directory), "jobs": _jobs(session)}
    except SQLAlchemyError:
        session.rollback()
        trouble = "数据库没有应答"
    return dict.fromkeys(("migrations", "jobs"), "数据库不正常，无从得知") | {"database": trouble}


def _trouble(session: Session) -> str:
    """An open SQLite file goes on answering after it was deleted: nothing that is written to it would be found again."""
    session.execute(text("SELECT 1"))
    if not connection.is_where_it_was(session):
        return "数据库文件被删除或者替换了，请停止所有进程，放回数据库后重新启动"
    return OK


def _migrations(session: Session, directory: str) -> str:
    try:
        at = session.scalar(text("SELECT version_num FROM alembic_version"))
    except SQLAlchemyError:
        session.rollback()
        return "数据库里没有表，请执行 flask db upgrade"
    return OK if at == head(directory) else "数据库的版本与程序不一致，请执行 flask db upgrade"


def _jobs(session: Session) -> str:
    latest = session.scalar(select(JobRun.finished_at).where(JobRun.name == "heartbeat"))
    if latest is None:
        return "任务进程从未运行，请启动 flask jobs run"
    return OK if clock.now() - latest < ALIVE_WITHIN else "任务进程已经几分钟没有动静，请检查 flask jobs run"
