"""Cursors: where the next page of a list begins, as a text for an address; it comes back from anywhere."""

from __future__ import annotations

import base64
import json
from datetime import UTC, date, datetime
from typing import Any

from app.domain.errors import RuleBroken
from app.queries.cases import LARGEST_ID


def write(value: date | str, last_id: int) -> str:
    """Return the cursor after the row with this value in the column of the order, and this id."""
    text = json.dumps([value if isinstance(value, str) else value.isoformat(), last_id])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read(cursor: str, kind: type) -> tuple[date | str, int]:
    """Return value and id again, the value as a ``kind``. Raises ``RuleBroken`` for what no list has given out."""
    try:
        value, last_id = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if type(last_id) is not int or abs(last_id) > LARGEST_ID or not isinstance(value, str):
            raise ValueError
        return _typed(value, kind), last_id
    except (ValueError, TypeError, OverflowError):
        raise RuleBroken("翻页位置无效，请从第一页重新查看", field="cursor") from None


def _typed(value: str, kind: Any) -> date | str:
    if kind is date:
        return date.fromisoformat(value)
    if kind is not datetime:
        return "".join(c for c in value if c.isprintable())
    moment = datetime.fromisoformat(value)
    if moment.utcoffset() is None:
        raise ValueError
    return moment.astimezone(UTC)  # at the ends of the calendar there is no such instant
