"""Tasks of the districts and supports: days, scores, and what a year comes to."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.domain import district_tasks, supports
from app.domain.calendar import Calendar
from app.domain.district_tasks import Outcome, TaskState, Year
from app.domain.errors import RuleBroken

CALENDAR = Calendar()
TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("due", "remind"),
    [
        (date(2026, 3, 31), date(2026, 3, 24)),
        (date(2026, 3, 29), date(2026, 3, 20)),  # a Sunday
        (date(2026, 5, 6), date(2026, 4, 24)),  # after the days of May
    ],
)
def test_a_district_is_reminded_five_working_days_before(due: date, remind: date) -> None:
    assert district_tasks.reminded_on(due, CALENDAR) == remind
    assert CALENDAR.working_days(remind, due) == 5


def test_the_end_of_a_task_lies_ahead_and_in_its_year() -> None:
    district_tasks.check_due(date(2027, 1, 31), 2026, TODAY)
    with pytest.raises(RuleBroken, match="不能早于今天"):
        district_tasks.check_due(date(2026, 3, 1), 2026, TODAY)
    with pytest.raises(RuleBroken, match="任务年度"):
        district_tasks.check_due(date(2028, 1, 1), 2026, TODAY)


@pytest.mark.parametrize(
    ("outcome", "score", "why"),
    [
        (Outcome.PASSED, 101, "0 至 100"),
        (Outcome.PASSED, -1, "0 至 100"),
        (Outcome.PASSED, 59, "不能是“通过”"),
        (Outcome.FAILED, 60, "不能是“未通过”"),
    ],
)
def test_a_score_that_contradicts_its_words_is_refused(outcome: Outcome, score: int, why: str) -> None:
    with pytest.raises(RuleBroken, match=why):
        district_tasks.check_assessment(outcome, score)


def test_words_alone_are_an_assessment() -> None:
    for outcome in Outcome:
        district_tasks.check_assessment(outcome, None)
    district_tasks.check_assessment(Outcome.PARTLY, 0)


def test_a_year_counts_what_was_reported_late_and_how_it_was_assessed() -> None:
    year = Year()
    due = date(2026, 2, 10)
    year.count(TaskState.ASSESSED, due=due, reported_on=due, today=TODAY, outcome=Outcome.PASSED, score=90)
    year.count(TaskState.ASSESSED, due=due, reported_on=TODAY, today=TODAY, outcome=Outcome.PARTLY, score=65)
    year.count(TaskState.SET, due=due, reported_on=None, today=TODAY, outcome=None, score=None)
    year.count(TaskState.REPORTED, due=due, reported_on=due, today=TODAY, outcome=None, score=None)
    assert (year.tasks, year.reported, year.late, year.assessed) == (4, 3, 2, 2)
    assert year.average == Decimal("77.5")
    both = district_tasks.total([year, Year()])
    assert (both.tasks, both.outcomes[Outcome.PARTLY], both.average) == (4, 1, Decimal("77.5"))
    assert Year().average is None


def test_every_support_has_its_section() -> None:
    assert set(supports.SECTIONS) == set(supports.Support)
    assert [one.value for one in supports.Support] == [f"NQ{n:02}" for n in range(1, 9)]


def test_a_support_was_given_since_there_is_a_programme() -> None:
    supports.check_day(date(2020, 1, 1), 2020, TODAY)
    with pytest.raises(RuleBroken, match="不能晚于今天"):
        supports.check_day(date(2026, 3, 3), 2020, TODAY)
    with pytest.raises(RuleBroken, match="早于方案"):
        supports.check_day(date(2019, 12, 31), 2020, TODAY)


@pytest.mark.parametrize("amount", ["0", "-1", "1000000000.01"])
def test_an_amount_that_cannot_be_is_not_noted(amount: str) -> None:
    with pytest.raises(RuleBroken, match="大于 0"):
        supports.check_amount(Decimal(amount))
    supports.check_amount(None)
    supports.check_amount(Decimal("0.01"))
