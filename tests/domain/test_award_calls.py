"""What a call may say, where it stands on a day, and who fits which award."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.domain.awards import calls
from app.domain.awards.calls import CallStage
from app.domain.awards.kinds import Applicant, Item
from app.domain.errors import RuleBroken
from app.domain.organizations import OrgKind
from app.queries.award_schedule import read
from tests.factories.awards import TERMS

TODAY = date(2026, 6, 1)
LINES = read((Path(__file__).parents[2] / "workflows" / "schedule" / "awards.dmn").read_text())


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (date(2026, 3, 1), CallStage.COMING),
        (date(2026, 3, 2), CallStage.OPEN),
        (date(2026, 6, 30), CallStage.OPEN),
        (date(2026, 7, 1), CallStage.ENDED),
    ],
)
def test_both_days_of_the_window_belong_to_the_call(day: date, stage: CallStage) -> None:
    assert TERMS.stage(day) is stage


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"closes_on": date(2026, 3, 1)}, "closes_on"),
        ({"opens_on": date(2026, 1, 1), "closes_on": date(2026, 5, 31)}, "closes_on"),
        ({"closes_on": date(2028, 1, 1)}, "closes_on"),
        ({"budget": Decimal(0)}, "budget"),
        ({"budget": Decimal(-5)}, "budget"),
        ({"budget": Decimal(10) ** 11}, "budget"),
        ({"awards": ()}, "awards"),
        ({"awards": ("AW77",)}, "awards"),
    ],
)
def test_what_cannot_be_published_is_refused_beside_its_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        calls.refuse_misfits(replace(TERMS, **changes), LINES, TODAY)
    assert refusal.value.field == field
    calls.refuse_misfits(TERMS, LINES, TODAY)


def test_awards_fit_by_applicant_item_and_day() -> None:
    def found(applicant: Applicant, item: Item | None = None, day: date = TODAY) -> list[str]:
        return [one.id for one in calls.fitting(LINES, applicant=applicant, item=item, day=day)]

    assert found(Applicant.BRANCH, Item.AGENCY) == ["AW20"]
    assert found(Applicant.INDIVIDUAL, Item.DEAL) == ["AW11"]
    assert found(Applicant.ASSOCIATION, Item.MARK) == ["AW05", "AW06"]
    assert found(Applicant.ENTERPRISE, day=date(2019, 1, 1)) == []


@pytest.mark.parametrize(
    ("kind", "award", "may"),
    [
        (OrgKind.ENTERPRISE, "AW07", True),
        (OrgKind.AGENCY, "AW07", True),  # an agency is an enterprise
        (OrgKind.AGENCY, "AW19", True),
        (OrgKind.ENTERPRISE, "AW20", False),
        (OrgKind.BRANCH, "AW20", True),
        (OrgKind.BRANCH, "AW19", False),
        (OrgKind.FOREIGN, "AW11", False),
        (OrgKind.INDIVIDUAL, "AW12", False),
    ],
)
def test_an_award_is_for_those_the_schedule_names(kind: OrgKind, award: str, may: bool) -> None:
    line = next(one for one in LINES if one.id == award)
    assert calls.may_apply(kind, line) is may
