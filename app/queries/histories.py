"""What the history of a case tells of earlier states."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.events import CaseSuspended, state_after
from app.domain.states import State
from app.models import Case, Event


def stood_at(session: Session, case: Case, state: str) -> str:
    """Return where a case stands in its course: one that is suspended, where it stood before."""
    return state_before(session, case, CaseSuspended.kind) if state == State.SUSPENDED else state


def state_before(session: Session, case: Case, kind: str) -> str:
    """Return where the case stood just before the last event of that kind."""
    session.flush()  # what this act has recorded is part of the history
    last = select(func.max(Event.seq)).where(Event.case_id == case.id, Event.kind == kind).scalar_subquery()
    rows = select(Event.kind, Event.data).where(Event.case_id == case.id, Event.seq < last).order_by(Event.seq)
    return state_after((row.kind, row.data) for row in session.execute(rows)) or case.state
