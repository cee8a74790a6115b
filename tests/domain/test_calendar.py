"""Working days: the published calendar, make-up days, the office's own days, the years that are not published yet."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.calendar import Calendar

PLAIN = Calendar()


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 2, 14), True),  # a Saturday worked for the Spring Festival
        (date(2026, 2, 20), False),  # Spring Festival, a Friday
        (date(2026, 3, 3), True),
        (date(2026, 3, 7), False),
        (date(2020, 1, 31), False),  # the festival that was lengthened in 2020
        (date(2021, 9, 26), True),  # a Sunday worked for the National Day
    ],
)
def test_holidays_and_make_up_days_are_those_that_were_published(day: date, working: bool) -> None:
    assert PLAIN.is_working(day) is working
    assert PLAIN.known(day)


@settings(max_examples=100, deadline=None)
@given(st.dates(date(2004, 1, 1), date(2026, 12, 31)))
def test_every_published_day_agrees_with_the_published_calendar(day: date) -> None:
    assert PLAIN.is_working(day) == chinese_calendar.is_workday(day)


@settings(max_examples=50, deadline=None)
@given(st.dates(date(2027, 1, 1), date(2060, 1, 1)))
def test_in_a_year_not_published_yet_the_days_of_the_week_decide_and_it_is_a_guess(day: date) -> None:
    by_law = (day.month, day.day) in {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}
    assert PLAIN.is_working(day) == (day.weekday() < 5 and not by_law)
    assert not PLAIN.known(day)


def test_what_the_law_itself_makes_a_holiday_is_off_before_the_notice_of_the_year_comes() -> None:
    new_year, eve = date(2027, 1, 1), date(2027, 1, 2)
    assert PLAIN.label(new_year).zh == "元旦放假" and not PLAIN.is_plain(new_year)
    assert PLAIN.label(eve).zh == "星期六"
    assert Calendar(published=[2027]).label(new_year).zh == "元旦放假"
    assert Calendar({new_year: True}).is_working(new_year)


def test_the_office_may_decide_otherwise_and_then_the_day_is_known() -> None:
    flood, spring = date(2026, 6, 8), date(2027, 2, 8)
    calendar = Calendar({flood: False, spring: False, date(2026, 6, 13): True})
    assert not calendar.is_working(flood)
    assert calendar.is_working(date(2026, 6, 13))
    assert calendar.known(spring)
    assert not calendar.known(spring + timedelta(days=1))


def test_a_year_whose_notice_has_been_entered_is_no_guess() -> None:
    calendar = Calendar({date(2027, 2, 8): False}, published=[2027])
    assert calendar.known(date(2027, 2, 9))
    assert not calendar.known(date(2028, 2, 9))


@pytest.mark.parametrize(
    ("day", "zh", "en"),
    [
        (date(2026, 10, 1), "国庆节放假", "National Day holiday"),
        (date(2026, 2, 14), "调休上班（春节）", "make-up working day (Spring Festival)"),
        (date(2026, 3, 7), "星期六", "Saturday"),
        (date(2026, 3, 8), "星期日", "Sunday"),
        (date(2026, 3, 9), "工作日", "working day"),
        (date(2026, 6, 8), "本局日历定为休息日", "day off by the office's calendar"),
        (date(2026, 6, 13), "本局日历定为工作日", "working day by the office's calendar"),
    ],
)
def test_each_day_can_say_why(day: date, zh: str, en: str) -> None:
    calendar = Calendar({date(2026, 6, 8): False, date(2026, 6, 13): True})
    assert calendar.label(day) == (zh, en)


def test_every_published_holiday_has_a_name_in_both_languages() -> None:
    for day in chinese_calendar.constants.holidays:
        zh, en = PLAIN.label(day)
        assert zh.endswith("放假")
        assert en.endswith("holiday")


def test_equal_calendars_are_one_key() -> None:
    day = date(2026, 6, 8)
    assert {Calendar({day: False}): 1} == {Calendar({day: False}): 1}
    assert Calendar({day: False}) != Calendar({day: True})
    assert Calendar() != Calendar(published=[2027])
    assert PLAIN != "a calendar"


def test_working_days_between_two_days_leave_out_the_first_and_count_the_last() -> None:
    assert PLAIN.working_days(date(2026, 9, 30), date(2026, 10, 8)) == 1
    assert PLAIN.working_days(date(2026, 10, 8), date(2026, 10, 8)) == 0
