"""The lamp says in words how much time is left; its colour only helps."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.calendar import Calendar
from app.domain.lamps import Colour, Lamp, lamp
from app.domain.periods import Unit

PLAIN = Calendar()
DUE, WARN = date(2026, 3, 17), date(2026, 3, 12)  # a Tuesday, and the Thursday before


@pytest.mark.parametrize(
    ("today", "code", "zh", "en"),
    [
        (date(2026, 3, 11), Colour.GREEN, "还有 4 个工作日", "4 working days left"),
        (date(2026, 3, 12), Colour.YELLOW, "还有 3 个工作日", "3 working days left"),
        (date(2026, 3, 15), Colour.YELLOW, "还有 2 个工作日", "2 working days left"),
        (date(2026, 3, 16), Colour.YELLOW, "明天到期", "Due tomorrow"),
        (date(2026, 3, 17), Colour.YELLOW, "今天到期", "Due today"),
        (date(2026, 3, 18), Colour.RED, "逾期 1 个工作日", "1 working day overdue"),
        (date(2026, 3, 19), Colour.RED, "逾期 2 个工作日", "2 working days overdue"),
    ],
)
def test_a_lamp_turns_from_green_over_yellow_to_red(today: date, code: Colour, zh: str, en: str) -> None:
    assert lamp(DUE, today, warn_on=WARN, calendar=PLAIN) == Lamp(code, zh, en)


def test_a_period_in_days_or_months_is_told_in_days() -> None:
    assert lamp(DUE, date(2026, 3, 7), unit=Unit.DAYS, calendar=PLAIN).text == "还有 10 日"
    assert lamp(DUE, date(2026, 3, 20), unit=Unit.MONTHS, calendar=PLAIN).text == "逾期 3 日"


def test_when_only_days_off_have_passed_the_days_themselves_are_told() -> None:
    friday, saturday = date(2026, 3, 13), date(2026, 3, 14)
    assert lamp(friday, saturday, calendar=PLAIN) == Lamp(Colour.RED, "逾期 1 日", "1 day overdue")


def test_a_stopped_clock_says_what_it_has_left() -> None:
    late = date(2026, 9, 1)
    assert lamp(DUE, late, unit=Unit.MONTHS, calendar=PLAIN, paused=True, left=41) == Lamp(
        Colour.PAUSED, "已暂停 · 余 41 日", "Paused · 41 days left"
    )
    assert lamp(DUE, late, calendar=PLAIN, paused=True, left=2).text == "已暂停 · 余 2 个工作日"
    assert lamp(DUE, late, calendar=PLAIN, paused=True).text == "已暂停"


def test_what_is_done_or_has_no_deadline_shows_no_alarm() -> None:
    late = date(2026, 9, 1)
    assert lamp(DUE, late, calendar=PLAIN, done=True).code is Colour.DONE
    assert lamp(None, late, calendar=PLAIN).text == "无期限"


def test_a_lamp_speaks_the_language_of_its_reader() -> None:
    shown = lamp(DUE, DUE, calendar=PLAIN)
    assert (shown.within("zh-CN"), shown.within("en")) == ("今天到期", "Due today")
