"""Small numbers in characters, as papers write them."""

from __future__ import annotations

import pytest

from app.domain import numerals, remedies
from app.domain.periods import Length, Unit


@pytest.mark.parametrize(
    ("n", "spelt"),
    [
        (1, "一"),
        (2, "二"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (60, "六十"),
        (99, "九十九"),
        (100, "100"),
        (0, "0"),
    ],
)
def test_numbers_are_spelt(n: int, spelt: str) -> None:
    assert numerals.spelt(n) == spelt


def test_two_of_a_thing_are_counted_by_another_word() -> None:
    assert (numerals.counted(2), numerals.counted(3), numerals.counted(12)) == ("两", "三", "十二")


@pytest.mark.parametrize(
    ("length", "words"),
    [(Length(15, Unit.DAYS), "十五日"), (Length(2, Unit.DAYS), "二日"), (Length(2, Unit.MONTHS), "两个月")],
)
def test_lengths_of_time_are_spelt(length: Length, words: str) -> None:
    assert numerals.period(length) == words


def test_of_two_terms_for_a_suit_the_stricter_one_comes_first() -> None:
    assert dict(remedies.SUITS) == {"十五日": None, "六个月": "suit"}
    assert remedies.STRICTER == "十五日"
