"""Invitations: how a party that was named by the other side comes into its case."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.case import Agent, Party
from app.models.types import UtcDateTime


class Invitation(Base):
    """A code by which somebody may act for a party: used once, kept as a digest, good for some days.

    With ``agent`` it makes that person this agent of the party, otherwise somebody of the party's organisation.
    """

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"), index=True)
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("agent.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    party: Mapped[Party] = relationship()
    agent: Mapped[Agent | None] = relationship()

    __table_args__ = (CheckConstraint("(used_at IS NULL) = (used_by_id IS NULL)", name="used_by_somebody"),)
