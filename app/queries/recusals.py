"""Requests that somebody step aside: those still to be decided, those to be followed up, and who helps in a case."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.domain.adjudication import Measure
from app.models import Case, EvidenceMeasure, Recusal, User


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


def to_follow_up(session: Session, case: Case) -> list[Recusal]:
    """Return what was upheld and not followed up yet: somebody else has to come."""
    rows = select(Recusal).where(Recusal.case_id == case.id, Recusal.decision == "upheld", Recusal.followed == "")
    return list(session.scalars(rows.options(joinedload(Recusal.user)).order_by(Recusal.id)))


def awaited_appraisals(session: Session, case: Case) -> list[EvidenceMeasure]:
    """Return the appraisals that were allowed and have no conclusion yet, in order."""
    rows = select(EvidenceMeasure).where(
        EvidenceMeasure.case_id == case.id,
        EvidenceMeasure.kind == Measure.APPRAISAL,
        EvidenceMeasure.granted.is_(True),
        EvidenceMeasure.ended_on.is_(None),
    )
    return list(session.scalars(rows.order_by(EvidenceMeasure.id)))


def helping(session: Session, case: Case) -> dict[str, tuple[User | None, EvidenceMeasure | None]]:
    """Return who helps the panel and may be asked to step aside: its recorder, and appraisers whose word is awaited."""
    found: dict[str, tuple[User | None, EvidenceMeasure | None]] = {}
    if case.adjudication is not None and case.adjudication.recorder is not None:
        found["recorder"] = (case.adjudication.recorder, None)
    for measure in awaited_appraisals(session, case):
        found[f"measure-{measure.id}"] = (None, measure)
    return found
