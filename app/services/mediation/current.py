"""What stands now in the mediation that is acted in: its own row, the last draft of the agreement, the last session."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from app.domain.errors import NotFound
from app.models import Mediation, MediationSession
from app.services import agreements
from app.services.acting import Acting


def mediation(acting: Acting) -> Mediation:
    """Return the row of the mediation beside its case."""
    row = acting.session.get(Mediation, acting.case.id)
    if row is None:
        raise NotFound("mediation")
    return row


def last_day_to_perform(acting: Acting) -> date | None:
    """Return the last day on which the agreement is performed in time; ``None`` where the parties named none.

    Where the day they named is a day off, the next working day is the last (Civil Code, art. 203).
    """
    named = agreements.last_draft(acting)
    if named.perform_by is None:
        return None
    return acting.calendar.on_or_after(max(named.perform_by, named.effective_on or named.perform_by))


def session(acting: Acting) -> MediationSession:
    """Return the last session that was scheduled."""
    row = acting.session.scalar(
        select(MediationSession)
        .where(MediationSession.case_id == acting.case.id)
        .order_by(MediationSession.place.desc())
        .limit(1)
    )
    if row is None:
        raise NotFound("session")
    return row
