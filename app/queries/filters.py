"""What the parameters of an address say: numbers, days, one of several words. ``RuleBroken`` names what cannot be read."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from typing import Any

from app.domain.errors import RuleBroken

MOST = 100


def number(text: Any, name: str) -> int | None:
    """Return the number in the parameter ``name``, ``None`` where it is empty."""
    if text in (None, ""):
        return None
    if not str(text).isdecimal() or not str(text).isascii() or len(str(text)) > 9:
        raise RuleBroken("请填写整数", field=name)
    return int(text)


def limit(text: Any, usual: int) -> int:
    """Return how many rows a page is to have."""
    wanted = number(text, "limit")
    if wanted is None:
        return usual
    if not 1 <= wanted <= MOST:
        raise RuleBroken("每页可以显示 1 到 %(n)s 条", field="limit", n=MOST)
    return wanted


def day(text: Any, name: str) -> date | None:
    """Return the day in the parameter ``name``, ``None`` where it is empty."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise RuleBroken("请填写日期，例如 2026-11-24", field=name) from None


def month(text: Any, name: str, usual: date) -> date:
    """Return the first day of the month in the parameter ``name``; of the month of ``usual`` where it is empty."""
    if not text:
        return usual.replace(day=1)
    if re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])", str(text)) is None:
        raise RuleBroken("请填写 2000 年到 2099 年之间的月份，例如 2026-11", field=name)
    return date.fromisoformat(f"{text}-01")


def one_of(text: Any, known: Collection[str], usual: str, name: str, refusal: str) -> str:
    """Return the word in the parameter ``name``; ``usual`` where it is empty."""
    word = text or usual
    if word and word not in known:
        raise RuleBroken(refusal, field=name)
    return str(word)
