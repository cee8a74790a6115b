"""Messages: written in the act's transaction, delivered afterwards by a job."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.task import Task
from app.models.types import EncryptedJson, JsonText, UtcDateTime
from app.models.user import User

# What the clock tells people of a period: that it is about to end, that it has ended and nothing was done.
REMINDERS = ("deadline_warning", "deadline_overdue")
_REMINDER = text("kind IN ('deadline_warning','deadline_overdue') AND channel = 'in_app'")


class MessageOutbox(Base):
    """One message to one person over one channel: to a user, or by e-mail to somebody without an account.

    An in-app message is delivered by being there; e-mail and SMS wait for the job. ``facts`` are what the templates
    of message ``kind`` print. A message with a ``task_id`` says that the task waits in a queue; it is hidden once the task is taken.
    ``stranger`` is name, e-mail address and language of who has no account.
    """

    __tablename__ = "message_outbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(48))
    channel: Mapped[str] = mapped_column(String(8))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    stranger: Mapped[dict[str, str] | None] = mapped_column(EncryptedJson)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"))
    link: Mapped[str] = mapped_column(String(200), default="")
    facts: Mapped[dict[str, Any]] = mapped_column(JsonText)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    tries: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str] = mapped_column(Text, default="")

    user: Mapped[User | None] = relationship()
    task: Mapped[Task | None] = relationship()

    @property
    def reader(self) -> dict[str, str]:
        """Who reads it: name, e-mail address and language."""
        if self.user is None:
            return self.stranger or {}
        return {"name": self.user.name, "email": self.user.email, "language": self.user.language}

    __table_args__ = (
        CheckConstraint("channel IN ('in_app','email','sms')", name="channel_known"),
        CheckConstraint("(user_id IS NULL) = (stranger IS NOT NULL)", name="user_or_stranger"),
        CheckConstraint("stranger IS NULL OR channel = 'email'", name="stranger_by_email"),
        CheckConstraint("state IN ('waiting','delivered','failed')", name="state_known"),
        Index("ix_outbox_next", "next_try_at"),
        Index("ix_outbox_person", "user_id", "channel", "read_at", "id"),
        Index("ix_outbox_reminders", "created_at", postgresql_where=_REMINDER, sqlite_where=_REMINDER),
    )
