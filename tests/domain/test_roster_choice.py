"""What evaluators' scores come to, and who is on the shortlist within places and quotas."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import RuleBroken
from app.domain.roster import scores
from app.domain.roster.shortlist import Nominee, Quota, Share, Standing, chosen, shortlist
from tests.domain.test_roster_criteria import SOME


def sheet(one: int, two: int, three: int) -> dict[str, int]:
    return {"one": one, "two": two, "three": three}


def test_the_total_is_the_mean_of_the_weighted_totals() -> None:
    found = scores.result(SOME, [sheet(80, 70, 60), sheet(90, 60, 50), sheet(71, 50, 40)])
    # 73.00, 73.00 and 58.50
    assert (found.total, found.passed, found.short) == (Decimal("68.17"), True, ())
    assert found.points == {"one": Decimal("80.33"), "two": Decimal("60.00"), "three": Decimal("50.00")}
    assert (found.spread.least, found.spread.most, found.spread.outliers) == (Decimal("58.50"), Decimal("73.00"), ())


@pytest.mark.parametrize(
    ("sheets", "passed", "short"),
    [
        ([sheet(60, 60, 60)] * 3, True, ()),
        ([sheet(60, 60, 60)] * 2 + [sheet(59, 60, 60)], False, ()),
        ([sheet(100, 39, 100)] * 3, False, ("two",)),
        ([sheet(100, 40, 100)] * 3, True, ()),
        ([sheet(100, 41, 100), sheet(100, 41, 100), sheet(100, 37, 100)], False, ("two",)),
    ],
)
def test_both_thresholds_hold_to_the_hundredth(sheets: Any, passed: bool, short: tuple[str, ...]) -> None:
    found = scores.result(SOME, sheets)
    assert (found.passed, found.short) == (passed, short)


def test_fewer_than_three_do_not_decide_and_points_are_points() -> None:
    with pytest.raises(RuleBroken, match="至少要有 3 名"):
        scores.result(SOME, [sheet(60, 60, 60)] * 2)
    for wrong in (sheet(101, 60, 60), sheet(-1, 60, 60), {"one": 60, "two": 60}):
        with pytest.raises(RuleBroken, match="0 至 100"):
            scores.result(SOME, [wrong, sheet(60, 60, 60), sheet(60, 60, 60)])


def test_a_score_far_from_the_others_is_flagged() -> None:
    assert scores.result(SOME, [sheet(90, 90, 90), sheet(88, 88, 88), sheet(50, 50, 50)]).spread.outliers == (2,)


def nominee(number: int, total: int | str, district: str = "南海", industry: str = "陶瓷", **changes: Any) -> Nominee:
    given = {"passed": True, **changes}
    return Nominee(number, f"{number:04}", district, industry, Decimal(total), **given)


def test_the_best_come_in_until_the_places_are_gone() -> None:
    found = shortlist([nominee(1, 70), nominee(2, 90), nominee(3, 80), nominee(4, 99, passed=False)], Quota(2))
    assert found == {4: Standing.BELOW, 2: Standing.CHOSEN, 3: Standing.CHOSEN, 1: Standing.PLACES}
    assert chosen(found) == [2, 3]


def test_equal_totals_are_told_apart_by_the_heaviest_indicator_and_then_by_who_came_first() -> None:
    some = [nominee(3, 80, tie=(Decimal(50),)), nominee(2, 80, tie=(Decimal(70),)), nominee(1, 80, tie=(Decimal(60),))]
    assert list(shortlist(some, Quota(1))) == [2, 1, 3]
    assert chosen(shortlist([nominee(9, 80), nominee(8, 80)], Quota(1))) == [8]


def test_nobody_is_taken_beyond_what_a_district_or_an_industry_has() -> None:
    some = [
        nominee(1, 95, "南海", "陶瓷"),
        nominee(2, 94, "南海", "家电"),
        nominee(3, 93, "顺德", "陶瓷"),
        nominee(4, 92, "顺德", "家电"),
        nominee(5, 91, "三水", "食品"),
    ]
    quota = Quota(4, districts={"南海": Share(most=1)}, industries={"陶瓷": Share(most=1)})
    found = shortlist(some, quota)
    assert chosen(found) == [1, 4, 5]
    assert found[2] == found[3] == Standing.QUOTA


def test_reserved_places_go_to_the_best_who_passed() -> None:
    some = [nominee(n, 90 - n, "南海") for n in range(1, 4)]
    some += [nominee(8, 60, "三水"), nominee(9, 61, "三水", passed=False)]
    found = shortlist(some, Quota(3, districts={"三水": Share(least=2)}))
    assert found[8] == Standing.RESERVED and found[9] == Standing.BELOW
    assert chosen(found) == [1, 2, 8]


@pytest.mark.parametrize(
    ("quota", "field", "why"),
    [
        (Quota(0), "places", "名额至少是 1"),
        (Quota(2, districts={"南海": Share(2, 1)}), "districts", "不能多于上限"),
        (Quota(2, industries={"陶瓷": Share(-1)}), "industries", "不能小于 0"),
        (Quota(2, industries={"陶瓷": Share(most=-1)}), "industries", "不能小于 0"),
        (Quota(2, districts={"南海": Share(2), "顺德": Share(1)}), "districts", "超过全部名额"),
    ],
)
def test_a_quota_that_cannot_be_kept_is_refused(quota: Quota, field: str, why: str) -> None:
    with pytest.raises(RuleBroken, match=why) as refused:
        shortlist([nominee(1, 90)], quota)
    assert refused.value.field == field


DISTRICTS, INDUSTRIES = ("南海", "顺德", "三水"), ("陶瓷", "家电")
NOMINEES = st.lists(
    st.builds(
        Nominee,
        id=st.integers(1, 999),
        number=st.just("1"),
        district=st.sampled_from(DISTRICTS),
        industry=st.sampled_from(INDUSTRIES),
        total=st.integers(0, 100).map(Decimal),
        passed=st.booleans(),
    ),
    max_size=25,
    unique_by=lambda one: one.id,
)
SHARES = st.builds(
    lambda least, more: Share(least, None if more is None else least + more),
    st.integers(0, 2),
    st.none() | st.integers(0, 4),
)


@given(
    NOMINEES,
    st.integers(6, 12),
    st.dictionaries(st.sampled_from(DISTRICTS), SHARES),
    st.dictionaries(st.sampled_from(INDUSTRIES), SHARES),
)
def test_places_and_quotas_hold_and_nobody_is_left_out_for_nothing(
    nominees: list[Nominee], places: int, districts: dict[str, Share], industries: dict[str, Share]
) -> None:
    quota = Quota(places, districts, industries)
    found = shortlist(nominees, quota)
    assert set(found) == {one.id for one in nominees}
    taken = [one for one in nominees if one.id in chosen(found)]
    assert len(taken) <= places and all(one.passed for one in taken)

    def room(one: Nominee) -> bool:
        near = (
            (districts.get(one.district, Share()).most, sum(t.district == one.district for t in taken)),
            (industries.get(one.industry, Share()).most, sum(t.industry == one.industry for t in taken)),
        )
        return len(taken) < places and all(most is None or there < most for most, there in near)

    for shares, where in ((districts, "district"), (industries, "industry")):
        for name, share in shares.items():
            assert share.most is None or sum(getattr(one, where) == name for one in taken) <= share.most
    for one in nominees:
        if one.passed and one.id not in chosen(found):
            assert not room(one)
    assert found == shortlist(list(reversed(nominees)), quota)
