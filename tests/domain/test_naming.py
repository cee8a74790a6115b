"""What somebody types into a search box, and the form in which numbers are kept."""

from __future__ import annotations

import pytest

from app.domain.naming import sought


@pytest.mark.parametrize(
    "typed",
    [
        "ZL 2023 3 0418812.8",
        "ZL202330418812.8",
        "202330418812.8",
        "2023304188128",
        "zl2023 30418812．8",
        "ＺＬ２０２３３０４１８８１２．８",
    ],
)
def test_a_patent_number_is_sought_as_it_is_kept(typed: str) -> None:
    assert sought(typed) == ["202330418812.8"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ZL 2023 3 0418812", ["202330418812"]),
        ("ZL 98 1 06572.X", ["98106572.x"]),
        ("13927310001", ["13927310001"]),
        ("FS2603020000018", ["fs2603020000018"]),
    ],
)
def test_part_of_a_number_or_another_number_stays_what_it_is(typed: str, kept: list[str]) -> None:
    assert sought(typed) == kept


@pytest.mark.parametrize(
    "typed", ["粤佛知快调〔2026〕1号", "粤佛知快调(2026)1号", "粤佛知快调[2026] 1 号", "粤佛知快调【２０２６】第001号"]
)
def test_a_case_number_is_sought_with_its_own_brackets(typed: str) -> None:
    assert sought(typed) == ["粤佛知快调〔2026〕1号"]


def test_spaces_part_words_and_a_number_may_end_early() -> None:
    assert sought("形式审查 佛知快调 (2026) 1") == ["形式审查", "佛知快调", "〔2026〕1"]
