"""How far a target is reached, and what may be reported of it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import targets
from app.domain.errors import RuleBroken
from app.domain.lamps import Colour
from app.domain.targets import Counting, Direction, Goal, Judgement, Known, Stage, Standing, Target
from app.domain.texts import Text

D = Decimal
FILE = Path(__file__).parents[2] / "workflows" / "schedule" / "targets.json"
LINES = {line["id"]: line for line in json.loads(FILE.read_text())}
PATENTS = Target(
    id="K04",
    name=Text("累计有效发明专利", "Invention patents in force"),
    unit=Text("件", "patents"),
    direction=Direction.AT_LEAST,
    counting=Counting.SUM,
    decimals=0,
    most=D(2_000_000),
    base_year=2019,
    section="一",
)
PLAN = {2022: D(31_500)}


def of(direction: Direction, **changes: object) -> Target:
    return replace(PATENTS, direction=direction, **changes)  # type: ignore[arg-type]


def standing(target: Target, year: int, value: str, plan: dict[int, Decimal] | None = None, **known: str) -> Standing:
    told = Known(**{name: D(one) for name, one in known.items()})
    return targets.judge(target, year, D(value), PLAN if plan is None else plan, told).standing


# -- the targets that come with the product ----------------------------------------------------------------------------


def test_sixteen_targets_come_with_the_product() -> None:
    assert list(LINES) == [f"K{n:02}" for n in range(1, 17)]
    planned = {(key, int(year)): D(value) for key, line in LINES.items() for year, value in line["plan"].items()}
    assert planned == {
        ("K01", 2022): 200,
        ("K02", 2022): 200,
        ("K03", 2020): 1,
        ("K03", 2021): 1,
        ("K03", 2022): 1,
        ("K04", 2022): 31_500,
        ("K05", 2022): D("36.5"),
        ("K06", 2022): 100,
        ("K07", 2022): 500_000,
        ("K10", 2022): 80,
        ("K11", 2022): 3,
    }


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_each_of_them_has_words_in_both_languages_and_a_measure_that_holds_its_plan(line: dict[str, object]) -> None:
    assert line["name"] and line["name_en"] and line["section"]
    assert bool(line["unit"]) == bool(line["unit_en"]) == (line["direction"] != Direction.IN_WORDS)
    assert Counting(str(line["counting"])) and Direction(str(line["direction"]))
    target = of(Direction.AT_LEAST, most=D(str(line["most"])), decimals=line["decimals"])
    for value in line["plan"].values():  # type: ignore[attr-defined]
        assert targets.check_value(target, D(value)) == D(value)


# -- what a year is measured by ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "goal"), [(2019, 2020), (2020, 2020), (2021, 2022), (2022, 2022), (2023, 2022), (2026, 2022)]
)
def test_a_year_is_measured_by_its_plan_else_the_next_else_the_last(year: int, goal: int) -> None:
    assert targets.goal_of({2020: D(1), 2022: D(3)}, year) == Goal(goal, {2020: D(1), 2022: D(3)}[goal])


def test_what_has_no_plan_is_measured_by_nothing() -> None:
    assert targets.goal_of({}, 2022) is None
    assert targets.judge(PATENTS, 2022, D(5), {}) == Judgement(Standing.UNPLANNED)


@pytest.mark.parametrize(
    ("direction", "value", "expected"),
    [
        (Direction.AT_LEAST, "31500", Standing.REACHED),
        (Direction.AT_LEAST, "31499", Standing.NEAR),
        (Direction.AT_LEAST, "28350", Standing.NEAR),
        (Direction.AT_LEAST, "28349", Standing.SHORT),
        (Direction.AT_LEAST, "0", Standing.SHORT),
        (Direction.MORE_THAN, "31500", Standing.NEAR),
        (Direction.MORE_THAN, "31500.01", Standing.REACHED),
        (Direction.AT_MOST, "31500", Standing.REACHED),
        (Direction.AT_MOST, "0", Standing.REACHED),
        (Direction.AT_MOST, "35000", Standing.NEAR),
        (Direction.AT_MOST, "63000", Standing.SHORT),
    ],
)
def test_in_the_year_of_its_plan_a_target_is_reached_or_not(
    direction: Direction, value: str, expected: Standing
) -> None:
    assert standing(of(direction), 2022, value) is expected


def test_an_increase_is_counted_from_the_base() -> None:
    target = of(Direction.INCREASE_BY)
    assert standing(target, 2022, "120", {2022: D(100)}, base="20") is Standing.REACHED
    assert standing(target, 2022, "119", {2022: D(100)}, base="20") is Standing.NEAR
    judged = targets.judge(target, 2022, D(70), {2022: D(100)}, Known(base=D(20)))
    assert (judged.standing, judged.ratio) == (Standing.SHORT, D("0.5"))


def test_an_increase_without_a_base_is_not_judged() -> None:
    assert standing(of(Direction.INCREASE_BY), 2022, "500", {2022: D(100)}) is Standing.UNDER_WAY


def test_what_is_to_rise_is_compared_with_the_year_before() -> None:
    target = of(Direction.RISING)
    assert standing(target, 2021, "159", {}, before="158") is Standing.REACHED
    assert standing(target, 2021, "158", {}, before="158") is Standing.SHORT
    assert standing(target, 2021, "158", {}) is Standing.UNDER_WAY
    assert targets.judge(target, 2021, D(3), {}, Known(before=D(0))) == Judgement(Standing.REACHED)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("26500", Standing.ON_COURSE), ("26499", Standing.BEHIND), ("31500", Standing.REACHED)],
)
def test_before_the_year_of_its_plan_a_target_is_on_course_or_behind(value: str, expected: Standing) -> None:
    assert standing(PATENTS, 2021, value, base="16500") is expected


def test_the_way_to_a_ceiling_leads_down() -> None:
    target = of(Direction.AT_MOST)
    assert standing(target, 2021, "50", {2022: D(10)}, base="100") is Standing.BEHIND
    assert standing(target, 2021, "40", {2022: D(10)}, base="100") is Standing.ON_COURSE


def test_the_way_of_an_increase_begins_at_the_base() -> None:
    assert targets.expected(of(Direction.INCREASE_BY), Goal(2022, D(90)), D(10), 2020) == 40
    assert targets.expected(PATENTS, Goal(2022, D(90)), D(30), 2020) == 50


def test_before_the_year_of_its_plan_nothing_is_said_without_a_base() -> None:
    assert standing(PATENTS, 2021, "20000") is Standing.UNDER_WAY
    assert standing(PATENTS, 2019, "20000", base="20000") is Standing.UNDER_WAY


def test_without_a_confirmed_value_nothing_is_judged() -> None:
    assert targets.judge(PATENTS, 2022, None, PLAN) == Judgement(Standing.UNREPORTED, goal=Goal(2022, D(31_500)))


def test_a_target_in_words_is_reached_by_its_stage() -> None:
    target = of(Direction.IN_WORDS, counting=Counting.CITY)
    assert targets.judge(target, 2022, Stage.REACHED, {}).standing is Standing.REACHED
    assert targets.judge(target, 2022, Stage.UNDER_WAY, {}).standing is Standing.UNDER_WAY


def test_a_plan_of_nothing_has_no_part_that_is_reached() -> None:
    assert targets.judge(PATENTS, 2022, D(0), {2022: D(0)}).percent is None


def test_every_standing_has_a_colour() -> None:
    assert set(targets.LAMPS) == set(Standing)
    assert Judgement(Standing.SHORT).colour is Colour.RED


@given(st.integers(0, 31_499))
def test_what_is_not_reached_is_never_told_as_the_whole(value: int) -> None:
    judged = targets.judge(PATENTS, 2022, D(value), PLAN)
    assert judged.percent is not None and judged.percent < 100


# -- the city and its districts ----------------------------------------------------------------------------------------


def test_the_figure_of_the_city_is_the_sum_of_its_districts() -> None:
    assert targets.of_the_city(PATENTS, None, [D(1), D(2)]) == (D(3), 0)
    assert targets.of_the_city(PATENTS, None, [D(1), None, D(2)]) == (D(3), 1)
    assert targets.of_the_city(PATENTS, None, [None, None]) == (None, 2)


def test_what_cannot_be_added_is_entered_for_the_city() -> None:
    assert targets.of_the_city(of(Direction.AT_LEAST, counting=Counting.APART), D("36.6"), [D(40)]) == (D("36.6"), 0)


def test_what_every_district_has_to_reach_is_as_low_as_the_lowest() -> None:
    every = of(Direction.AT_LEAST, counting=Counting.EVERY)
    assert targets.of_the_city(every, None, [D(4), D(2)]) == (D(2), 0)
    assert targets.of_the_city(every, None, [D(4), None]) == (None, 1)


def test_who_reports_hangs_on_the_target() -> None:
    city = of(Direction.AT_LEAST, counting=Counting.CITY)
    with pytest.raises(RuleBroken, match="由市局统一填报"):
        targets.check_reporter(city, district=True)
    with pytest.raises(RuleBroken, match="由各区填报"):
        targets.check_reporter(PATENTS, district=False)
    targets.check_reporter(city, district=False)
    targets.check_reporter(of(Direction.AT_LEAST, counting=Counting.APART), district=False)


# -- what may be reported ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("-1", "不能是负数"),
        ("NaN", "不能是负数"),
        ("Infinity", "不能是负数"),
        ("2000001", "最多填 2,000,000"),
        ("1.5", "请填写整数"),
    ],
)
def test_a_number_that_cannot_be_true_is_refused(value: str, why: str) -> None:
    with pytest.raises(RuleBroken, match=why) as refused:
        targets.check_value(PATENTS, D(value))
    assert refused.value.field == "value"


def test_decimals_are_taken_as_far_as_the_measure_goes() -> None:
    share = replace(PATENTS, decimals=2)
    assert targets.check_value(share, D("36.50")) == D("36.5")
    with pytest.raises(RuleBroken, match="最多 2 位小数"):
        targets.check_value(share, D("36.505"))


@pytest.mark.parametrize("year", [2018, 2027, 0, 99_999])
def test_a_year_of_which_nothing_can_be_known_is_refused(year: int) -> None:
    with pytest.raises(RuleBroken, match="2019 年至 2026 年"):
        targets.check_year(PATENTS, year, date(2026, 11, 28))
    targets.check_year(PATENTS, 2019, date(2026, 11, 28))
    targets.check_year(PATENTS, 2026, date(2026, 11, 28))


@pytest.mark.parametrize("year", [2019, 2037])
def test_a_plan_is_made_after_the_base_and_not_for_ever(year: int) -> None:
    with pytest.raises(RuleBroken, match="2020 年至 2036 年"):
        targets.check_plan_year(PATENTS, year, date(2026, 11, 28))


@pytest.mark.parametrize(
    ("value", "words"), [("31500", "31,500"), ("36.5000", "36.5"), ("0", "0"), ("1E+3", "1,000"), ("0.0001", "0.0001")]
)
def test_a_number_is_written_without_noughts_at_its_end(value: str, words: str) -> None:
    assert targets.written(D(value)) == words


@pytest.mark.parametrize(
    ("direction", "value", "expected"),
    [
        (Direction.AT_LEAST, "31500", Standing.REACHED),
        (Direction.AT_LEAST, "20000", Standing.IN_PART),
        (Direction.AT_MOST, "20000", Standing.IN_PART),
    ],
)
def test_a_sum_in_which_a_district_is_missing_is_reached_or_not_judged(
    direction: Direction, value: str, expected: Standing
) -> None:
    target = of(direction)
    assert targets.in_part(target, targets.judge(target, 2022, D(value), PLAN)).standing is expected


def test_nothing_more_is_said_of_what_has_no_value_or_no_plan() -> None:
    for judged in (targets.judge(PATENTS, 2022, None, PLAN), targets.judge(PATENTS, 2022, D(1), {})):
        assert targets.in_part(PATENTS, judged) == judged
