"""People: with their powers, for the door; in lists, for those who administer them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.sql.base import ExecutableOption

from app import clock
from app.models import Substitute, User


def with_powers() -> tuple[ExecutableOption, ...]:
    """Load a person together with their roles and with those they stand in for today, in the same statement."""
    today = clock.today()
    running = User.standing_in.and_(Substitute.ended_at.is_(None), Substitute.first <= today, Substitute.last >= today)
    return (
        joinedload(User.memberships),
        joinedload(running).joinedload(Substitute.user).joinedload(User.memberships),
    )


def signed_in(session: Session, user_id: int, epoch: int) -> User | None:
    """Return the person of a browser's session, or ``None`` where it was ended or the account is closed."""
    person = select(User).where(User.id == user_id, User.session_epoch == epoch, User.active)
    return session.scalars(person.options(*with_powers())).unique().one_or_none()
