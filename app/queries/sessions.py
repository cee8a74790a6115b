"""Sessions that lie ahead: when and where somebody is expected."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock, policy
from app.domain.mediation import SessionResult
from app.models import Case, MediationSession, User
from app.queries.sight import takes_part


def coming(session: Session, user: User, case_ids: Iterable[int]) -> dict[int, MediationSession]:
    """Return for each of the cases in which this person still takes part the session that is fixed and not yet held."""
    ids = list(case_ids)
    if not ids:
        return {}
    rows = select(MediationSession).where(MediationSession.case_id.in_(ids), MediationSession.result.is_(None))
    rows = rows.where(takes_part(user, MediationSession.case_id))
    return {one.case_id: one for one in session.scalars(rows.order_by(MediationSession.place))}


def is_expected(user: User, case: Case, at: MediationSession | None) -> bool:
    """Say whether this person speaks for a party that is to come to the session, today or later."""
    if at is None or not case.is_open or _day(at) < clock.today():
        return False
    return any(p.takes_part for p in policy.parties_of(user, case))


def has_begun(at: MediationSession) -> bool:
    """Say whether the session's time has come, so that its result is waited for."""
    return at.result is None and at.at <= clock.now()


def is_under_way(at: MediationSession) -> bool:
    """Say whether the session's time has come today; how long it lasts nobody knows before its result is entered."""
    return has_begun(at) and _day(at) == clock.today()


def _day(at: MediationSession) -> date:
    return at.at.astimezone(clock.ZONE).date()


def days_met(session: Session, case: Case) -> list[date]:
    """Return the days on which the parties met in a session, each once."""
    held = select(MediationSession).where(MediationSession.case_id == case.id, MediationSession.result.is_not(None))
    rows = session.scalars(held.order_by(MediationSession.place))
    met = (row.at.astimezone(clock.ZONE).date() for row in rows if row.result != SessionResult.CANCELLED)
    return list(dict.fromkeys(met))
