"""What awards come to: every amount of the programme, every way of counting, and a naive count beside ours."""

from __future__ import annotations

import json
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.awards import grants, schedule
from app.domain.awards.grants import Claim, Rounding
from app.domain.awards.kinds import Mode
from app.domain.awards.schedule import Award
from app.domain.errors import RuleBroken
from app.queries.award_schedule import read

DAY = date(2026, 5, 1)
LINES = read((Path(__file__).parents[2] / "workflows" / "schedule" / "awards.dmn").read_text())
IDS = [f"AW{n:02}" for n in range(1, 21)]

# The amounts of the programme, part 2, by section; in yuan.
FIXED = {
    "AW01": 100_000,
    "AW02": 2_000_000,
    "AW03": 1_000_000,
    "AW04": 1_000_000,
    "AW05": 300_000,
    "AW06": 200_000,
    "AW07": 500_000,
    "AW08": 300_000,
    "AW09": 200_000,
    "AW10": 200_000,
    "AW13": 500_000,
    "AW14": 300_000,
    "AW15": 200_000,
    "AW19": 200_000,
    "AW20": 100_000,
}
CEILINGS = {"AW16": 300_000, "AW17": 200_000, "AW18": 100_000}


def award(key: str) -> Award:
    return schedule.on_day(LINES, key, DAY)


def amount(key: str, rounding: Rounding = Rounding.YUAN, **claim: Any) -> str:
    numbers = {
        name: value if isinstance(value, int) and name == "items" else Decimal(value) for name, value in claim.items()
    }
    return f"{grants.compute(award(key), Claim(**numbers), year=2026, rounding=rounding).amount:.2f}"


def test_the_schedule_holds_the_twenty_awards() -> None:
    assert [line.id for line in LINES] == IDS
    assert not schedule.flaws(LINES)


@pytest.mark.parametrize(("key", "given"), FIXED.items())
def test_a_fixed_award_gives_what_the_programme_says(key: str, given: int) -> None:
    assert amount(key) == f"{given}.00"


@pytest.mark.parametrize(("key", "most"), CEILINGS.items())
def test_an_award_with_a_ceiling_gives_what_was_approved_up_to_it(key: str, most: int) -> None:
    assert amount(key, approved=most) == f"{most}.00"
    assert amount(key, approved=most - 1) == f"{most - 1}.00"
    assert amount(key, approved=2 * most, items=2) == f"{2 * most}.00"
    with pytest.raises(RuleBroken, match="不得超过") as refused:
        amount(key, approved=f"{most}.01")
    assert refused.value.field == "approved"


@pytest.mark.parametrize(
    ("key", "claim", "given"),
    [
        ("AW11", {"base": 10_000}, "500.00"),
        ("AW11", {"base": 20_000_000}, "1000000.00"),
        ("AW11", {"base": 20_000_020}, "1000000.00"),
        ("AW11", {"base": 30_000_000, "already": 600_000}, "400000.00"),
        ("AW11", {"base": 30_000_000, "already": 1_000_000}, "0.00"),
        ("AW11", {"base": 30_000_000, "already": 1_200_000}, "0.00"),
        ("AW11", {"base": "333333.33"}, "16666.00"),
        ("AW12", {"base": 1_000_000}, "300000.00"),
        ("AW12", {"base": "12345.67"}, "6172.00"),
        ("AW12", {"base": 100_000, "ratio": "0.5"}, "25000.00"),
        ("AW12", {"base": 1_000_000, "already": 100_000, "ratio": "0.333"}, "66600.00"),
        ("AW05", {"items": 3}, "900000.00"),
        ("AW05", {"ratio": "0.857"}, "257100.00"),
        ("AW01", {"ratio": "0.3333333"}, "33333.00"),
    ],
)
def test_percentages_caps_and_ratios(key: str, claim: dict[str, Any], given: str) -> None:
    assert amount(key, **claim) == given


def test_an_office_may_round_to_the_cent() -> None:
    assert amount("AW12", Rounding.CENT, base="12345.67") == "6172.83"


def test_the_steps_say_how_in_both_languages() -> None:
    grant = grants.compute(award("AW11"), Claim(base=Decimal(30_000_000), already=Decimal(600_000)), year=2026)
    assert [step.en for step in grant.steps] == [
        "5 % of 30,000,000 is 1,500,000",
        "cap 1,000,000 a year",
        "600,000 already granted in 2026, 400,000 left",
        "so 400,000",
    ]
    assert grant.steps[0].zh == "30,000,000 元的 5% 是 1,500,000 元"
    assert (grant.amount, grant.computed) == (Decimal("400000.00"), Decimal("1500000.00"))


@pytest.mark.parametrize(
    ("key", "claim", "field"),
    [
        ("AW11", {}, "base"),
        ("AW11", {"base": 0}, "base"),
        ("AW11", {"base": -5}, "base"),
        ("AW11", {"base": "1000000000000.01"}, "base"),
        ("AW11", {"base": "10.001"}, "base"),
        ("AW11", {"base": "NaN"}, "base"),
        ("AW11", {"base": 100, "items": 2}, "items"),
        ("AW11", {"base": 100, "approved": 5}, "approved"),
        ("AW11", {"base": 100, "already": -1}, "already"),
        ("AW11", {"base": 100, "ratio": 0}, "ratio"),
        ("AW11", {"base": 100, "ratio": "1.0001"}, "ratio"),
        ("AW01", {"base": 100}, "base"),
        ("AW01", {"items": 2}, "items"),
        ("AW01", {"items": 0}, "items"),
        ("AW01", {"already": 5}, "already"),
        ("AW05", {"items": 1001}, "items"),
        ("AW16", {}, "approved"),
        ("AW16", {"approved": 0}, "approved"),
        ("AW16", {"approved": -1}, "approved"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(key: str, claim: dict[str, Any], field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        amount(key, **claim)
    assert refused.value.field == field


@given(
    base=st.decimals("0.01", "99999999999.99", places=2),
    already=st.decimals("0", "2000000", places=2),
    ratio=st.decimals("0.0001", "1", places=4),
    key=st.sampled_from(["AW11", "AW12"]),
)
def test_a_percentage_agrees_with_the_naive_count(base: Decimal, already: Decimal, ratio: Decimal, key: str) -> None:
    rate, cap = {"AW11": (5, 1_000_000), "AW12": (50, 300_000)}[key]
    cents = int(base * 100) * rate // 100  # whole cents of the percentage
    left = max(cap * 100 - int(already * 100), 0)
    naive = (Decimal(min(cents, left)) * ratio / 100).to_integral_value(ROUND_FLOOR)
    grant = grants.compute(award(key), Claim(base=base, already=already, ratio=ratio), year=2026)
    assert grant.amount == naive
    assert grant.amount + already <= max(Decimal(cap), already)


def test_the_table_says_what_the_data_of_the_programme_say() -> None:
    path = Path(__file__).parent / "awards.json"
    known = {one["id"]: one for one in json.loads(path.read_text())}
    assert set(known) == set(IDS)
    for line in LINES:
        told = known[line.id]
        assert line.amount == told["amount_cny"]
        assert line.section == told["section"]
        mode = told["mode"]
        assert line.mode is (
            Mode.PERCENT if mode.startswith("percent") else Mode.CEILING if mode == "per_item_max" else Mode(mode)
        )
        if line.mode is Mode.PERCENT:
            assert mode == f"percent:{line.percent.normalize():f}%"
