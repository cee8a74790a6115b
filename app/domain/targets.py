"""The programme's targets: what is measured and in which unit, what is to be reached by when, and how far it is reached.

Numbers are ``Decimal``, years are data. Of a target that the programme puts in words a stage is reported, no number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import NamedTuple

from app.domain.errors import RuleBroken
from app.domain.labelled import Labelled
from app.domain.lamps import Colour
from app.domain.texts import Text

NEAR = Decimal("0.9")  # from this part of the plan on it is nearly reached
AHEAD = 10  # a plan is made for so many years to come at most
_TENTH = Decimal("0.1")


class Direction(Labelled):
    """When a target is reached."""

    AT_LEAST = ("at_least", "不少于")
    MORE_THAN = ("more_than", "超过")
    AT_MOST = ("at_most", "不超过")
    INCREASE_BY = ("increase_by", "比基期增加")
    RISING = ("rising", "比上年提高")
    IN_WORDS = ("in_words", "定性目标")


class Counting(Labelled):
    """Who reports a target, and what the city's figure has to do with those of the districts."""

    CITY = ("city", "由市局统一填报")
    SUM = ("sum", "由各区填报，全市为各区之和")
    APART = ("apart", "由各区和市局分别填报，不能相加")
    EVERY = ("every", "由各区填报，每个区都要达到")


class Stage(Labelled):
    """How far a target in words has come."""

    PREPARED = ("prepared", "尚未启动")
    UNDER_WAY = ("under_way", "正在推进")
    REACHED = ("reached", "已经实现")


class ValueState(Labelled):
    """Where a reported value stands."""

    REPORTED = ("reported", "待确认")
    CONFIRMED = ("confirmed", "已确认")
    RETURNED = ("returned", "已退回")
    REPLACED = ("replaced", "已更正")


class Standing(Labelled):
    """How far a target is reached in a year."""

    REACHED = ("reached", "已达到")
    ON_COURSE = ("on_course", "进度符合计划")
    BEHIND = ("behind", "进度落后于计划")
    UNDER_WAY = ("under_way", "正在推进")
    NEAR = ("near", "接近目标")
    SHORT = ("short", "未达到")
    IN_PART = ("in_part", "各区数据不全")
    UNPLANNED = ("unplanned", "没有定量目标")
    UNREPORTED = ("unreported", "尚无确认的数据")


LAMPS: Mapping[Standing, Colour] = {
    Standing.REACHED: Colour.GREEN,
    Standing.ON_COURSE: Colour.GREEN,
    Standing.BEHIND: Colour.YELLOW,
    Standing.NEAR: Colour.YELLOW,
    Standing.SHORT: Colour.RED,
    Standing.IN_PART: Colour.NONE,
    Standing.UNDER_WAY: Colour.NONE,
    Standing.UNPLANNED: Colour.NONE,
    Standing.UNREPORTED: Colour.NONE,
}


@dataclass(frozen=True, slots=True)
class Target:
    """A target as the programme sets it; ``most`` is beyond anything that can be true, ``base_year`` lies before it all."""

    id: str
    name: Text
    unit: Text
    direction: Direction
    counting: Counting
    decimals: int
    most: Decimal
    base_year: int
    section: str

    @property
    def in_words(self) -> bool:
        """Say whether a stage is reported instead of a number."""
        return self.direction is Direction.IN_WORDS

    @property
    def by_district(self) -> bool:
        """Say whether the districts report, each for itself."""
        return self.counting is not Counting.CITY

    @property
    def entered_for_the_city(self) -> bool:
        """Say whether the figure of the city is reported, not made from those of the districts."""
        return self.counting in (Counting.CITY, Counting.APART)


class Goal(NamedTuple):
    """What is to be reached, and in which year."""

    year: int
    value: Decimal


class Known(NamedTuple):
    """What is known beside a value: of the base year, and of the year before it."""

    base: Decimal | None = None
    before: Decimal | None = None


UNKNOWN = Known()


class Figure(NamedTuple):
    """The figure of the city, and of how many districts it still lacks the confirmed value."""

    value: Decimal | Stage | None
    missing: int = 0


class Judgement(NamedTuple):
    """How far a target is reached, as a word and as a part of its plan (``None`` where there is no such part)."""

    standing: Standing
    ratio: Decimal | None = None
    goal: Goal | None = None

    @property
    def colour(self) -> Colour:
        """Return the colour of its lamp."""
        return LAMPS[self.standing]

    @property
    def percent(self) -> Decimal | None:
        """Return the part in per cent, never rounded up: what is nearly reached is not told as reached."""
        return None if self.ratio is None else (self.ratio * 100).quantize(_TENTH, ROUND_DOWN)


# -- the plan ----------------------------------------------------------------------------------------------------------


def goal_of(plans: Mapping[int, Decimal], year: int) -> Goal | None:
    """Return what a year is measured by: its own plan, else the next one to come, else the last one there was."""
    if not plans:
        return None
    coming = [planned for planned in plans if planned >= year]
    chosen = min(coming) if coming else max(plans)
    return Goal(chosen, plans[chosen])


def expected(target: Target, goal: Goal, base: Decimal | None, year: int) -> Decimal | None:
    """Return where the value would stand in ``year`` on a straight way from the base to the goal."""
    if base is None or not target.base_year < year < goal.year:
        return None
    end = base + goal.value if target.direction is Direction.INCREASE_BY else goal.value
    return base + (end - base) * (year - target.base_year) / (goal.year - target.base_year)


