"""What a version of the schedule must be: no gap, no overlap, no amount that cannot be; and how two versions differ."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import engine
from app.domain.awards import schedule
from app.domain.awards.kinds import Applicant, Evidence, Item, Mode
from app.domain.awards.schedule import Award, Needed
from app.domain.errors import RuleBroken
from app.domain.texts import Text
from app.engine.decisions import NoDecision, read_decisions
from app.queries.award_schedule import read
from app.services.award_schedule import written

MARK = Award(
    id="AW05",
    name=Text("驰名商标认定", "Well-known mark"),
    since=date(2020, 1, 1),
    mode=Mode.PER_ITEM,
    amount=300_000,
    item=Item.MARK,
    applicants=frozenset({Applicant.ENTERPRISE}),
    evidence=(Needed(Evidence.RECOGNITION), Needed(Evidence.MARK_CHANGES, secondary=True)),
    section="二(一)5",
)
DEAL = replace(MARK, id="AW11", mode=Mode.PERCENT, amount=None, rate=500, cap=1_000_000, item=Item.DEAL)


def told(*lines: Award, before: tuple[Award, ...] = ()) -> list[tuple[str, str]]:
    return [(flaw.award, str(flaw.refusal)) for flaw in schedule.flaws(lines, before)]


def test_a_version_without_flaws() -> None:
    assert told(MARK, DEAL) == []


@pytest.mark.parametrize(
    ("line", "changes", "why"),
    [
        (MARK, {"amount": None}, "金额应当大于 0"),
        (MARK, {"amount": 0}, "金额应当大于 0"),
        (MARK, {"amount": -5}, "金额应当大于 0"),
        (MARK, {"amount": 100_000_001}, "金额应当大于 0"),
        (MARK, {"rate": 5}, "只有按比例"),
        (MARK, {"cap": 200_000}, "年度上限低于"),
        (MARK, {"until": date(2019, 12, 31)}, "截止日期早于"),
        (MARK, {"name": Text(" ", "x")}, "缺少奖项名称"),
        (MARK, {"section": ""}, "缺少奖项名称"),
        (MARK, {"applicants": frozenset()}, "缺少申报主体"),
        (MARK, {"evidence": ()}, "缺少申报主体"),
        (DEAL, {"rate": None}, "比例应当大于 0"),
        (DEAL, {"rate": 10_001}, "比例应当大于 0"),
        (DEAL, {"amount": 5}, "不填定额"),
        (DEAL, {"cap": 0}, "年度上限应当大于 0"),
    ],
)
def test_amounts_that_cannot_be(line: Award, changes: dict[str, Any], why: str) -> None:
    [(award, said)] = told(replace(line, **changes))
    assert award == line.id and why in said


def test_gaps_and_overlaps_are_named_by_their_days() -> None:
    first = replace(MARK, until=date(2026, 12, 31))
    [(_, gap)] = told(first, replace(MARK, since=date(2027, 1, 3)))
    assert gap == "2027年1月1日 至 2027年1月2日 没有标准"
    [(_, overlap)] = told(first, replace(MARK, since=date(2026, 12, 31)))
    assert overlap == "与 2026年12月31日 起的标准在时间上重叠"
    assert told(first, replace(MARK, since=date(2027, 1, 1))) == []
    assert len(told(MARK, replace(MARK, since=date(2027, 1, 1)))) == 1  # the first one has no last day


def test_an_award_does_not_just_go_missing() -> None:
    assert told(MARK, before=(MARK, DEAL)) == [("AW11", "缺少这一奖项；不再实行的，请写明截止日期")]
    assert told(MARK, replace(DEAL, until=date(2026, 12, 31)), before=(MARK, DEAL)) == []


def test_a_day_finds_its_line_or_says_why_not() -> None:
    lines = (replace(MARK, until=date(2026, 12, 31)), replace(MARK, since=date(2027, 1, 1), amount=250_000))
    assert schedule.on_day(lines, "AW05", date(2026, 12, 31)).amount == 300_000
    assert schedule.on_day(lines, "AW05", date(2027, 1, 1)).amount == 250_000
    with pytest.raises(RuleBroken, match="没有标准"):
        schedule.on_day(lines, "AW05", date(2019, 12, 31))
    with pytest.raises(RuleBroken, match="没有“AW99”"):
        schedule.on_day(lines, "AW99", date(2026, 1, 1))


def test_what_changed_between_two_versions() -> None:
    dearer = replace(MARK, amount=350_000, basis="佛知〔2026〕1号")
    found = schedule.differences((MARK, DEAL), (dearer, replace(DEAL, id="AW21")))
    assert [(d.was, d.now, d.fields) for d in found] == [
        (MARK, dearer, ("amount", "basis")),
        (None, replace(DEAL, id="AW21"), found[1].fields),
        (DEAL, None, found[2].fields),
    ]
    turned_round = replace(MARK, evidence=MARK.evidence[::-1])
    assert schedule.differences((MARK,), (turned_round,)) == []


# -- as a decision table ---------------------------------------------------------------------------------------------

LINES = st.builds(
    Award,
    id=st.from_regex(r"AW[0-9]{2}", fullmatch=True),
    name=st.builds(Text, st.sampled_from(["商标", 'a "b" <c> & \\d']), st.just("mark")),
    since=st.dates(date(2020, 1, 1), date(2025, 1, 1)),
    until=st.none() | st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    mode=st.sampled_from(Mode),
    amount=st.none() | st.integers(1, 10**8),
    rate=st.none() | st.integers(1, 10**4),
    cap=st.none() | st.integers(1, 10**8),
    item=st.sampled_from(Item),
    applicants=st.frozensets(st.sampled_from(Applicant)),
    evidence=st.lists(st.builds(Needed, st.sampled_from(Evidence), st.booleans()), max_size=4).map(tuple),
    section=st.just("二(一)5"),
    basis=st.sampled_from(["", "佛知〔2019〕2号"]),
)


@given(st.lists(LINES, max_size=4))
def test_a_schedule_is_the_same_after_it_was_written_as_a_table(lines: list[Award]) -> None:
    assert read(written(lines)) == tuple(lines)


@given(st.dates(date(2025, 6, 1), date(2028, 6, 1)))
def test_the_table_itself_decides_as_the_lines_say(day: date) -> None:
    from lxml import etree

    lines = (
        replace(MARK, until=date(2026, 12, 31)),
        replace(MARK, since=date(2027, 1, 1), until=date(2027, 6, 30), amount=250_000),
        DEAL,
    )
    [decision] = read_decisions(etree.fromstring(written(lines).encode()))
    data = {"award": "AW05", "day": day.isoformat()}
    try:
        line = schedule.on_day(lines, "AW05", day)
    except RuleBroken:
        with pytest.raises(NoDecision):
            decision.decide(data)
    else:
        assert decision.decide(data)["amount"] == line.amount


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('"AW05"', "award"),
        ("? &gt;= ", "? &lt;= "),
        ('"per_item"', '"by chance"'),
        ("300000", '"much"'),
        ("300000", "300000 + day"),
        ('name="section"', 'name="chapter"'),
        ("<decision ", "<decided "),
    ],
)
def test_a_table_that_says_something_else_is_refused(was: str, becomes: str) -> None:
    text = written([MARK])
    assert was in text
    with pytest.raises(RuleBroken):
        read(text.replace(was, becomes))


def test_a_sheet_is_written_so_that_a_person_can_read_it() -> None:
    lines = written([MARK]).splitlines()
    assert any('<text>"AW05"</text>' in line for line in lines)
    assert engine.read_sheet(written([MARK]).encode()).lines[0].conditions == ('"AW05"', '? >= "2020-01-01"')
