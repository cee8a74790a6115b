"""Amounts in capital characters: the examples of the payment rules, and every amount read back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import amounts

DIGITS = "零壹贰叁肆伍陆柒捌玖"
SMALL = {"拾": 10, "佰": 100, "仟": 1000}


def read(text: str) -> Decimal:
    """Return the amount that capitals stand for, character by character."""
    total = section = digit = 0  # in yuan, below the last 亿; below the last 万; the figure before a unit
    fens = 0
    for sign in text:
        if sign in DIGITS:
            digit = DIGITS.index(sign)
        elif sign in SMALL:
            section, digit = section + digit * SMALL[sign], 0
        elif sign == "万":
            total, section, digit = total + (section + digit) * 10**4, 0, 0
        elif sign == "亿":
            total, section, digit = (total + section + digit) * 10**8, 0, 0
        elif sign == "元":
            total, section, digit = total + section + digit, 0, 0
        elif sign in "角分":
            fens, digit = fens + digit * (10 if sign == "角" else 1), 0
        else:
            assert sign == "整", sign
    return total + Decimal(fens) / 100


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("80000", "捌万元整"),
        ("1409.50", "壹仟肆佰零玖元伍角"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元零叁角贰分"),
        ("107000.53", "壹拾万柒仟元零伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("185000.50", "壹拾捌万伍仟元零伍角"),
        ("10", "壹拾元整"),
        ("100010", "壹拾万零壹拾元整"),
        ("0", "零元整"),
        ("0.50", "伍角"),
        ("0.05", "伍分"),
        ("100000001", "壹亿零壹元整"),
        ("100050000", "壹亿零伍万元整"),
        ("1234500000000", None),
        ("999999999999.99", "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
        ("1000000000000", "壹万亿元整"),
        ("-1", None),
        ("0.001", None),
        ("NaN", None),
    ],
)
def test_amounts_are_written_as_the_payment_rules_want(amount: str, words: str | None) -> None:
    if words is not None:
        assert amounts.in_capitals(Decimal(amount)) == words
    else:
        with pytest.raises(ValueError, match="no amount"):
            amounts.in_capitals(Decimal(amount))


@given(st.integers(0, 10**14))
def test_every_amount_is_read_back_and_writes_no_nought_twice(fens: int) -> None:
    words = amounts.in_capitals(Decimal(fens) / 100)
    assert read(words) == Decimal(fens) / 100
    assert "零零" not in words
    assert words.endswith("整") == (fens % 100 == 0)


@given(st.lists(st.sampled_from("0000123456789"), min_size=1, max_size=14).map("".join))
def test_amounts_full_of_noughts_are_read_back_too(digits: str) -> None:
    assert read(amounts.in_capitals(Decimal(digits) / 100)) == Decimal(digits) / 100


def test_a_paper_gives_capitals_and_figures() -> None:
    assert amounts.on_paper(Decimal(80000)) == "人民币捌万元整（¥80,000.00）"
    assert amounts.on_paper(Decimal("1234567.5")) == "人民币壹佰贰拾叁万肆仟伍佰陆拾柒元伍角（¥1,234,567.50）"
