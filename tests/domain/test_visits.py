"""The yearly visit: what is asked, how satisfaction is counted, and in which year it lies."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.domain.errors import RuleBroken
from app.domain.roster import visits

ASKED = visits.CURRENT
POINTS = {one.key: n for n, one in enumerate(ASKED.scored, 1)}


def test_the_four_systems_and_the_policies_are_asked_about() -> None:
    assert [one.key for one in ASKED.scored] == ["liaison", "projects", "training", "visits", "policies"]
    assert [one.key for one in ASKED.worded] == ["opinions", "difficulties"]


@pytest.mark.parametrize("version", visits.QUESTIONNAIRES)
def test_a_version_asks_nothing_twice_and_in_both_languages(version: int) -> None:
    asked = visits.QUESTIONNAIRES[version]
    questions = (*asked.scored, *asked.worded)
    assert asked.version == version
    assert len({one.key for one in questions}) == len(questions)
    assert all(one.name.zh and one.name.en and asked.question(one.key) is one for one in questions)
    assert asked.question("weather") is None


def test_answers_are_kept_without_empty_words_and_with_their_mean() -> None:
    given = visits.read(ASKED.version, POINTS, {"opinions": " 很好 ", "difficulties": "  ", "weather": "晴"})
    assert given.points == POINTS
    assert given.words == {"opinions": "很好"}
    assert given.mean == Decimal("3.00")


@pytest.mark.parametrize("points", [{}, {**POINTS, "visits": 0}, {**POINTS, "visits": 6}])
def test_every_score_is_there_and_from_one_to_five(points: dict[str, int]) -> None:
    with pytest.raises(RuleBroken, match="1 至 5 分"):
        visits.read(ASKED.version, points, {})


def test_a_mean_is_rounded_half_up_and_there_is_none_of_nothing() -> None:
    assert visits.mean([1, 1, 2]) == Decimal("1.33")
    assert visits.mean_of(21, 8) == Decimal("2.63")
    assert visits.mean([]) is None


def test_a_visit_lies_in_its_year_and_not_before_today() -> None:
    today = date(2026, 3, 2)
    visits.refuse_bad_day(date(2026, 3, 2), 2026, today)
    visits.refuse_bad_day(date(2027, 1, 1), 2027, today)
    with pytest.raises(RuleBroken, match="2026 年之内"):
        visits.refuse_bad_day(date(2027, 1, 1), 2026, today)
    with pytest.raises(RuleBroken, match="早于今天"):
        visits.refuse_bad_day(date(2026, 3, 1), 2026, today)
