"""What happened in a case, in order, chained so that a change of the past can be found."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.types import JsonText, UtcDateTime
from app.models.user import User


class Event(Base):
    """A row of a case's history. Never changed, never removed; ``hash`` covers the row and the hash before it."""

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    seq: Mapped[int]
    kind: Mapped[str] = mapped_column(String(48))
    data: Mapped[dict[str, Any]] = mapped_column(JsonText)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    acting_for_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    by: Mapped[User | None] = relationship(foreign_keys=by_id, viewonly=True)
    acting_for: Mapped[User | None] = relationship(foreign_keys=acting_for_id, viewonly=True)

    __table_args__ = (
        UniqueConstraint("case_id", "seq", name="uq_event_seq"),
        Index("ix_event_urged", "at", postgresql_where=text("kind = 'urged'"), sqlite_where=text("kind = 'urged'")),
    )
