"""A person's messages within the product."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import MessageOutbox, User

PAGE = 20


@dataclass(frozen=True, slots=True)
class MessagePage:
    """A page of messages and the id before which the next one begins (``None`` at the end)."""

    items: list[MessageOutbox]
    next: int | None


def page(session: Session, user: User, before: str | None) -> MessagePage:
    """Return one page of this person's messages, the newest first."""
    rows = select(MessageOutbox).where(MessageOutbox.user_id == user.id, MessageOutbox.channel == "in_app")
    if before and before.isdecimal() and before.isascii() and len(before) < 10:
        rows = rows.where(MessageOutbox.id < int(before))
    found = list(session.scalars(rows.order_by(MessageOutbox.id.desc()).limit(PAGE + 1)))
    return MessagePage(found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None)


def unread(session: Session, user: User) -> int:
    """Return how many messages this person has not read."""
    return (
        session.scalar(
            select(func.count()).where(
                MessageOutbox.user_id == user.id, MessageOutbox.channel == "in_app", MessageOutbox.read_at.is_(None)
            )
        )
        or 0
    )
