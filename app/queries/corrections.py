"""What a correction is about: the items of the notice, and which parties of the request somebody may correct."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Case, Event, Party, User


def asked(session: Session, case: Case) -> dict[int, str]:
    """Return the items of the correction notice by number; empty where none was sent."""
    row = session.scalar(
        select(Event)
        .where(Event.case_id == case.id, Event.kind == "correction_asked")
        .order_by(Event.seq.desc())
        .limit(1)
    )
    return dict(enumerate(row.data["items"], start=1)) if row is not None else {}


def may_be_put_right(user: User, party: Party) -> bool:
    """Say whether this person may correct ``party``: an official all, others only those who do not see the case yet."""
    return user.is_official or not party.sees
