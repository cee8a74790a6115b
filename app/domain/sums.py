"""Sums of money as sentences name them: 八万元, 80000元, 8万5千元, 人民币捌万元整, ¥80,000.00."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_DIGITS = {sign: n for signs in ("零一二三四五六七八九", "〇壹贰叁肆伍陆柒捌玖") for n, sign in enumerate(signs)} | {
    "两": 2
}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_GREAT = {"万": 10**4, "亿": 10**8}

_FIGURE = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
_SIGNS = "".join(_DIGITS)
_UNITS = "".join((*_SMALL, *_GREAT))
_NUMBER = rf"(?:{_FIGURE}|[{_SIGNS}十拾])(?:{_FIGURE}|[{_SIGNS}{_UNITS}])*"
# 几十万元 names no sum, and in 三元锂电池 or 两元件 nobody pays
_NAMED = re.compile(
    rf"¥({_NUMBER})|(?<![几数0-9.,])({_NUMBER})[元圆](?!件|素|锂|乙丙|催化|正极|前驱)"
    rf"(?:([{_SIGNS}1-9])角)?(?:零?([{_SIGNS}1-9])分)?"
)


def sums_in(text: str) -> list[Decimal]:
    """Return the sums in yuan that a text names, in order."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    return [
        _value(signed or whole) + _value(jiao) / 10 + _value(fen) / 100
        for signed, whole, jiao, fen in (found.groups("") for found in _NAMED.finditer(plain))
    ]


def differ(amount: Decimal | None, named: list[Decimal]) -> bool:
    """Say whether sums are named, and ``amount`` is neither one of them nor what they come to (paid in parts)."""
    return bool(named) and amount not in named and amount != sum(named)


def _value(number: str) -> Decimal:
    """Return the number that figures, characters or both stand for; nothing is nought."""
    total = section = Decimal(0)  # what stands before the last 万 or 亿, and after it
    last: Decimal | None = None  # the digits that no unit has followed yet
    for sign in re.findall(rf"{_FIGURE}|.", number):
        if sign in _SMALL:
            section, last = section + (last or 1) * _SMALL[sign], None
        elif sign == "亿":
            total, section, last = (total + section + (last or 0)) * _GREAT[sign], Decimal(0), None
        elif sign in _GREAT:
            total, section, last = total + (section + (last or 0)) * _GREAT[sign], Decimal(0), None
        elif sign in _DIGITS:
            last = (last or 0) * Decimal(10) + _DIGITS[sign]
        else:
            last = Decimal(sign.replace(",", ""))
    return total + section + (last or 0)
