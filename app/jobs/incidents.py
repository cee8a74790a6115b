"""What a job could not do: one open incident for each thing, however often it is tried."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.models import Incident
from app.services.changing import changing
from app.services.incidents import incident, said

BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)


class Disagrees(Exception):
    """What is stored does not fit together; the message says where."""


def wait_after(tries: int) -> timedelta:
    """Return how long to wait after so many tries (at least one)."""
    return BACK_OFF[min(tries, len(BACK_OFF)) - 1]


def remember(session: Session, what: str, *args: int, error: Exception | str, case_id: int | None = None) -> None:
    """Keep what went wrong: a new incident, or one more try of the one that is open. Commits."""
    with changing(session):
        before = _open(session, what, args)
        if before is None:
            session.add(incident(what, args, error, case_id=case_id))
        else:
            before.tries += 1
            before.error = said(error)


def settle(session: Session, what: str, *args: int) -> None:
    """Close the open incident about this, if there is one: a later try went well."""
    before = _open(session, what, args)
    if before is not None:
        before.settled_at, before.settled_how = clock.now(), "retried"


def _open(session: Session, what: str, args: tuple[int, ...]) -> Incident | None:
    # what was attempted is sealed in the database, so it is compared here; open incidents are few
    return next((i for i in _all_open(session, what) if i.attempt["args"] == list(args)), None)


def stuck(session: Session, what: str) -> set[int]:
    """Return the ids of rows with an open incident: they wait for an administrator."""
    return {i.attempt["args"][0] for i in _all_open(session, what)}


def due(find: Callable[[Collection[int]], list[int]], left_alone: Callable[[], set[int]]) -> list[int]:
    """Return the ids that ``find`` finds; open incidents are looked up only where there is something to do."""
    found = find(())
    without = left_alone() if found else set()
    return find(without) if without else found


def resting(session: Session, what: str) -> set[int]:
    """Return the ids of rows with an open incident that are not to be tried again yet."""
    now = clock.now()
    return {i.attempt["args"][0] for i in _all_open(session, what) if _next_try(i.tries) > now - i.at}


def _all_open(session: Session, what: str) -> list[Incident]:
    return list(session.scalars(select(Incident).where(Incident.settled_at.is_(None), Incident.what == what)))


def _next_try(tries: int) -> timedelta:
    """Return how long after the first failure the next try is."""
    return sum((wait_after(n) for n in range(1, tries + 1)), timedelta())
