"""What a course may say, who earns a certificate, and how its number is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from app.clock import ZONE
from app.domain.errors import RuleBroken
from app.domain.roster import training
from app.domain.roster.training import Subject, Terms

BEGINS = datetime(2026, 12, 10, 9, tzinfo=ZONE)
HOUR = timedelta(hours=1)
COURSE = Terms(
    title="专利布局实务",
    subject=Subject.PATENTS,
    teacher="邓老师",
    provider="市知识产权人才学院",
    venue="301 室",
    begins_at=BEGINS,
    ends_at=BEGINS + 7 * HOUR,
    signup_until=BEGINS,
    hours=Decimal("6.5"),
    places=300,
    members_only=False,
    pass_mark=100,
)


def test_a_course_at_its_limits_is_taken() -> None:
    training.check(COURSE)
    training.check(replace(COURSE, places=1, pass_mark=1, hours=Decimal(200)))


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"ends_at": BEGINS}, "ends_at"),
        ({"signup_until": BEGINS + HOUR}, "signup_until"),
        ({"hours": Decimal(0)}, "hours"),
        ({"hours": Decimal("200.5")}, "hours"),
        ({"places": 0}, "places"),
        ({"places": 301}, "places"),
        ({"pass_mark": 0}, "pass_mark"),
        ({"pass_mark": 101}, "pass_mark"),
    ],
)
def test_a_course_that_cannot_be_is_refused(changes: dict[str, Any], where: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        training.check(replace(COURSE, **changes))
    assert refusal.value.field == where


def test_a_course_that_nobody_could_sign_up_for_is_not_announced() -> None:
    training.check_announced(COURSE, BEGINS - HOUR)
    with pytest.raises(RuleBroken):
        training.check_announced(COURSE, BEGINS)


@pytest.mark.parametrize(
    ("attended", "points", "pass_mark", "earns"),
    [
        (None, None, None, False),
        (False, None, None, False),
        (True, None, None, True),
        (True, 59, None, True),
        (True, None, 60, False),
        (True, 59, 60, False),
        (True, 60, 60, True),
    ],
)
def test_a_certificate_is_earned_by_coming_and_passing(
    attended: bool | None, points: int | None, pass_mark: int | None, earns: bool
) -> None:
    assert training.earns_certificate(attended, points, pass_mark) is earns


@pytest.mark.parametrize(("attended", "points"), [(False, 0), (True, -1), (True, 101)])
def test_points_that_cannot_be_are_refused(attended: bool, points: int) -> None:
    with pytest.raises(RuleBroken):
        training.check_result(attended, points)


@pytest.mark.parametrize(
    "typed",
    ["PX2026-7KQ2M9XF", " px2026 7kq2m9xf ", "ＰＸ２０２６－７ＫＱ２Ｍ９ＸＦ", "2026—7KQ2M9XF", "PX20267KQ2M9XF"],
)
def test_a_number_is_read_however_it_is_typed(typed: str) -> None:
    assert training.read_certificate(typed) == training.certificate_number(2026, "7KQ2M9XF")


@pytest.mark.parametrize(
    "typed", ["", "PX2026", "PX2026-7KQ2M9X", "PX2026-7KQ2M9XFF", "PX1026-7KQ2M9XF", "PX2026-OI102345"]
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(RuleBroken, match="PX2026-7KQ2M9XF"):
        training.read_certificate(typed)
