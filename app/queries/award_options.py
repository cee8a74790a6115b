"""How the office has settled what the programme leaves open about awards."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.awards.grants import Rounding
from app.domain.awards.options import OPTIONS
from app.models import Setting


def chosen(session: Session, *keys: str) -> dict[str, Any]:
    """Return what holds for these questions (all of them where none is named), by key, in one statement."""
    wanted = keys or tuple(OPTIONS)
    own = {row.key: row.value for row in session.scalars(select(Setting).where(Setting.key.in_(wanted)))}
    return {key: own.get(key, OPTIONS[key].default) for key in wanted}


def rounding(session: Session) -> Rounding:
    """Return to what the office rounds amounts down."""
    return Rounding(chosen(session, "award.rounding")["award.rounding"])


def days(session: Session, key: str) -> int:
    """Return how many working days the office has chosen for ``key`` (``award.notice_days`` …)."""
    return int(chosen(session, key)[key])
