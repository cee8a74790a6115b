"""What was sent to hurry people in the cases somebody watches: reminders by the clock, and urges by a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, case, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload, lazyload

from app import clock
from app.domain.events import Urged
from app.models import Case, Event, MessageOutbox, User
from app.models.message import REMINDERS
from app.queries.supervision import watched

Row = TypeVar("Row", Event, MessageOutbox)

DAYS = 30
PAGE = 30


@dataclass(frozen=True, slots=True)
class Sent:
    """How many people were told in thirty days that a period would end, or had ended, and how often somebody urged."""

    warned: int
    missed: int
    urged: int


def sent(session: Session, user: User) -> Sent:
    """Return how many reminders and urges there were, by the indexes of the two."""
    warned, missed = (func.count(case((MessageOutbox.kind == kind, 1))) for kind in REMINDERS)
    reminders = select(warned, missed).join(Case, Case.id == MessageOutbox.case_id).where(_is_reminder(), watched(user))
    urges = select(func.count(Event.id)).join(Case, Case.id == Event.case_id).where(_is_urge(), watched(user))
    return Sent(*session.execute(reminders).one(), session.scalar(urges) or 0)


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """A page of what was sent, each with the number of its case, the newest first; ``next``: where the next begins."""

    items: Sequence[tuple[Row, str]]
    next: int | None


def urges(session: Session, user: User, before: int | None) -> Page[Event]:
    """Return who urged whom in these thirty days, with their words."""
    rows = (
        select(Event, Case.number)
        .join(Case, Case.id == Event.case_id)
        .where(_is_urge(), watched(user), *([Event.id < before] if before else []))
        .options(joinedload(Event.by).options(lazyload(User.memberships)))
    )
    found = [(event, number) for event, number in session.execute(rows.order_by(Event.id.desc()).limit(PAGE + 1))]
    return _page(found)


def reminders(session: Session, user: User, before: int | None) -> Page[MessageOutbox]:
    """Return who was reminded of which period in these thirty days."""
    rows = (
        select(MessageOutbox, Case.number)
        .join(Case, Case.id == MessageOutbox.case_id)
        .join(MessageOutbox.user)
        .where(_is_reminder(), watched(user), *([MessageOutbox.id < before] if before else []))
        .options(contains_eager(MessageOutbox.user).options(lazyload(User.memberships)))
    )
    newest = rows.order_by(MessageOutbox.id.desc()).limit(PAGE + 1)
    return _page([(message, number) for message, number in session.execute(newest)])


def _page(found: list[tuple[Row, str]]) -> Page[Row]:
    return Page(found[:PAGE], found[PAGE - 1][0].id if len(found) > PAGE else None)


def _since() -> datetime:
    return clock.now() - timedelta(days=DAYS)


def _literal(value: Any) -> BindParameter[Any]:
    """Return a value that stands in the statement as it is: only so does a database know what its index leaves out."""
    return bindparam(None, value, expanding=isinstance(value, tuple), literal_execute=True)


def _is_reminder() -> ColumnElement[bool]:
    """A message within the product stands for all channels: each person has exactly one."""
    kind = MessageOutbox.kind.in_(_literal(REMINDERS))
    return and_(kind, MessageOutbox.channel == _literal("in_app"), MessageOutbox.created_at >= _since())


def _is_urge() -> ColumnElement[bool]:
    return and_(Event.kind == _literal(Urged.kind), Event.at >= _since())
