"""Saved views: named filters kept on the server, a person's own or shared with a unit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import NotFound, RuleBroken
from app.models import SavedView, User
from app.queries import columns as listed
from app.services import writing


def save(
    session: Session, *, name: str, query: dict[str, Any], columns: Iterable[str] = (), shared: bool, by: User
) -> SavedView:
    """Keep a filter under a name, with the columns it carries; the same name again replaces what it held."""
    if shared and not by.is_official:
        raise RuleBroken("只有工作人员可以共享视图", field="shared")
    unit_id = min(by.unit_ids) if shared else None
    key = {"user_id": by.id, "name": name}
    return writing.upsert(
        session, SavedView, key, query=query, columns=list(listed.known(columns)), shared_unit_id=unit_id
    )


def delete(session: Session, view_id: int, *, by: User) -> None:
    """Remove a view of one's own."""
    view = session.scalar(select(SavedView).where(SavedView.id == view_id, SavedView.user_id == by.id))
    if view is None:
        raise NotFound("view")
    session.delete(view)


def choose_columns(codes: Iterable[str] | None, *, by: User) -> None:
    """Remember which columns a person wants to see in the list of tasks; ``None`` for the usual ones."""
    by.inbox_columns = None if codes is None else list(listed.known(codes))
