"""Calendar feeds: a secret address under which somebody's own calendar fetches their hearings; only its digest is kept.

It carries no rights but to read that calendar, and ends with every other session of its owner.
"""

from __future__ import annotations

import secrets

from sqlalchemy.orm import Session

from app import clock
from app.domain import passwords
from app.models import CalendarFeed, User
from app.queries import people
from app.services import access_log, writing


def make(session: Session, *, by: User, address: str) -> str:
    """Return the secret of a new feed of one's own; the one before is good no longer."""
    token = secrets.token_urlsafe(32)
    made = {"digest": passwords.digest(token), "session_epoch": by.session_epoch, "created_at": clock.now()}
    writing.upsert(session, CalendarFeed, {"user_id": by.id}, **made)
    access_log.record(session, "feed_made", user=by, address=address)
    return token


def end(session: Session, *, by: User, address: str) -> None:
    """End one's own feed; where there is none any more, nothing is left to do."""
    row = session.get(CalendarFeed, by.id)
    if row is not None:
        session.delete(row)
        access_log.record(session, "feed_ended", user=by, address=address)


def subscriber(session: Session, token: str) -> User | None:
    """Return whose feed has this secret, with their powers as of now, or ``None`` where it is not good (any more)."""
    return people.subscriber(session, passwords.digest(token))
