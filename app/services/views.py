"""Saved views: named filters kept on the server, a person's own or shared with a unit."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import NotFound, RuleBroken
from app.models import SavedView, User
from app.services import writing


def save(session: Session, *, name: str, query: dict[str, Any], shared: bool, by: User) -> SavedView:
    """Keep a filter under a name; the same name again replaces what it held."""
    if shared and not by.unit_ids:
        raise RuleBroken("只有工作人员可以共享视图", field="shared")
    unit_id = min(by.unit_ids) if shared else None
    return writing.upsert(session, SavedView, {"user_id": by.id, "name": name}, query=query, shared_unit_id=unit_id)


def delete(session: Session, view_id: int, *, by: User) -> None:
    """Remove a view of one's own."""
    view = session.scalar(select(SavedView).where(SavedView.id == view_id, SavedView.user_id == by.id))
    if view is None:
        raise NotFound("view")
    session.delete(view)
