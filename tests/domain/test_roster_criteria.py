"""What criteria of the roster must be, how two versions differ, and that a decision table says what they say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from app.domain.errors import RuleBroken
from app.domain.roster import criteria, table
from app.domain.roster.criteria import Criteria, Dimension, Indicator
from app.domain.texts import Text
from app.engine.decisions import read_decisions
from app.queries.roster_criteria import read
from app.services.roster_criteria import written

GIVEN = (Path(__file__).parents[2] / "workflows" / "schedule" / "roster_criteria.dmn").read_text()


def indicator(key: str, weight: int, **changes: Any) -> Indicator:
    one = Indicator(key, Text(key, key), weight, Text("看什么", "what"), Dimension.CREATION)
    return replace(one, **changes)


SOME = Criteria((indicator("one", 50), indicator("two", 30, least=40), indicator("three", 20)), 60)


def told(said: Criteria) -> list[tuple[str, str]]:
    return [(flaw.indicator, str(flaw.refusal)) for flaw in criteria.flaws(said)]


def test_what_comes_with_the_product_has_no_flaw() -> None:
    said = read(GIVEN)
    assert told(said) == [] and told(SOME) == []
    assert {one.dimension for one in said.indicators} == set(Dimension)
    assert all(one.name.en and one.asked.en for one in said.indicators)


@pytest.mark.parametrize(
    ("changes", "where", "why"),
    [
        ({"weight": 0}, "one", "权重应当大于 0"),
        ({"weight": -5}, "one", "权重应当大于 0"),
        ({"weight": 100}, "one", "权重应当大于 0"),
        ({"least": 100}, "one", "最低分应当不小于 0"),
        ({"least": -1}, "one", "最低分应当不小于 0"),
        ({"name": Text(" ", "x")}, "one", "缺少指标名称"),
        ({"asked": Text("", "x")}, "one", "缺少指标名称"),
        ({"weight": 49}, "", "权重合计应当是 100，现在是 99"),
        ({"key": "two"}, "two", "指标代码重复"),
    ],
)
def test_an_indicator_that_cannot_be(changes: dict[str, Any], where: str, why: str) -> None:
    first, *others = SOME.indicators
    found = told(replace(SOME, indicators=(replace(first, **changes), *others)))
    assert any(at == where and why in sentence for at, sentence in found), found


@pytest.mark.parametrize("least", [0, -1, 100, 101])
def test_the_total_needed_lies_between_nothing_and_all(least: int) -> None:
    assert told(replace(SOME, least=least)) == [("", "总分的入围线应当大于 0，小于 100")]


@pytest.mark.parametrize("weights", [(60, 40), (4,) * 19 + (24,) + (0,), (5,) * 21])
def test_there_are_neither_too_few_nor_too_many(weights: tuple[int, ...]) -> None:
    said = Criteria(tuple(indicator(f"i_{chr(97 + n)}", weight) for n, weight in enumerate(weights)), 60)
    assert ("", "指标应当是 3 至 20 项") in told(said)


def test_how_two_versions_differ() -> None:
    first, second, third = SOME.indicators
    now = replace(SOME, indicators=(replace(first, weight=40), second, indicator("four", 30)))
    found = criteria.differences(SOME, now)
    assert [(d.was and d.was.key, d.now and d.now.key) for d in found] == [
        ("one", "one"),
        (None, "four"),
        ("three", None),
    ]
    assert found[0].fields == ("weight",)
    assert third.weight == 20 and criteria.differences(SOME, SOME) == []


WORDS = st.text("专利；、Aa1<>&'\"\\%{}?", min_size=1, max_size=20)
KEYS = st.from_regex(r"[a-z][a-z_]{1,10}", fullmatch=True).filter(lambda key: key != table.TOTAL)
INDICATORS = st.builds(
    Indicator,
    key=KEYS,
    name=st.builds(Text, WORDS, WORDS),
    weight=st.integers(1, 99),
    asked=st.builds(Text, WORDS, WORDS),
    dimension=st.sampled_from(Dimension),
    least=st.integers(0, 99),
)
ANY = st.builds(
    Criteria,
    indicators=st.lists(INDICATORS, min_size=1, max_size=6, unique_by=lambda one: one.key).map(tuple),
    least=st.integers(1, 99),
)


@given(ANY)
def test_a_decision_table_says_what_the_criteria_say(said: Criteria) -> None:
    assert read(written(said)) == said


def test_the_engine_decides_by_the_same_table() -> None:
    [decision] = read_decisions(etree.fromstring(GIVEN.encode()))
    assert decision.decide({"indicator": "management"})["least"] == 30
    assert decision.decide({"indicator": table.TOTAL})["least"] == read(GIVEN).least


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (GIVEN.replace('"creation"', '"creativity"', 1), "第 1 行看不懂"),
        (GIVEN.replace('"brands"', '"Brands 2"'), "第 2 行看不懂"),
        (GIVEN.replace('"total"', '"sum"'), "看不懂"),
        (GIVEN.replace('name="asked_en"', 'name="said"'), "决策表的列与规定的列不符"),
        ("<nothing>", "决策表无法读取"),
    ],
)
def test_a_table_that_cannot_be_read_says_where(wrong: str, why: str) -> None:
    with pytest.raises(RuleBroken, match=why):
        read(wrong)


def test_a_table_without_a_total_is_refused() -> None:
    rows = [((table.condition(key),), cells) for key, cells in table.rows_of(SOME)]
    assert table.criteria_of(rows) == SOME
    with pytest.raises(RuleBroken, match="缺少总分入围线"):
        table.criteria_of(rows[:-1])
