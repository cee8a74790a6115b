"""Amounts and days as somebody answered them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any


def money(value: Any) -> Decimal | None:
    """Return an amount in yuan from its text, or ``None`` where nothing was given."""
    return Decimal(value) if value not in (None, "") else None


def day(value: Any) -> date | None:
    """Return a day from its ISO text, or ``None`` where nothing was given."""
    return date.fromisoformat(value) if value else None
