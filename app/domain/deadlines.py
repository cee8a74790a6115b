"""When a period ends, counted day by day as the law counts, and explained day by day.

The period becomes a number of days; the walk starts on the day after the event and leaves out what a pause covers;
the day on which the number is reached is the last one. A calendar, month or year period that would end on a day off
goes on to the next working day that no pause covers (civil procedure law 2023, art. 85; civil code, arts. 200-204).
"""

from __future__ import annotations

import calendar as months
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import takewhile
from typing import Any

from app.clock import ZONE
from app.domain.calendar import ONE_DAY, Calendar
from app.domain.errors import RuleBroken
from app.domain.periods import (
    PAUSES,
    Extension,
    Length,
    Pause,
    Regime,
    Rule,
    Term,
    Unit,
    regime_on,
)
from app.domain.texts import Text

__all__ = [
    "Day",
    "Due",
    "Extension",
    "Length",
    "Pause",
    "Regime",
    "Rule",
    "Term",
    "Text",
    "Unit",
    "compute",
    "due_at",
    "explain",
    "in_time",
    "regime_on",
    "remaining",
]

WARN_WORKING_DAYS = 3
WARN_PART = 5  # a fifth of the period
LONGEST_WALK = timedelta(days=36525)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the walk: ``n`` is its number in the count, none where it does not count; ``note`` says why."""

    date: date
    n: int | None
    note: Text | None = None
    working: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The last day of a period and how it was found. ``warn_on`` is the first day on which its lamp is yellow."""

    rule: str
    start: date
    due: date
    provisional: bool
    regime: Regime
    citation: Text
    unit: Unit
    days: tuple[Day, ...]
    warn_on: date

    def left_on(self, day: date) -> int:
        """Return how many days are still to be counted after ``day``; what a stopped clock has left."""
        return sum(1 for walked in self.days if walked.n is not None and walked.date > day)

    def as_json(self) -> dict[str, Any]:
        """Return the answer as words, booleans and ISO dates."""
        return {
            "rule": self.rule,
            "due": self.due.isoformat(),
            "provisional": self.provisional,
            "regime": self.regime.value,
            "citation": self.citation.zh,
            "days": explain(self),
        }


def compute(
    rule: Rule,
    *,
    received: date,
    start: date,
    calendar: Calendar,
    pauses: Iterable[Pause] = (),
    extensions: int | Sequence[Length] = 0,
    length: int | None = None,
    variant: str | None = None,
) -> Due:
    """Return when a period that starts with an event on ``start`` is due, in a case received on ``received``.

    ``extensions``: how many steps of the rule's ladder were granted in full, or the granted lengths. ``length``: the
    length set for this case in the rule's own unit, where the rule lets one be set. Refuses, in a sentence, what the
    rule does not know.
    """
    regime = regime_on(received)
    term = rule.term(regime)
    own = term.base(length, variant)
    further = term.granted(extensions if isinstance(extensions, int) else tuple(extensions))
    stops = _checked(tuple(pauses), term)
    lengthened, others = _merged(own, further)
    try:
        walk = _Walk(calendar, stops, start, backwards=term.before)
        due = walk.count(lengthened, counts_first=term.counts_first)
        for other in others:
            due = walk.count(other)
        warn_on = _warn_before(due, calendar) if term.before else _warn_on(walk.days, start, due)
    except OverflowError as error:
        raise RuleBroken("期限超出可以计算的范围") from error
    return Due(
        rule=rule.key,
        start=start,
        due=due,
        provisional=walk.provisional,
        regime=regime,
        citation=term.citation,
        unit=own.unit,
        days=tuple(walk.days),
        warn_on=warn_on,
    )


def _checked(pauses: tuple[Pause, ...], term: Term) -> tuple[Pause, ...]:
    """Return the pauses; refuse one that this period is not stopped by."""
    for pause in pauses:
        if pause.kind not in term.exclusions:
            name = PAUSES.get(pause.kind, pause.kind)
            if not term.exclusions:
                raise RuleBroken("这条期限不因“%(kind)s”停止计算，没有可以不计入的期间", field="pause", kind=name)
            known = [
                Text(f"{words.zh}（{kind}）", f"{words.en} ({kind})")
                for kind, words in PAUSES.items()
                if kind in term.exclusions
            ]
            raise RuleBroken(
                "这条期限不因“%(kind)s”停止计算；可以不计入的有：%(known)s", field="pause", kind=name, known=known
            )
    return pauses


def _merged(own: Length, further: tuple[Length, ...]) -> tuple[Length, list[Length]]:
    """Return the period lengthened by the first steps in its own unit, and what is to be counted on from its end."""
    same = list(takewhile(lambda one: one.unit == own.unit, further))
    return Length(own.n + sum(one.n for one in same), own.unit), list(further[len(same) :])


