"""What is taken back of an application, and who may not apply."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.awards.batches import GrantState
from app.domain.awards.recovery import RecoveryState
from app.models import ApplicantBar, AwardGrant, AwardRecovery, Case

OPEN = (RecoveryState.PROPOSED.value, RecoveryState.ORDERED.value)


def open_recovery(session: Session, case: Case) -> AwardRecovery | None:
    """Return the recovery that is proposed or ordered; at most one at a time."""
    rows = select(AwardRecovery).where(AwardRecovery.case_id == case.id, AwardRecovery.state.in_(OPEN))
    return session.scalar(rows)


def recoveries(session: Session, case: Case) -> list[AwardRecovery]:
    """Return every recovery of an application, in order."""
    rows = select(AwardRecovery).where(AwardRecovery.case_id == case.id).order_by(AwardRecovery.id)
    return list(session.scalars(rows))


def paid_grant(session: Session, case: Case) -> AwardGrant | None:
    """Return the line under which an application was paid."""
    rows = select(AwardGrant).where(AwardGrant.case_id == case.id, AwardGrant.state == GrantState.PAID.value)
    return session.scalar(rows)


def bar_on(session: Session, organization_id: int, day: date) -> ApplicantBar | None:
    """Return the bar that keeps an organisation from applying on ``day``, the one that lasts longest."""
    rows = select(ApplicantBar).where(
        ApplicantBar.organization_id == organization_id, ApplicantBar.first <= day, ApplicantBar.last >= day
    )
    return session.scalars(rows.order_by(ApplicantBar.last.desc())).first()
