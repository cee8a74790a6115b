"""Messages about somebody's account and powers."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.models import Substitute, User
from app.notifications.outbox import reached, write


def account_welcome(session: Session, user: User) -> None:
    """Tell somebody that their account is ready."""
    session.flush()  # the message belongs to a person by id
    write(session, "account_welcome", reached(session, users=[user.id]), {"username": user.username}, link="/")


def substitution_set(session: Session, substitute: Substitute) -> None:
    """Tell the deputy, and the person who will be away, from when to when the one may act for the other."""
    session.flush()  # both are found by id
    facts = {
        "user": substitute.user.name,
        "deputy": substitute.deputy.name,
        "first": substitute.first.isoformat(),
        "last": substitute.last.isoformat(),
        "reason": substitute.reason,
    }
    people = reached(session, users=[substitute.user_id, substitute.deputy_id])
    write(session, "substitution_set", people, facts, link="/")