class _Walk:
    """Goes from day to day and remembers what it saw."""

    def __init__(self, calendar: Calendar, pauses: tuple[Pause, ...], start: date, *, backwards: bool) -> None:
        self.calendar = calendar
        self.pauses = pauses
        self.start = self.here = start
        self.step = -ONE_DAY if backwards else ONE_DAY
        self.days: list[Day] = []
        self.provisional = False

    def count(self, length: Length, *, counts_first: bool = False) -> date:
        """Go on from here until ``length`` is counted, and to a working day where a period needs one."""
        if counts_first:
            self.here -= self.step
        by_working_days = length.unit is Unit.WORKING_DAYS
        wanted, n = _number_of_days(self.here, length, self.step), 0
        while n < wanted:
            self._on()
            if pause := self._pause():
                self._skip(_paused(pause))
            elif by_working_days and not self._works():
                self._skip(self.calendar.label(self.here))
            else:
                n += 1
                self._counted(n)
        if not by_working_days:
            self._roll()
        return self.here

    def _on(self) -> None:
        self.here += self.step
        if abs(self.here - self.start) > LONGEST_WALK:
            raise OverflowError

    def _pause(self) -> Pause | None:
        return next((pause for pause in self.pauses if pause.covers(self.here)), None)

    def _works(self) -> bool:
        """Say whether today is a working day, where the answer decides the date."""
        self.provisional = self.provisional or not self.calendar.known(self.here)
        return self.calendar.is_working(self.here)

    def _skip(self, note: Text) -> None:
        self.days.append(Day(self.here, None, note, working=False))

    def _counted(self, n: int) -> None:
        note = None if self.calendar.is_plain(self.here) else self.calendar.label(self.here)
        self.days.append(Day(self.here, n, note, self.calendar.is_working(self.here)))

    def _roll(self) -> None:
        """Move on from a day off to the next working day that no pause covers."""
        if self._works():
            return
        last, why = self.days[-1], self.calendar.label(self.here)
        self.days[-1] = Day(
            last.date, last.n, Text(f"{why.zh}，期满日顺延", f"{why.en}: the end moves on"), working=False
        )
        while True:
            self._on()
            if pause := self._pause():
                self._skip(_paused(pause))
            elif not self._works():
                self._skip(self.calendar.label(self.here))
            else:
                self.days.append(Day(self.here, None, Text("顺延至此日期满", "the period ends here")))
                return


def _paused(pause: Pause) -> Text:
    words = PAUSES[pause.kind]
    return Text(f"{words.zh}期间不计入", f"not counted: {words.en}")


def _number_of_days(start: date, length: Length, step: timedelta) -> int:
    """Return as how many days a period that starts on ``start`` is counted."""
    if length.unit in (Unit.DAYS, Unit.WORKING_DAYS):
        return length.n
    whole = length.n * (12 if length.unit is Unit.YEARS else 1)
    return abs((_same_day(start, whole if step > timedelta(0) else -whole) - start).days)


def _same_day(day: date, whole_months: int) -> date:
    """Return the same day number so many months away, or the last day of that month (civil code, art. 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + whole_months, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def _warn_on(days: Sequence[Day], start: date, due: date) -> date:
    """Return the first day with three working days or less, or less than a fifth of the count, still ahead."""
    total = sum(1 for day in days if day.n is not None)
    left = working = 0
    first = due
    for day in reversed(days):
        if working > WARN_WORKING_DAYS and left * WARN_PART >= total:
            return first
        first = day.date
        left += day.n is not None
        working += day.working
    return first if working > WARN_WORKING_DAYS and left * WARN_PART >= total else start


def _warn_before(due: date, calendar: Calendar) -> date:
    """Return the first day from which three working days or less lead to ``due``."""
    first = due
    while calendar.working_days(first - ONE_DAY, due) <= WARN_WORKING_DAYS:
        first -= ONE_DAY
    return first


def due_at(due: date) -> datetime:
    """Return the first instant that is too late: 24:00 of the last day in Asia/Shanghai."""
    return datetime.combine(due + ONE_DAY, time.min, tzinfo=ZONE)


def in_time(instant: datetime, due: date) -> bool:
    """Say whether something done at ``instant`` is in time: the whole last day is, its midnight is not."""
    return instant < due_at(due)


def remaining(due: date, today: date, calendar: Calendar, unit: Unit) -> int:
    """Return how many working days, or for other units days, are left after ``today``; overdue: negative."""
    if unit is not Unit.WORKING_DAYS:
        return (due - today).days
    return calendar.working_days(today, due) if due >= today else -calendar.working_days(due, today)


def explain(due: Due, lang: str = "zh") -> list[dict[str, Any]]:
    """Return the walk as rows: the date, its number in the count (none: not counted), and a note."""
    return [
        {"date": day.date.isoformat(), "n": day.n, "note": day.note.within(lang) if day.note else ""}
        for day in due.days
    ]
