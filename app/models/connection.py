"""How connections behave on the two databases: writers queue up, readers do not wait, foreign keys hold."""

from __future__ import annotations

from contextvars import ContextVar
from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy import Engine, ExceptionContext, event
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import Session

# Only a request that changes nothing sets this; everything else takes SQLite's write lock when it begins, so that a
# transaction never finds, half way through, that somebody else has written.
reading: ContextVar[bool] = ContextVar("reading", default=False)

RESTED = 1.0  # seconds after which a connection is asked whether it still lives

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # a commit that was answered survives a power cut
    "PRAGMA foreign_keys = ON",
    "PRAGMA busy_timeout = 15000",
)


class SqliteFile:
    """The file that the first connection of an engine opened. Others may still hold it when there is another in its place."""

    def __init__(self, path: str) -> None:
        self.path = Path(path)
        self.opened: tuple[int, int] | None = None

    def open(self, connection: Any, record: Any) -> None:
        """Set the pragmas and the transaction mode of a new SQLite connection, and note which file it opened."""
        connection.isolation_level = None  # we say BEGIN ourselves
        cursor = connection.cursor()
        for pragma in SQLITE_PRAGMAS:
            cursor.execute(pragma)
        cursor.close()
        self.opened = self.opened or self._identity()
        record.info["file"] = self

    def is_where_it_was(self) -> bool:
        """Say whether the path still leads to that file."""
        return self.opened == self._identity()

    def _identity(self) -> tuple[int, int] | None:
        try:
            found = self.path.stat()
        except OSError:  # deleted, or in memory
            return None
        return found.st_dev, found.st_ino


def set_up(engine: Engine) -> None:
    """Set up every new connection of ``engine``; errors say no values."""
    event.listen(engine, "handle_error", _say_no_values)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", SqliteFile(engine.url.database or "").open)
        event.listen(engine, "begin", _sqlite_begin)
    else:
        event.listen(engine, "checkin", _note_rest)
        event.listen(engine, "checkout", Asked(engine.dialect).whether_it_lives)


def is_where_it_was(session: Session) -> bool:
    """Say whether the database is the one this process began with; asked of SQLite, whose file can be taken away."""
    file = session.connection().info.get("file")
    return file is None or file.is_where_it_was()


def has_one_pen(session: Session) -> bool:
    """Say whether whoever begins to write has to wait for everybody else who writes: so it is with SQLite."""
    return session.get_bind().dialect.name == "sqlite"


def _note_rest(_connection: Any, record: Any) -> None:
    record.info["rests_since"] = monotonic()


class Asked:
    """A connection that the server or a proxy has cut is replaced before anybody meets it.

    That is asked of one that has rested, not before every transaction: what worked a moment ago need not be asked.
    """

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect

    def whether_it_lives(self, connection: Any, record: Any, _proxy: Any) -> None:
        """Ask a connection that has rested; with one that does not answer, all that rest are replaced."""
        since = record.info.get("rests_since")  # a new one has not rested yet
        if since is None or monotonic() - since < RESTED:
            return
        try:
            self.dialect.do_ping(connection)
        except self.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error


def _sqlite_begin(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN" if reading.get() else "BEGIN IMMEDIATE")


def _say_no_values(context: ExceptionContext) -> None:
    """Leave of an error what went wrong and where: its details repeat what people typed, into logs and incidents."""
    said = str(context.original_exception).partition("\n")[0]
    context.original_exception.args = (said,)
    if context.sqlalchemy_exception is not None:
        context.sqlalchemy_exception.args = (f"({type(context.original_exception).__name__}) {said}",)


def options(url: str) -> dict[str, Any]:
    """Return the engine options for a database address."""
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": 15}, "hide_parameters": True}
    return {
        "hide_parameters": True,  # an error in the log must not show what people typed
        "pool_size": 10,
        "max_overflow": 10,
        "pool_recycle": 1800,
        "connect_args": {"options": "-c lock_timeout=10s -c timezone=Asia/Shanghai"},
    }
