"""Calls for awards as officials work on them, and what anybody sees of awards."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from app.domain.roles import Role
from app.models import OrgUnit, User, db
from app.queries import award_calls as queries
from tests.factories.awards import published
from tests.flows.office import PASSWORD, Office, account
from tests.web.browser import Browser

PAGE = "/award-calls"


def officer(office: Office, username: str, role: Role) -> Browser:
    db.session.add(account(username, "谢敏仪", role, db.session.get_one(OrgUnit, office.unit.id)))
    db.session.commit()
    return signed_in(office, username)


def signed_in(office: Office, username: str) -> Browser:
    browser = Browser(office.app)
    browser.logs_in(username, PASSWORD)
    return browser


@pytest.fixture
def reviewer(office: Office) -> Browser:
    return officer(office, "xie", Role.REVIEWER)


@pytest.fixture
def director(office: Office) -> Browser:
    return signed_in(office, "director")


def said(**changes: Any) -> dict[str, Any]:
    return {
        "heading": "2026 年度专利奖励申报",
        "mode": "application",
        "awards": ["AW11", "AW16"],
        "opens_on": "2026-03-02",
        "closes_on": "2026-06-30",
        "budget": "800万",
        "experts": "y",
        "notes": "获奖时间在 2025 年内",
        **changes,
    }


def drawn_up(reviewer: Browser) -> str:
    return reviewer.posts(PAGE, said()).headers["Location"]


def test_a_call_goes_from_the_draft_to_the_public(office: Office, reviewer: Browser, director: Browser) -> None:
    assert "还没有申报通知" in reviewer.gets(PAGE).text
    call = drawn_up(reviewer)
    assert "AW16" in reviewer.gets(call).text and "8,000,000" in reviewer.gets(call).text
    reviewer.posts(f"{call}/edit", said(budget="900万"))
    reviewer.posts(f"{call}/proposal")
    assert "等待部门负责人发布" in reviewer.gets(call).text
    Browser(office.app).gets("/awards/calls/1", expects=404)
    director.posts(f"{call}/publication")
    told = Browser(office.app).gets("/awards/calls/1").text
    assert "不超过" in told and "300,000" in told and "获奖时间在 2025 年内" in told
    assert "2026 年度专利奖励申报" in Browser(office.app).gets("/awards").text
    reviewer.posts(f"{call}/edit", said(), expects=409)
    director.posts(f"{call}/budget", {"amount": "50万", "reason": "佛财〔2026〕12号"})
    assert "9,500,000" in director.gets(call).text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"budget": "-5"}, "请填写金额"),
        ({"budget": "0"}, "预算应当大于 0"),
        ({"budget": "999亿"}, "预算应当大于 0，不超过"),
        ({"closes_on": "2026-02-01"}, "截止日期早于开始日期"),
        ({"opens_on": "2026-01-05", "closes_on": "2026-03-01"}, "截止日期已过"),
        ({"awards": []}, "请至少选择一个奖项"),
        ({"awards": ["AW99"]}, "请从列表中选择"),
        ({"heading": ""}, "请填写标题"),
        ({"mode": "lottery"}, "请从列表中选择"),
    ],
)
def test_bad_input_is_told_beside_its_field_and_keeps_nothing(
    reviewer: Browser, changes: dict[str, Any], sentence: str
) -> None:
    assert sentence in reviewer.posts(PAGE, said(**changes), expects=422).text
    assert queries.for_staff(db.session()) == []


def test_a_call_is_sent_back_or_thrown_away(reviewer: Browser, director: Browser) -> None:
    call = drawn_up(reviewer)
    reviewer.posts(f"{call}/proposal")
    director.posts(f"{call}/publication", {"send_back": "1"})
    reviewer.posts(f"{call}/proposal", {"discard": "1"})
    reviewer.gets(call, expects=404)


def test_others_do_not_see_drafts(office: Office, reviewer: Browser) -> None:
    call = drawn_up(reviewer)
    finance = officer(office, "zhou", Role.FINANCE)
    finance.gets(call)
    finance.posts(f"{call}/proposal", expects=403)
    finance.posts(f"{call}/publication", expects=403)
    for person in ("clerk", "requester"):
        signed_in(office, person).gets(call, expects=403)
    Browser(office.app).gets(call, expects=303)


def test_two_questions_say_which_award_fits(office: Office) -> None:
    anybody = Browser(office.app)
    assert "适合的奖项" not in anybody.gets("/awards/fit").text
    found = anybody.gets("/awards/fit?applicant=branch&item=agency").text
    assert "AW20" in found and "AW19" not in found
    assert "没有适合的奖项" in anybody.gets("/awards/fit?applicant=individual&item=agency").text
    anybody.gets("/awards/fit?applicant=nobody", expects=422)


def test_an_estimate_says_how_it_was_found(office: Office) -> None:
    anybody = Browser(office.app)
    told = anybody.gets("/awards/AW11?base=3000万&already=60万").text
    assert "400,000 元" in told and "1,500,000 元" in told
    assert "500,000 元" in anybody.gets("/awards/AW13?items=1").text
    assert "核定金额不得超过" in anybody.gets("/awards/AW16?items=1&approved=40万", expects=422).text
    anybody.gets("/awards/AW11?base=-3", expects=422)
    anybody.gets("/awards/AW99", expects=404)
    assert "2,000,000 元" in anybody.gets("/awards/aw02").text


def test_a_call_that_is_open_is_named_with_its_awards(office: Office, reviewer: Browser) -> None:
    published(db.session.scalars(select(User.id).where(User.username == "xie")).one(), office.director.id)
    anybody = Browser(office.app)
    assert "2026 年度专利奖励申报" in anybody.gets("/awards/AW11").text
    assert "2026 年度专利奖励申报" in anybody.gets("/awards/fit?applicant=individual&item=deal").text
    assert "没有正在申报的通知" in anybody.gets("/awards/AW02").text
