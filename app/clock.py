"""The only place that asks the time. Asia/Shanghai; a demonstration or a test may shift it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")

_shift = timedelta(0)


def _instant() -> datetime:
    return datetime.now(ZONE)


def now() -> datetime:
    """Return this instant, aware, in Asia/Shanghai."""
    return _instant() + _shift


def today() -> date:
    """Return the date it is in Asia/Shanghai."""
    return now().date()


def shift() -> timedelta:
    """Return by how much the clock is shifted."""
    return _shift


def wall() -> int:
    """Return the second on the wall (since 1970), which no shift moves: phones and browsers know no other."""
    return int(_instant().timestamp())


def set_shift(by: timedelta) -> None:
    """Let the clock run ahead (or behind) of the wall by ``by``. Used by the demonstration and by tests only."""
    global _shift
    _shift = by
