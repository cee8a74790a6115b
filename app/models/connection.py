"""How connections behave on the two databases: writers queue up, readers do not wait, foreign keys hold."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from sqlalchemy import Engine, event

# Only a request that changes nothing sets this; everything else takes SQLite's write lock when it begins, so that a
# transaction never finds, half way through, that somebody else has written.
reading: ContextVar[bool] = ContextVar("reading", default=False)

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # a commit that was answered survives a power cut
    "PRAGMA foreign_keys = ON",
    "PRAGMA busy_timeout = 15000",
)


def set_up(engine: Engine) -> None:
    """Give every connection of ``engine`` its manners."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite_connect)
        event.listen(engine, "begin", _sqlite_begin)


def _sqlite_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    cursor = connection.cursor()
    for pragma in SQLITE_PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _sqlite_begin(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN" if reading.get() else "BEGIN IMMEDIATE")


def options(url: str) -> dict[str, Any]:
    """Return the engine options for a database address."""
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": 15}, "hide_parameters": True}
    return {
        "hide_parameters": True,  # an error in the log must not show what people typed
        "pool_size": 10,
        "max_overflow": 10,
        "pool_pre_ping": False,
        "pool_recycle": 1800,
        "connect_args": {"options": "-c lock_timeout=10s -c timezone=Asia/Shanghai"},
    }
