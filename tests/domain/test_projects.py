"""Calls for projects: their days, whom they are for, and which course a project takes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.domain.errors import RuleBroken
from app.domain.roster import projects
from app.domain.roster.projects import Channel, Level, ProjectKind, Stage, Terms

TODAY = date(2026, 3, 2)
TERMS = Terms(
    title="2026 年省级高价值专利培育项目",
    level=Level.PROVINCIAL,
    kind=ProjectKind.HIGH_VALUE,
    industries=("robots",),
    conditions="有发明专利二十件以上",
    places=5,
    opens_on=date(2026, 3, 2),
    closes_on=date(2026, 6, 30),
    members_only=False,
)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"closes_on": date(2026, 3, 1)}, "closes_on"),
        ({"opens_on": date(2026, 1, 1), "closes_on": date(2026, 3, 1)}, "closes_on"),
        ({"closes_on": date(2027, 3, 3)}, "closes_on"),
        ({"places": 0}, "places"),
        ({"places": 10000}, "places"),
        ({"kind": ProjectKind.NAVIGATION}, "members_only"),
    ],
)
def test_what_cannot_be_published_is_refused_beside_its_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        projects.refuse_misfits(replace(TERMS, **changes), TODAY)
    assert refused.value.field == field


def test_what_fits_is_not_refused() -> None:
    projects.refuse_misfits(TERMS, TODAY)
    projects.refuse_misfits(replace(TERMS, places=None, closes_on=TODAY), TODAY)
    projects.refuse_misfits(replace(TERMS, kind=ProjectKind.NAVIGATION, members_only=True), TODAY)
    projects.refuse_misfits(replace(TERMS, kind=ProjectKind.INDUSTRY_NAVIGATION), TODAY)


def test_both_days_belong_to_the_window() -> None:
    days = [date(2026, 3, 1), date(2026, 3, 2), date(2026, 6, 30), date(2026, 7, 1)]
    stages = [projects.stage(TERMS.opens_on, TERMS.closes_on, day) for day in days]
    assert stages == [Stage.COMING, Stage.OPEN, Stage.OPEN, Stage.ENDED]


@pytest.mark.parametrize(
    ("industries", "members_only", "industry", "expected"),
    [
        ([], False, None, True),
        ([], True, None, False),
        (["robots"], False, None, False),
        ([], True, "robots", True),
        (["robots"], True, "robots", True),
        (["robots"], False, "energy", False),
    ],
)
def test_a_call_is_shown_first_to_whom_it_is_for(
    industries: list[str], members_only: bool, industry: str | None, expected: bool
) -> None:
    assert projects.fits(industries, members_only=members_only, industry=industry) is expected


@pytest.mark.parametrize("member", [True, False])
def test_the_channel_follows_from_membership_alone(member: bool) -> None:
    assert projects.channel(member=member) is (Channel.GREEN if member else Channel.ORDINARY)


def test_nobody_files_outside_the_days_or_for_what_is_for_members() -> None:
    said = {"opens_on": TERMS.opens_on, "closes_on": TERMS.closes_on}
    for day, members_only, member in (
        (date(2026, 3, 1), False, True),
        (date(2026, 7, 1), False, True),
        (TODAY, True, False),
    ):
        with pytest.raises(RuleBroken) as refused:
            projects.refuse_outside(**said, members_only=members_only, member=member, today=day)
        assert refused.value.field == "call_number"
    projects.refuse_outside(**said, members_only=True, member=True, today=TODAY)
    projects.refuse_outside(**said, members_only=False, member=False, today=date(2026, 6, 30))
