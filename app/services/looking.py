"""Looking without taking the write lock: what a job finds due, who stands at the door."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from app.models import connection


@contextmanager
def looking(session: Session) -> Iterator[None]:
    """Read in a transaction of its own that changes nothing and waits for no writer."""
    session.rollback()  # whatever was begun before may hold the write lock
    token = connection.reading.set(True)
    try:
        yield
    finally:
        session.rollback()
        connection.reading.reset(token)
