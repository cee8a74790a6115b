"""What a person does with the messages they got."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import clock
from app.domain.errors import NotFound
from app.models import MessageOutbox, User


def mark_read(session: Session, message_id: int, *, by: User) -> str:
    """Mark a message of one's own (0: all of them) as read; return where it leads, or an empty text."""
    own = (MessageOutbox.user_id == by.id) & (MessageOutbox.channel == "in_app")
    if message_id == 0:
        session.execute(update(MessageOutbox).where(own, MessageOutbox.read_at.is_(None)).values(read_at=clock.now()))
        return ""
    row = session.scalar(select(MessageOutbox).where(own, MessageOutbox.id == message_id))
    if row is None:
        raise NotFound("message")
    row.read_at = row.read_at or clock.now()
    return row.link
