"""Words in both languages of the house."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import NamedTuple

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Text(NamedTuple):
    """The same words in Chinese and in English."""

    zh: str
    en: str

    def within(self, lang: str) -> str:
        """Return the words in the language of ``lang`` (``en``, ``zh-CN`` …)."""
        return self.en if lang.startswith("en") else self.zh


def day_within(day: date, lang: str) -> str:
    """Return 2026年12月6日, or 6 Dec 2026: a day in a sentence, which may be read in another year."""
    if lang.startswith("en"):
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def moment_within(at: datetime, lang: str) -> str:
    """Return 2026年12月6日 10:00, or 6 Dec 2026, 10:00, by the clock that ``at`` was read from."""
    between = ", " if lang.startswith("en") else " "
    return f"{day_within(at, lang)}{between}{at:%H:%M}"


_NUMBERED = re.compile(
    r"(?:[（(](?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[)）]|[0-9]{1,2}(?:[、．)）]|[.](?![0-9]))|[①-⑳]"
    r"|[一二三四五六七八九十]{1,3}[、．.](?![一二三四五六七八九十]))\s*"
)


def unnumbered(line: str) -> str:
    """Return a line of a list without the number that somebody typed before it: the list has numbers of its own."""
    written = _NUMBERED.match(line)
    return line[written.end() :] if written else line
