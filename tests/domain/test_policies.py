"""What a policy may say, how long it holds, and what came of its pushes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.errors import RuleBroken
from app.domain.policies import Answer, Standing, Tally, check_link, refuse_misfits, standing
from tests.factories.policies import TERMS

TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"topics": ()}, "topics"),
        ({"issued_on": TODAY + DAY}, "issued_on"),
        ({"valid_until": TERMS.issued_on}, "valid_until"),
        ({"valid_until": TODAY - DAY}, "valid_until"),
        ({"calls_for_projects": True}, "closes_on"),
        ({"calls_for_projects": True, "closes_on": TODAY - DAY}, "closes_on"),
        ({"calls_for_projects": True, "closes_on": TERMS.issued_on}, "closes_on"),
        ({"link": "http://www.foshan.gov.cn"}, "link"),
    ],
)
def test_a_policy_that_cannot_be_is_refused_beside_its_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        refuse_misfits(replace(TERMS, **changes), TODAY)
    assert refusal.value.field == field


def test_a_policy_may_end_and_close_today() -> None:
    refuse_misfits(replace(TERMS, valid_until=TODAY, calls_for_projects=True, closes_on=TODAY), TODAY)


@pytest.mark.parametrize("link", ["", "https://www.foshan.gov.cn/zwgk/8.html?id=1#top", "https://gov.cn"])
def test_an_address_over_https_is_taken(link: str) -> None:
    check_link(link)


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "//gov.cn",
        "https://",
        "https://localhost",
        "https://gov.cn@evil.cn/",
        "https://[gov.cn",
        "https://gov.cn:x/",
        "https://gov.cn/a b",
        'https://gov.cn/"x',
        "ftp://gov.cn",
        "HTTPS://gov.cn",
    ],
)
def test_any_other_address_is_none(link: str) -> None:
    with pytest.raises(RuleBroken):
        check_link(link)


def test_a_policy_holds_on_its_last_day_and_not_on_the_day_of_its_repeal() -> None:
    assert standing(None, None, None, TODAY) is Standing.IN_FORCE
    assert standing(TODAY, None, None, TODAY) is Standing.IN_FORCE
    assert standing(TODAY - DAY, None, None, TODAY) is Standing.EXPIRED
    assert standing(None, "repealed", TODAY + DAY, TODAY) is Standing.IN_FORCE
    assert standing(TODAY - DAY, "repealed", TODAY, TODAY) is Standing.REPEALED
    assert standing(None, "replaced", TODAY, TODAY) is Standing.REPLACED


def test_pushes_are_counted_by_their_answers() -> None:
    tally = Tally()
    for answer in (None, Answer.NOTED, Answer.WILL_APPLY, Answer.WILL_APPLY, Answer.NOT_FOR_US):
        tally.count(answer)
    assert (tally.pushed, tally.answered, tally.will_apply, tally.not_for_us) == (5, 4, 2, 1)
