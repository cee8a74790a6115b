"""A count of periods that shares no line with the one of the product: day after day, with the published calendar."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar

from app.domain.periods import Unit

FIXED = ("01-01", "05-01", "05-02", "10-01", "10-02", "10-03")


def is_worked(day: date, decided: dict[date, bool]) -> bool:
    """Say whether people work on that day; ``decided`` are the office's own days."""
    if day in decided:
        return decided[day]
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:  # not published yet: what the law puts on a date is off in any year
        return day.isoweekday() not in (6, 7) and f"{day:%m-%d}" not in FIXED


def same_number_later(day: date, months: int) -> date:
    """Return the same day number so many months later, or the last day of that month."""
    year, month = day.year, day.month
    for _ in range(months):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    for number in range(day.day, 0, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise AssertionError


def naive(start: date, n: int, unit: Unit, gaps: list[tuple[date, date]], decided: dict[date, bool]) -> date:
    """Return the last day of a period of ``n`` units after ``start``; the days in ``gaps``, first to last, do not count."""
    excluded = {a + timedelta(days=i) for a, b in gaps for i in range((b - a).days + 1)}
    number = n
    if unit in (Unit.MONTHS, Unit.YEARS):
        number = (same_number_later(start, n if unit == Unit.MONTHS else 12 * n) - start).days
    day, seen = start, 0
    while seen < number:
        day += timedelta(days=1)
        if day in excluded or (unit == Unit.WORKING_DAYS and not is_worked(day, decided)):
            continue
        seen += 1
    if unit != Unit.WORKING_DAYS:
        while day in excluded or not is_worked(day, decided):
            day += timedelta(days=1)
    return day
