"""The request that a mediator step aside which is still to be decided."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.models import Case, Recusal


def all_pending(session: Session, case: Case) -> list[Recusal]:
    """Return every request that nobody has decided yet, with who asks and whom each is about, in order."""
    rows = select(Recusal).where(Recusal.case_id == case.id, Recusal.decision.is_(None))
    return list(session.scalars(rows.options(joinedload(Recusal.user), joinedload(Recusal.party)).order_by(Recusal.id)))


def pending(session: Session, case: Case) -> Recusal | None:
    """Return the request that nobody has decided yet, with who asks and whom it is about; ``None`` where there is none."""
    rows = select(Recusal).where(Recusal.case_id == case.id, Recusal.decision.is_(None))
    return session.scalar(
        rows.options(joinedload(Recusal.user), joinedload(Recusal.party)).order_by(Recusal.id.desc()).limit(1)
    )
