"""Periods whose next instant has come: the same service a person would call, one transaction each."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import NotFound, Refusal, Stale
from app.jobs import incidents
from app.models import Case, Deadline
from app.services import attempts, lapses
from app.services.looking import looking


def due(session: Session, limit: int) -> list[int]:
    """Return periods to look at now. One that broke waits for an administrator; it holds up no other."""
    with looking(session):
        return incidents.due(
            lambda without: lapses.due_now(session, without, limit), lambda: incidents.stuck(session, "lapse")
        )


def do(session: Session, deadline_id: int) -> bool:
    """Do what is due for one period; ``False`` where somebody is just acting in its case, or where it broke."""
    if not _is_free(session, deadline_id):
        session.rollback()
        return False
    try:
        attempts.carry_out(session, "lapse", deadline_id, by=None)
    except (attempts.Failed, Stale, NotFound):
        return False
    except Refusal as refusal:  # nobody is there to be told: the administrator is
        incidents.remember(session, "lapse", deadline_id, error=refusal)
        return False
    return True


def _is_free(session: Session, deadline_id: int) -> bool:
    """Take the lock of the case, unless somebody holds it; the lock lasts through the act that follows."""
    case = select(Case.id).join(Deadline, Deadline.case_id == Case.id).where(Deadline.id == deadline_id)
    return session.scalar(case.with_for_update(of=Case, skip_locked=True)) is not None
