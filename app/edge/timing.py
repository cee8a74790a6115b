"""Where the time of a request goes, in its ``Server-Timing`` header; only where ``SERVER_TIMING`` asks for it.

``sql;desc="12";dur=3.1, commit;desc="1", engine;dur=0.3, total;dur=5.2``: statements and their time, commits, time in
the engine with the operations it called, and everything up to the first byte of the answer; milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from time import perf_counter
from typing import Any

from flask import Flask
from sqlalchemy import Engine, event

from app import engine
from app.models import db

DOORS = ("start", "complete", "lapse", "act", "look")


@dataclass(slots=True)
class Tally:
    """What has been counted so far; times in seconds."""

    statements: int = 0
    commits: int = 0
    sql: float = 0.0
    engine: float = 0.0

    def header(self, total: float) -> str:
        """Return the value of the header."""
        return (
            f'sql;desc="{self.statements}";dur={self.sql * 1000:.2f}, commit;desc="{self.commits}", '
            f"engine;dur={self.engine * 1000:.2f}, total;dur={total * 1000:.2f}"
        )


_tally: ContextVar[Tally | None] = ContextVar("tally", default=None)


@contextmanager
def counting() -> Iterator[Tally]:
    """Count what is done in the block, on a database that is watched."""
    tally = Tally()
    token = _tally.set(tally)
    try:
        yield tally
    finally:
        _tally.reset(token)


def install(app: Flask) -> None:
    """Time every answer of ``app``, where its configuration says so; asked twice, it is done once."""
    if not app.config["SERVER_TIMING"] or isinstance(app.wsgi_app, _Timed):
        return
    with app.app_context():
        watch(db.engine)
    for name in DOORS:
        setattr(engine, name, _timed(getattr(engine, name)))
    app.wsgi_app = _Timed(app.wsgi_app)  # type: ignore[method-assign]


class _Timed:
    """A WSGI application whose answers say how long they took."""

    def __init__(self, inner: Callable[..., Iterable[bytes]]) -> None:
        self.inner = inner

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        began = perf_counter()
        with counting() as tally:

            def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
                timed = [*headers, ("Server-Timing", tally.header(perf_counter() - began))]
                return start_response(status, timed, exc_info)

            return self.inner(environ, start)


def _timed(door: Callable[..., Any]) -> Callable[..., Any]:
    """Return a door of the engine that notes how long a case was inside; a door that does so already stays as it is."""
    if getattr(door, "is_timed", False):
        return door

    @wraps(door)
    def through(*args: Any, **kwargs: Any) -> Any:
        tally = _tally.get()
        if tally is None:
            return door(*args, **kwargs)
        began = perf_counter()
        try:
            return door(*args, **kwargs)
        finally:
            tally.engine += perf_counter() - began

    through.is_timed = True  # type: ignore[attr-defined]
    return through


def watch(database: Engine) -> None:
    """Count statements and commits of ``database`` for whichever request they belong to."""
    event.listen(database, "before_cursor_execute", _before)
    event.listen(database, "after_cursor_execute", _after)
    event.listen(database, "commit", _committed)


def _before(_connection: Any, _cursor: Any, _text: str, _values: Any, context: Any, _many: bool) -> None:
    if context is not None:
        context.began = perf_counter()


def _after(_connection: Any, _cursor: Any, text: str, _values: Any, context: Any, _many: bool) -> None:
    tally = _tally.get()
    if tally is None or context is None or text.startswith("BEGIN"):  # how SQLite is told what others are not
        return
    tally.statements += 1
    tally.sql += perf_counter() - context.began


def _committed(_connection: Any) -> None:
    tally = _tally.get()
    if tally is not None:
        tally.commits += 1
