"""Lists for the bank and what comes back: their columns, their checksum, and reading a result line by line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.domain.errors import RuleBroken

COLUMNS = ("序号", "受理号", "收款单位", "开户银行", "账号", "金额（元）", "用途")
RESULT_COLUMNS = ("序号", "受理号", "金额（元）", "结果", "日期", "退票原因")
PAID, RETURNED = "成功", "退票"
MOST_LINES = 2000


@dataclass(frozen=True, slots=True)
class Line:
    """One payment: its place in the list, the receipt number of the application, who gets how much, and what for."""

    place: int
    receipt: str
    name: str
    bank: str
    account: str
    amount: Decimal
    purpose: str


@dataclass(frozen=True, slots=True)
class Result:
    """What the bank says of one payment: paid on a day, or returned with the reason."""

    receipt: str
    amount: Decimal
    paid_on: date | None
    returned_because: str


def number(year: int, place: int) -> str:
    """Return what a list is called: ``BF20260003`` is the third of its year."""
    return f"BF{year}{place:04d}"


def checksum(number: str, lines: Iterable[Line]) -> str:
    """Return the SHA-256 of a list: its number and each line with its amount to the fen, in order."""
    told = [number, *(f"{x.place}|{x.receipt}|{x.name}|{x.account}|{x.amount:.2f}" for x in lines)]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class BadRow:
    """What is wrong with one row of a spreadsheet: its number as the reader sees it, and a plain sentence."""

    number: int
    refusal: RuleBroken


def read_results(
    rows: Iterable[tuple[int, Sequence[object]]], expected: dict[str, Decimal], today: date
) -> list[Result] | list[BadRow]:
    """Return what the bank says of every payment, or every row that is wrong: nothing is taken from a half-good file.

    ``rows`` are those below the headings with their numbers, ``expected`` the amounts of the list by receipt number.
    """
    good: list[Result] = []
    bad: list[BadRow] = []
    seen: set[str] = set()
    number = 1
    for number, cells in rows:
        try:
            one = _result(cells, expected, today)
            if one.receipt in seen:
                raise RuleBroken("受理号 %(receipt)s 出现了两次", receipt=one.receipt)
            seen.add(one.receipt)
            good.append(one)
        except RuleBroken as refusal:
            bad.append(BadRow(number, refusal))
    missing = [receipt for receipt in expected if receipt not in seen]
    if missing and not bad:
        bad.append(BadRow(number + 1, RuleBroken("缺少 %(receipts)s 的结果", receipts="、".join(missing[:5]))))
    return bad or good


def _result(cells: Sequence[object], expected: dict[str, Decimal], today: date) -> Result:
    _place, receipt, amount, result, on, why = (*cells, *[None] * len(RESULT_COLUMNS))[: len(RESULT_COLUMNS)]
    number = str(receipt or "").strip()
    if number not in expected:
        raise RuleBroken("受理号 %(receipt)s 不在这份清单中", receipt=number or "（空）")
    if not isinstance(amount, int | float | Decimal) or isinstance(amount, bool):
        raise RuleBroken("金额不是数字")
    if Decimal(str(amount)) != expected[number]:
        raise RuleBroken("金额应为 %(amount)s 元", amount=f"{expected[number]:,.2f}")
    match str(result or "").strip():
        case "成功":
            day = on.date() if hasattr(on, "date") else on
            if not isinstance(day, date):
                raise RuleBroken("成功的应当填写日期")
            if day > today:
                raise RuleBroken("日期不能晚于今天")
            return Result(number, expected[number], day, "")
        case "退票":
            if not str(why or "").strip():
                raise RuleBroken("退票的应当填写原因")
            return Result(number, expected[number], None, str(why).strip()[:200])
        case _:
            raise RuleBroken("结果应为“成功”或者“退票”")
