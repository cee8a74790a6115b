"""What a person typed and has not sent yet."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Draft, User


def draft_of(session: Session, user: User, scope: str) -> Draft | None:
    """Return this person's draft for that place, or ``None``."""
    return session.scalar(select(Draft).where(Draft.user_id == user.id, Draft.scope == scope))


def drafts_of(session: Session, user: User) -> list[Draft]:
    """Return all drafts of this person, the latest first."""
    return list(session.scalars(select(Draft).where(Draft.user_id == user.id).order_by(Draft.saved_at.desc())))
