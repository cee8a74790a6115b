"""Invitations: how a party that was named by the other side comes into its case."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, String, exists, or_
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.case import Agent, Party
from app.models.organization import Organization
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

    party: Mapped[Party] = relationship(back_populates="invitations")
    agent: Mapped[Agent | None] = relationship()

    __table_args__ = (CheckConstraint("(used_at IS NULL) = (used_by_id IS NULL)", name="used_by_somebody"),)


def proven(user_id: InstrumentedAttribute[int] | int) -> ColumnElement[Any]:
    """Return the condition on ``Party`` under which somebody of its organisation is known to be its own.

    It filed the request itself, an official has verified it, or the person entered this case with a code.
    """
    return or_(
        Party.files_itself,
        exists().where(Organization.id == Party.organization_id, Organization.verified).correlate_except(Organization),
        exists()
        .where(Invitation.party_id == Party.id, Invitation.agent_id.is_(None), Invitation.used_by_id == user_id)
        .correlate_except(Invitation),  # the party is that of the statement, however deep in it this stands
    )
