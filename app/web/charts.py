"""Charts as plain values, for a script to draw: always the lines of a table that stands beside the drawing.

A series says how it looks by the name of what it means (``charts.js`` knows the colours and the hatching).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import cycle

from flask_babel import format_date, gettext
from flask_babel import lazy_gettext as _l

from app.domain.calendar import Calendar
from app.domain.lamps import Colour
from app.domain.targets import Judgement, Stage, Standing
from app.models import AwardCall, OrgUnit, Target
from app.queries.deadlines import Coming
from app.queries.durations import Median
from app.queries.figures import Month, PersonLine, UnitLine
from app.queries.programme import Line
from app.queries.targets import Sheet
from app.web.presenting import cn_date, language
from app.web.words import named, word

LAMPS = ("green", "yellow", "red", "paused")
LINES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")  # one for each process


@dataclass(frozen=True, slots=True)
class Series:
    """What is drawn in one look: a value for each place of the chart, ``None`` where there is none.

    ``kind`` is ``bar``, ``line``, or ``mark``: a stroke across the bar, for what must not be passed.
    """

    name: str
    values: list[float | None]
    look: str
    kind: str = "bar"


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing: its places, its series, whether bars are stacked and lie, and which places are shaded."""

    places: list[str]
    series: list[Series]
    stacked: bool = False
    lying: bool = False
    shaded: list[bool] | None = None


def lamps(lines: Sequence[UnitLine]) -> Chart:
    """Return the open periods of each unit by lamp."""
    names = (gettext("期限充裕"), gettext("将到期"), gettext("已逾期"), gettext("已暂停"))
    return Chart(
        [named(line.unit) for line in lines],
        [Series(name, [getattr(line, code) for line in lines], code) for name, code in zip(names, LAMPS, strict=True)],
        stacked=True,
        lying=True,
    )


def tasks(people: Sequence[PersonLine]) -> Chart:
    """Return the tasks that each person has in hand: those in time, and those that are late."""
    return Chart(
        [person.name for person in people],
        [
            Series(gettext("未逾期"), [person.open - person.late for person in people], "first"),
            Series(gettext("已逾期"), [person.late for person in people], "red"),
        ],
        stacked=True,
        lying=True,
    )


def loads(people: Sequence[PersonLine]) -> Chart:
    """Return the cases of each person who has a capacity: within it, beyond it, and where it ends."""
    within = [(person, person.capacity) for person in people if person.capacity is not None]
    return Chart(
        [person.name for person, _ in within],
        [
            Series(gettext("可承担之内"), [min(person.cases, capacity) for person, capacity in within], "first"),
            Series(gettext("超负荷"), [max(0, person.cases - capacity) for person, capacity in within], "red"),
            Series(gettext("可承担件数"), [capacity for _, capacity in within], "limit", "mark"),
        ],
        stacked=True,
        lying=True,
    )


def coming(days: Sequence[Coming], calendar: Calendar) -> Chart:
    """Return how many periods run out on each day; days off are shaded and say so."""
    return Chart(
        [_day(line, calendar) for line in days],
        [
            Series(gettext("办案期限"), [line.case for line in days], "first"),
            Series(gettext("内部目标"), [line.internal for line in days], "second"),
        ],
        stacked=True,
        lying=True,
        shaded=[not calendar.is_working(line.day) for line in days],
    )


def _day(line: Coming, calendar: Calendar) -> str:
    """Return the lines of a day's label: the date, the day of the week, and 休 on a day off."""
    parts = [cn_date(line.day, line.day), format_date(line.day, "EEE")]
    return "\n".join(parts if calendar.is_working(line.day) else [*parts, gettext("休")])


def note(day: date, calendar: Calendar) -> str:
    """Return the day of the week, why it is no such day as one expects, and whether it is a day off."""
    parts = [format_date(day, "EEEE")]
    if not calendar.is_plain(day):
        parts.append(calendar.label(day).within(language()))
    return " · ".join(parts if calendar.is_working(day) else [*parts, gettext("休息日")])


def months(lines: Sequence[Month]) -> Chart:
    """Return how many cases came and were closed in each month."""
    return Chart(
        [_month(line) for line in lines],
        [
            Series(gettext("收案件数"), [line.received for line in lines], "first"),
            Series(gettext("结案件数"), [line.closed for line in lines], "done"),
        ],
    )


def lengths(lines: Sequence[Month], medians: Mapping[str, Sequence[Median | None]]) -> Chart:
    """Return the median of the days that cases took which were closed in each month, a line for each process."""
    return Chart(
        [_month(line) for line in lines],
        [
            Series(word("process", process), [round(m.days, 1) if m else None for m in found], look, "line")
            for (process, found), look in zip(medians.items(), cycle(LINES), strict=False)
        ],
    )