def of_the_city(target: Target, own: Decimal | Stage | None, districts: Sequence[Decimal | Stage | None]) -> Figure:
    """Return the figure of the city: its own, or what those of the districts come to.

    A sum is taken of what is there; where every district has to reach the target, the lowest counts, once all are there.
    """
    if target.entered_for_the_city:
        return Figure(own)
    known = [value for value in districts if isinstance(value, Decimal)]
    missing = len(districts) - len(known)
    if target.counting is Counting.SUM:
        return Figure(sum(known, Decimal(0)) if known else None, missing)
    return Figure(min(known) if known and not missing else None, missing)


# -- how far -----------------------------------------------------------------------------------------------------------


def judge(
    target: Target, year: int, value: Decimal | Stage | None, plans: Mapping[int, Decimal], known: Known = UNKNOWN
) -> Judgement:
    """Return how far a target is reached in a year, by its confirmed value."""
    goal = goal_of(plans, year)
    if value is None:
        return Judgement(Standing.UNREPORTED, goal=goal)
    if isinstance(value, Stage):
        return Judgement(Standing.REACHED if value is Stage.REACHED else Standing.UNDER_WAY)
    if target.direction is Direction.RISING:
        return _against_the_year_before(value, known.before)
    if goal is None:
        return Judgement(Standing.UNPLANNED)
    done = _done(target, value, known.base)
    if done is None:
        return Judgement(Standing.UNDER_WAY, goal=goal)
    ratio = _ratio(target, done, goal.value)
    return Judgement(_standing(target, year, value, done, ratio, goal, known.base), ratio, goal)


def in_part(target: Target, judged: Judgement) -> Judgement:
    """Return what may be said of a sum in which districts are missing: that it is reached, or nothing yet."""
    if judged.standing is Standing.REACHED and target.direction is not Direction.AT_MOST:
        return judged
    if judged.standing in (Standing.UNREPORTED, Standing.UNPLANNED):
        return judged
    return judged._replace(standing=Standing.IN_PART)


def _against_the_year_before(value: Decimal, before: Decimal | None) -> Judgement:
    if before is None:
        return Judgement(Standing.UNDER_WAY)
    ratio = value / before if before else None
    return Judgement(Standing.REACHED if value > before else Standing.SHORT, ratio)


def _done(target: Target, value: Decimal, base: Decimal | None) -> Decimal | None:
    """Return what counts toward the plan; ``None`` where it is counted from a base that is not known."""
    if target.direction is not Direction.INCREASE_BY:
        return value
    return None if base is None else value - base


def _ratio(target: Target, done: Decimal, planned: Decimal) -> Decimal | None:
    if target.direction is Direction.AT_MOST:
        return planned / done if done else None
    return done / planned if planned else None


def _standing(
    target: Target, year: int, value: Decimal, done: Decimal, ratio: Decimal | None, goal: Goal, base: Decimal | None
) -> Standing:
    if _reached(target, done, goal.value):
        return Standing.REACHED
    if year < goal.year:
        due = expected(target, goal, base, year)
        if due is None:
            return Standing.UNDER_WAY
        behind = value > due if target.direction is Direction.AT_MOST else value < due
        return Standing.BEHIND if behind else Standing.ON_COURSE
    return Standing.NEAR if ratio is not None and ratio >= NEAR else Standing.SHORT


def _reached(target: Target, done: Decimal, planned: Decimal) -> bool:
    if target.direction is Direction.AT_MOST:
        return done <= planned
    return done > planned if target.direction is Direction.MORE_THAN else done >= planned


# -- what may be reported ----------------------------------------------------------------------------------------------


def check_value(target: Target, value: Decimal, *, field: str = "value") -> Decimal:
    """Return a number as it is kept. Refuses what cannot be true: less than nothing, beyond all measure, too exact."""
    if not value.is_finite() or value < 0:
        raise RuleBroken("数值不能是负数", field=field)
    if value > target.most:
        raise RuleBroken("数值过大：这一指标最多填 %(most)s，请核对单位", field=field, most=written(target.most))
    if value != round(value, target.decimals):
        if not target.decimals:
            raise RuleBroken("这一指标请填写整数", field=field)
        raise RuleBroken("这一指标最多 %(n)s 位小数", field=field, n=target.decimals)
    return round(value, target.decimals)


def check_reporter(target: Target, *, district: bool) -> None:
    """Refuse a value of a district where the city alone reports, and one of the city that its districts make up."""
    if district and not target.by_district:
        raise RuleBroken("这一指标由市局统一填报", field="unit")
    if not district and not target.entered_for_the_city:
        raise RuleBroken("这一指标由各区填报，全市的数值由系统汇总", field="unit")


def check_year(target: Target, year: int, today: date) -> None:
    """Refuse a year of which nothing can be reported: before the base year, or still to come."""
    if not target.base_year <= year <= today.year:
        raise RuleBroken(
            "只能填报 %(first)s 年至 %(last)s 年的数据",
            field="year",
            first=target.base_year,
            last=max(today.year, target.base_year),
        )


def check_plan_year(target: Target, year: int, today: date) -> None:
    """Refuse a year for which no plan is made."""
    if not target.base_year < year <= today.year + AHEAD:
        raise RuleBroken(
            "只能为 %(first)s 年至 %(last)s 年设定计划",
            field="year",
            first=target.base_year + 1,
            last=today.year + AHEAD,
        )


def written(value: Decimal) -> str:
    """Return a number with its thousands parted and without noughts at its end."""
    plain = value.normalize()
    return f"{plain:,f}" if plain != plain.to_integral_value() else f"{plain:,.0f}"
