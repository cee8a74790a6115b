"""On which days a story happens: it ends about today, whatever weekends and holidays do."""

from __future__ import annotations

from datetime import date, timedelta

from app import clock
from app.demo.chapters import Chapter
from app.domain.calendar import Calendar

HELD = ("hold_session", "hold_hearing")  # on the day for which they were fixed
NOTICE = 3  # working days
_A_DAY = timedelta(days=1)


def planned(calendar: Calendar, chapters: tuple[Chapter, ...], *, back: int) -> list[date]:
    """Return the working days of the filing and of each chapter; the last is ``back`` days ago, or a little before."""
    today = clock.today()
    days = [_working_day(calendar, today - back * _A_DAY, -_A_DAY)]
    for chapter in reversed(chapters):
        days[:1] = _two_days(calendar, chapter, days[0], before=today)
    return days


def meeting(calendar: Calendar, fixed_on: date, in_days: int) -> date:
    """Return the working day about ``in_days`` later, with a notice of three working days between."""
    day = _working_day(calendar, fixed_on + in_days * _A_DAY, _A_DAY)
    while calendar.working_days(fixed_on, day) <= NOTICE:
        day = _working_day(calendar, day + _A_DAY, _A_DAY)
    return day


def _two_days(calendar: Calendar, chapter: Chapter, day: date, *, before: date) -> tuple[date, date]:
    """Return the day from which a chapter is counted, and its own about ``day``.

    A weekend makes the time between them shorter rather than longer, so that no period is missed. What is held is
    held when it was fixed, on a day that is over.
    """
    start = day - chapter.after * _A_DAY
    if chapter.what in HELD:
        start = _working_day(calendar, start, -_A_DAY)
        while (held := meeting(calendar, start, chapter.after)) > day or held >= before:
            start = _working_day(calendar, start - _A_DAY, -_A_DAY)
        return start, held
    start = _working_day(calendar, start, _A_DAY)
    if start == day and chapter.after:  # nothing but days off between them
        start = _working_day(calendar, day - _A_DAY, -_A_DAY)
    return start, day


def _working_day(calendar: Calendar, day: date, step: timedelta) -> date:
    """Return that day, or the next one in the direction of ``step`` on which the office works."""
    while not calendar.is_working(day):
        day += step
    return day
