"""Amounts of money as papers that are signed print them: in capital characters that nobody can alter, then in figures.

Payment and Settlement Measures (支付结算办法), annex 1: how amounts are written on instruments (bills law, art. 8).
"""

from __future__ import annotations

from decimal import Decimal

MOST = Decimal(10) ** 12
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("仟", "佰", "拾", "")
_GROUPS = ((10**8, "亿"), (10**4, "万"))


def in_capitals(amount: Decimal) -> str:
    """Return an amount in yuan, from nothing to 10^12, in capital characters: 捌万元整, 壹仟肆佰零玖元伍角.

    Raises ``ValueError`` for what cannot be paid: less than nothing, parts of a fen, or more than that.
    """
    if not amount.is_finite() or not 0 <= amount <= MOST or amount != round(amount, 2):
        raise ValueError(f"no amount to be written out: {amount}")
    yuan, cents = divmod(int(amount * 100), 100)
    jiao, fen = divmod(cents, 10)
    parts = []
    if yuan or not cents:
        parts.append(f"{_whole(yuan) or _DIGITS[0]}元")
    if yuan and cents and (yuan % 10 == 0 or not jiao):  # a nought at the yuan or the jiao is written once
        parts.append(_DIGITS[0])
    if jiao:
        parts.append(f"{_DIGITS[jiao]}角")
    if fen:
        parts.append(f"{_DIGITS[fen]}分")
    return "".join(parts) if cents else f"{parts[0]}整"  # after jiao the word may be left out, after fen it must be


def on_paper(amount: Decimal) -> str:
    """Return an amount as a paper prints it: 人民币捌万元整（¥80,000.00）."""
    return f"人民币{in_capitals(amount)}（¥{amount:,.2f}）"


def _whole(n: int) -> str:
    """Return a whole number in capitals, and nothing for none; noughts in a row are written as one."""
    for value, name in _GROUPS:
        if n >= value:
            above, below = divmod(n, value)
            return f"{_whole(above)}{name}{_DIGITS[0] if 0 < below < value // 10 else ''}{_whole(below)}"
    written, nought = "", False
    for digit, place in zip(f"{n:04}", _PLACES, strict=True):
        if digit == "0":
            nought = bool(written)
            continue
        written += f"{_DIGITS[0] if nought else ''}{_DIGITS[int(digit)]}{place}"
        nought = False
    return written
