"""Working days: the published national calendar, and the days an office decides otherwise.

The published calendar knows holidays and make-up working days (调休) of whole years. For a year that is not published
yet, Monday to Friday are taken as working days, and ``known`` says that this is a guess; but the holidays that the law
itself puts on a date of every year are days off already then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from chinese_calendar.constants import Holiday, holidays, workdays  # type: ignore[import-untyped]

from app.domain.texts import Text

ONE_DAY = timedelta(days=1)
SATURDAY = 5
PUBLISHED = range(min(holidays).year, max(holidays).year + 1)

# Measures for National Holidays (全国年节及纪念日放假办法, 2024), art. 2: those that do not move with the moon. What the
# yearly notice adds around them is not known before it comes.
FIXED: Mapping[tuple[int, int], Holiday] = {
    (1, 1): Holiday.new_years_day,
    (5, 1): Holiday.labour_day,
    (5, 2): Holiday.labour_day,
    (10, 1): Holiday.national_day,
    (10, 2): Holiday.national_day,
    (10, 3): Holiday.national_day,
}

_NAMES = {holiday.value: Text(holiday.chinese, holiday.value) for holiday in Holiday}


class Calendar:
    """Which days are working days. Equal calendars are equal values, so that one may be the key of a cache.

    ``overrides`` says of single days that they are (not) working days; ``published`` names years whose holiday notice
    has been entered completely by such days, so that the rest of the year is no guess either.
    """

    __slots__ = ("_overrides", "_published")

    def __init__(self, overrides: Mapping[date, bool] | None = None, published: Iterable[int] = ()) -> None:
        self._overrides = dict(overrides or {})
        self._published = frozenset(published)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Calendar):
            return NotImplemented
        return (self._overrides, self._published) == (other._overrides, other._published)

    def __hash__(self) -> int:
        return hash((frozenset(self._overrides.items()), self._published))

    def is_working(self, day: date) -> bool:
        """Say whether ``day`` is a working day."""
        decided = self._overrides.get(day)
        if decided is not None:
            return decided
        return day in workdays or (day.weekday() < SATURDAY and self._holiday(day) is None)

    def known(self, day: date) -> bool:
        """Say whether that answer is published or decided; otherwise it may still change."""
        return day.year in PUBLISHED or day in self._overrides or day.year in self._published

    def label(self, day: date) -> Text:
        """Return why a day is, or is not, a working day."""
        if day in self._overrides:
            if self._overrides[day]:
                return Text("本局日历定为工作日", "working day by the office's calendar")
            return Text("本局日历定为休息日", "day off by the office's calendar")
        if (holiday := self._holiday(day)) is not None:
            name = _NAMES[holiday]
            return Text(f"{name.zh}放假", f"{name.en} holiday")
        if day in workdays:
            name = _NAMES[workdays[day]]
            return Text(f"调休上班（{name.zh}）", f"make-up working day ({name.en})")
        if day.weekday() == SATURDAY:
            return Text("星期六", "Saturday")
        if day.weekday() > SATURDAY:
            return Text("星期日", "Sunday")
        return Text("工作日", "working day")

    def is_plain(self, day: date) -> bool:
        """Say whether ``day`` is what its day of the week lets one expect, so that nobody asks why."""
        return day not in self._overrides and self._holiday(day) is None and day not in workdays

    def on_or_after(self, day: date) -> date:
        """Return ``day``, or where it is a day off the next working day (Civil Code, art. 203)."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    @staticmethod
    def _holiday(day: date) -> str | None:
        """Return the name of the holiday on a day of which nobody has decided anything else."""
        if day.year in PUBLISHED:
            published: str | None = holidays.get(day)
            return published
        fixed = FIXED.get((day.month, day.day)) if day.year >= PUBLISHED.stop else None
        return str(fixed.value) if fixed else None

    def working_days(self, after: date, until: date) -> int:
        """Count the working days after ``after`` up to and including ``until``."""
        return sum(self.is_working(after + timedelta(days=n)) for n in range(1, (until - after).days + 1))
