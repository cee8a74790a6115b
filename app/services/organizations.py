"""Organisations are entered once: whoever names a code or number at the same moment gets the same row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app import clock
from app.models import Organization
from app.models.types import blind_index
from app.queries.organizations import known_by_number
from app.services.writing import insert


def known_or_entered(session: Session, numbers: Mapping[str, Any], **facts: Any) -> tuple[Organization, bool]:
    """Return the organisation with this code or number, and whether it is new and has these ``facts``.

    ``numbers``: ``uscc``, ``resident_id``, or ``country`` and ``foreign_number``.

    Of two who enter it at the same moment the second waits for the first and finds its row.
    """
    known = known_by_number(session, numbers)
    if known is not None:
        return known, False
    uscc, resident_id = numbers.get("uscc"), numbers.get("resident_id")
    row = insert(session, Organization).values(
        uscc=uscc or None,
        resident_id=resident_id or None,
        country=numbers.get("country") or "",
        foreign_number=numbers.get("foreign_number") or None,
        resident_index=blind_index(resident_id) if resident_id else None,
        region=uscc[2:8] if uscc else (resident_id or "")[:6],
        created_at=clock.now(),
        **facts,
    )
    new = session.scalar(row.on_conflict_do_nothing().returning(Organization))
    if new is not None:
        return new, True
    known = known_by_number(session, numbers)
    assert known is not None  # it was in the way, and rows are only removed under the lock of their case
    return known, False