def _month(line: Month) -> str:
    return f"{format_date(line.first, 'MMM')}\n{line.first.year}"


def reached(lines: Sequence[tuple[Target, Judgement]]) -> Chart:
    """Return for each target with a plan in numbers how much of it is reached, in per cent, and where all of it is."""
    known = [
        (target, judged.percent)
        for target, judged in lines
        if judged.goal and judged.percent is not None and judged.standing is not Standing.IN_PART
    ]
    return Chart(
        [f"{target.id} {named(target)}" for target, _ in known],
        [
            Series(gettext("完成比例（百分数）"), [float(percent) for _, percent in known], "first"),
            Series(gettext("目标"), [100.0 for _ in known], "limit", "mark"),
        ],
        lying=True,
    )


def against_plan(
    sheets: Sequence[Sheet], unit_id: int | None, year: int, counted: Mapping[str, Decimal | Stage | None]
) -> Chart:
    """Return for each target how much of its plan is confirmed and how much the system counts, in per cent."""
    lines = [
        (
            sheet.target,
            _part(sheet.judgement(unit_id, year)),
            _part(sheet.judged(counted[sheet.target.id], unit_id, year)),
        )
        for sheet in sheets
    ]
    known = [line for line in lines if line[1:] != (None, None)]
    return Chart(
        [f"{target.id} {named(target)}" for target, *_ in known],
        [
            Series(gettext("已确认（占计划的百分数）"), [confirmed for _, confirmed, _ in known], "first"),
            Series(gettext("系统统计（占计划的百分数）"), [itself for *_, itself in known], "second"),
            Series(gettext("计划"), [100.0 for _ in known], "limit", "mark"),
        ],
        lying=True,
    )


def _part(judged: Judgement) -> float | None:
    whole = judged.goal and judged.percent is not None and judged.standing is not Standing.IN_PART
    return float(judged.percent) if whole and judged.percent is not None else None


STANDINGS = {
    Colour.GREEN: ("green", _l("已达到或者符合进度")),
    Colour.YELLOW: ("yellow", _l("接近或者落后于计划")),
    Colour.RED: ("red", _l("未达到")),
    Colour.NONE: ("paused", _l("尚不能判断")),
}


def standings(lines: Sequence[tuple[OrgUnit, Mapping[Colour, int]]]) -> Chart:
    """Return how many targets each district has reached, nearly reached, missed, or not reported."""
    return Chart(
        [named(unit) for unit, _ in lines],
        [
            Series(str(name), [found.get(colour, 0) for _, found in lines], look)
            for colour, (look, name) in STANDINGS.items()
        ],
        stacked=True,
        lying=True,
    )


def numbers(lines: Sequence[tuple[str, Line]]) -> Chart:
    """Return how many applications came and how many were granted, by award or by district."""
    return Chart(
        [name for name, _ in lines],
        [
            Series(gettext("收到的申报"), [line.received for _, line in lines], "first"),
            Series(gettext("已批准"), [line.granted for _, line in lines], "done"),
        ],
        lying=True,
    )


def amounts(lines: Sequence[tuple[str, Line]]) -> Chart:
    """Return what was granted and paid, by award or by district, in ten thousand yuan."""
    return Chart(
        [name for name, _ in lines],
        [
            Series(gettext("批准金额"), [_in_wan(line.amount) for _, line in lines], "first"),
            Series(gettext("拨付金额"), [_in_wan(line.paid) for _, line in lines], "done"),
        ],
        lying=True,
    )


def budgets(calls: Sequence[AwardCall]) -> Chart:
    """Return what is promised and paid of the budget of each call, in ten thousand yuan."""
    return Chart(
        [call.title for call in calls],
        [
            Series(gettext("已承诺"), [_in_wan(call.committed) for call in calls], "first"),
            Series(gettext("已拨付"), [_in_wan(call.paid) for call in calls], "done"),
            Series(gettext("预算"), [_in_wan(call.budget) for call in calls], "limit", "mark"),
        ],
        lying=True,
    )


def _in_wan(amount: Decimal) -> float:
    return float(amount / 10000)


def course(sheet: Sheet, years: Sequence[int]) -> Chart:
    """Return what the city has reached of a target in each year, and what was planned; no sum that is not whole."""
    plans = sheet.plan(None)
    figures = [None if figure.missing else figure.value for figure in (sheet.figure(None, year) for year in years)]
    return Chart(
        [str(year) for year in years],
        [
            Series(gettext("实际"), [float(f) if isinstance(f, Decimal) else None for f in figures], "first", "line"),
            Series(gettext("计划"), [float(plans[y]) if y in plans else None for y in years], "second", "line"),
        ],
    )
