"""Organisations are entered once: whoever names a code or number at the same moment gets the same row."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from app import clock
from app.models import Organization
from app.models.types import blind_index
from app.queries.organizations import known_by_number
from app.services.writing import insert


def known_or_entered(
    session: Session, uscc: str | None, resident_id: str | None, **facts: Any
) -> tuple[Organization, bool]:
    """Return the organisation with this code or resident number, and whether it is new and has these ``facts``.

    Of two who enter it at the same moment the second waits for the first and finds its row.
    """
    known = known_by_number(session, uscc, resident_id)
    if known is not None:
        return known, False
    row = insert(session, Organization).values(
        uscc=uscc or None,
        resident_id=resident_id or None,
        resident_index=blind_index(resident_id) if resident_id else None,
        region=uscc[2:8] if uscc else (resident_id or "")[:6],
        created_at=clock.now(),
        **facts,
    )
    new = session.scalar(row.on_conflict_do_nothing().returning(Organization))
    if new is not None:
        return new, True
    known = known_by_number(session, uscc, resident_id)
    assert known is not None  # it was in the way, and rows are only removed under the lock of their case
    return known, False
