"""Saved views of the inbox, and short lines about tasks."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.domain.errors import NotFound
from app.models import SavedView, Task, User
from app.queries.tasks import task_for


def views_of(session: Session, user: User) -> list[SavedView]:
    """Return this person's saved views and those shared with their units."""
    return list(
        session.scalars(
            select(SavedView)
            .where(or_(SavedView.user_id == user.id, SavedView.shared_unit_id.in_(user.unit_ids)))
            .order_by(SavedView.name)
        )
    )


def task_line(session: Session, user: User, task_id: int) -> Task | None:
    """Return a task for one line of a result, or ``None`` where it is not this person's to see."""
    try:
        return task_for(session, user, task_id)
    except NotFound:
        return None
