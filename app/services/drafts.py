"""Drafts: what a person types is kept for them and comes back."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import Table, bindparam, delete
from sqlalchemy.orm import Session

from app import clock
from app.domain.errors import NotFound, RuleBroken
from app.domain.scopes import SCOPE
from app.models import Draft, User
from app.models.types import canonical_json
from app.queries import cases, drafts, processes, tasks
from app.services import writing

MOST = 300_000

_DRAFTS = cast("Table", Draft.__table__)  # not the mapper: nobody reads a draft in the act that throws it away
_DISCARD = delete(_DRAFTS).where(_DRAFTS.c.user_id == bindparam("of"), _DRAFTS.c.scope == bindparam("place"))


def save(session: Session, scope: str, answers: dict[str, Any], *, by: User) -> Draft:
    """Keep what has been typed so far; the last one wins.

    Raises ``NotFound`` for a place that is not there or not theirs, ``RuleBroken`` where it is too much to keep.
    """
    if not SCOPE.match(scope):
        raise NotFound("draft")
    _find_place(session, scope, by)
    if len(canonical_json(answers)) > MOST:
        raise RuleBroken("草稿内容过长，请精简后再保存")
    place = {"user_id": by.id, "scope": scope}
    return writing.upsert(session, Draft, place, answers=answers, saved_at=clock.now())


def _find_place(session: Session, scope: str, by: User) -> None:
    kind, place, *more = scope.split(":")
    if kind == "task":
        tasks.task_for(session, by, int(place))
    elif kind == "act":
        cases.case_for(session, by, int(place))
    elif not (drafts.draft_of(session, by, scope) if more else processes.start_form_of(session, place)):
        raise NotFound("draft")  # one with a number is begun by the act that turns a failed mediation into a request


def discard(session: Session, scope: str, *, by: User) -> None:
    """Throw a draft away."""
    session.connection().execute(_DISCARD, {"of": by.id, "place": scope})
