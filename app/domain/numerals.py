"""Small numbers in Chinese characters, as sentences of papers write them: 十五日, 六个月, 一式两份."""

from __future__ import annotations

from app.domain.periods import Length

_DIGITS = "〇一二三四五六七八九"
MOST = 99


def spelt(n: int) -> str:
    """Return a number from 1 to 99 in characters; a greater one in figures, which are then easier to read."""
    if not 1 <= n <= MOST:
        return str(n)
    tens, ones = divmod(n, 10)
    return f"{'' if tens == 1 else _DIGITS[tens]}十{_DIGITS[ones] if ones else ''}" if tens else _DIGITS[ones]


def counted(n: int) -> str:
    """Return the number before a measure word: two of a thing are 两, not 二."""
    return "两" if n == 2 else spelt(n)


def period(length: Length) -> str:
    """Return a length of time as a paper writes it out (十五日, 两个月)."""
    unit = length.words.zh.partition(" ")[2]
    return f"{counted(length.n) if unit.startswith('个') else spelt(length.n)}{unit}"
