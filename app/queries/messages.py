"""A person's messages within the product."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from app.models import MessageOutbox, Task, User
from app.queries.conflicts import open_to
from app.queries.viewers import viewer

PAGE = 20


@dataclass(frozen=True, slots=True)
class MessagePage:
    """A page of messages and the id before which the next one begins (``None`` at the end)."""

    items: list[MessageOutbox]
    next: int | None


def page(session: Session, user: User, before: str | None) -> MessagePage:
    """Return one page of this person's messages, the newest first."""
    rows = select(MessageOutbox).where(*_theirs(user))
    if before and before.isdecimal() and before.isascii() and len(before) < 10:
        rows = rows.where(MessageOutbox.id < int(before))
    found = list(session.scalars(rows.order_by(MessageOutbox.id.desc()).limit(PAGE + 1)))
    return MessagePage(found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None)


def unread(session: Session, user: User) -> int:
    """Return how many messages this person has not read."""
    return (
        session.scalar(
            select(func.count()).select_from(MessageOutbox).where(*_theirs(user), MessageOutbox.read_at.is_(None))
        )
        or 0
    )


def still_concerns(session: Session, row: MessageOutbox) -> bool:
    """Say whether a message that waits to be sent may still go to its person: the same as what they see of theirs.

    Somebody without an account sees nothing here; what they were to be told they are told.
    """
    if row.user is None:
        return True
    return session.scalar(select(MessageOutbox.id).where(MessageOutbox.id == row.id, *_holds_for(row.user))) is not None


def _theirs(user: User) -> tuple[ColumnElement[bool], ...]:
    """What was told to this person and still holds."""
    return (MessageOutbox.user_id == user.id, MessageOutbox.channel == "in_app", *_holds_for(user))


def _holds_for(user: User) -> list[ColumnElement[bool]]:
    """What still holds: no task that somebody has taken, and for an official no case that a conflict bars them from."""
    waits = exists().where(Task.id == MessageOutbox.task_id, Task.state == "open", Task.assignee_id.is_(None))
    conditions = [or_(MessageOutbox.task_id.is_(None), waits)]
    if user.is_official:
        conditions.append(or_(MessageOutbox.case_id.is_(None), open_to(viewer(user), MessageOutbox.case_id)))
    return conditions
