"""An agent named in a request acts at once with an account, or comes in with a code that makes them this agent."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.models import Agent, User, db
from tests.access.town import Visitor
from tests.flows.office import PASSWORD, Case, Office

JOINING = {
    "name": "周海风",
    "phone": "13800138000",
    "email": "zhou@example.cn",
    "username": "zhouhaifeng",
    "password": PASSWORD,
    "again": PASSWORD,
    "privacy": "y",
}


def named(**more: Any) -> dict[str, Any]:
    return {"name": "赵雅居", "firm": "某律师事务所", "special": True, **more}


def agent_of(case: Case) -> Agent:
    return db.session.scalars(select(Agent).order_by(Agent.id.desc())).first()  # type: ignore[return-value]


def code_for(visitor: Visitor, case: Case) -> str:
    """Return the code that this visitor makes for the agent of the case."""
    page = visitor.posts(f"/cases/{case.id}/agents/{agent_of(case).id}/invite")
    assert page.status_code == 200, page.text[:500]
    found = re.search(r'id="invitation-code">([0-9A-Z-]{14})<', page.text)
    assert found
    return found[1]


def test_an_agent_with_an_account_acts_from_the_first_day(office: Office) -> None:
    case = office.files(agents=[named(username="stranger")])
    office.stranger.sees(f"/cases/{case.id}")
    office.stranger.acts(case, "withdraw", reason="请求人已另行协商")
    assert case.state == "withdrawn"


def test_a_general_agent_of_a_request_cannot_withdraw_it(office: Office) -> None:
    case = office.files(agents=[named(username="stranger", special=False)])
    office.stranger.acts(case, "withdraw", expects=403, reason="另行协商")


@pytest.mark.parametrize("username", ["respondent", "clerk", "mediator", "admin", "nobody"])
def test_who_may_not_be_an_agent_is_refused_beside_the_row(office: Office, username: str) -> None:
    entry = {**Office.entry(office.responding)}
    problem = office.files(expects=422, respondents=[entry], agents=[named(), named(name="周", username=username)])
    assert list(problem["errors"]) == ["agents-1-username"]


def test_the_same_person_is_an_agent_once(office: Office) -> None:
    both = [named(username="stranger"), named(username="stranger")]
    assert list(office.files(expects=422, agents=both)["errors"]) == ["agents-1-username"]


def test_the_party_invites_its_agent_who_then_has_the_power_of_attorney_and_no_more(app: Flask, office: Office) -> None:
    case = office.files(agents=[named(name="周海风", special=False)])
    requester, newcomer = Visitor(app, "requester"), Visitor(app, "")
    assert "为代理人周海风生成邀请码" in requester.gets(f"/cases/{case.id}").text
    code = code_for(requester, case)
    assert newcomer.posts("/signup/invited", {**JOINING, "confirmed": "1", "code": code}).status_code == 303
    assert newcomer.gets(f"/cases/{case.id}").status_code == 200
    user = db.session.scalars(select(User).where(User.username == "zhouhaifeng")).one()
    assert (agent_of(case).user_id, user.organization_ids) == (user.id, frozenset())
    assert newcomer.gets(f"/cases/{case.id}/acts/withdraw").status_code == 403
    for path in ("/matters", "/profile", "/cases", "/messages"):
        assert newcomer.gets(path).status_code == 200, path
    assert newcomer.gets("/cases/new/mediation").status_code == 403
    assert "为代理人周海风生成邀请码" not in requester.gets(f"/cases/{case.id}").text


def test_an_agent_who_came_in_with_a_code_can_be_named_by_user_name_elsewhere(app: Flask, office: Office) -> None:
    case = office.files(agents=[named(name="周海风")])
    Visitor(app, "").posts(
        "/signup/invited", {**JOINING, "confirmed": "1", "code": code_for(Visitor(app, "clerk"), case)}
    )
    office.files(agents=[named(name="周海风", username="zhouhaifeng")])
    assert agent_of(case).user is not None and agent_of(case).party.case_id != case.id


def test_a_code_makes_one_person_the_agent_once(app: Flask, office: Office) -> None:
    case = office.files(agents=[named()])
    clerk, lawyer = Visitor(app, "clerk"), Visitor(app, "stranger")
    first, second = code_for(clerk, case), code_for(clerk, case)
    ended = lawyer.posts("/signup/invited", {"code": first})
    assert ended.status_code == 422 and "已经过期" in ended.text
    asked = lawyer.posts("/signup/invited", {"code": second})
    assert asked.status_code == 200 and agent_of(case).user_id is None
    assert lawyer.posts("/signup/invited", {"code": second, "confirmed": "1"}).status_code == 303
    assert lawyer.posts("/signup/invited", {"code": second}).status_code == 422
    assert lawyer.posts("/signup/invited", {"code": second, "confirmed": "1"}).status_code == 409
    assert clerk.posts(f"/cases/{case.id}/agents/{agent_of(case).id}/invite").status_code == 422


@pytest.mark.parametrize(
    ("username", "reason"), [("respondent", "已代表对方当事人"), ("second_mediator", "工作人员账号不能代表当事人")]
)
def test_a_code_does_not_let_the_other_side_or_an_official_in(
    app: Flask, office: Office, username: str, reason: str
) -> None:
    case = office.files(agents=[named()])
    refused = Visitor(app, username).posts("/signup/invited", {"code": code_for(Visitor(app, "clerk"), case)})
    assert refused.status_code == 422 and reason in refused.text
    assert agent_of(case).user_id is None


def test_the_other_side_and_a_general_agent_make_no_code(app: Flask, office: Office) -> None:
    case = office.accepted(agents=[named(special=False, username="stranger"), named(name="周海风")])
    path = f"/cases/{case.id}/agents/{agent_of(case).id}/invite"
    for username in ("respondent", "stranger", "supervisor"):
        visitor = Visitor(app, username)
        assert path not in visitor.gets(f"/cases/{case.id}").text
        assert visitor.posts(path).status_code == 403


def test_a_closed_case_invites_nobody(app: Flask, office: Office) -> None:
    case = office.files(agents=[named()])
    office.requester.acts(case, "withdraw", reason="已另行协商")
    assert Visitor(app, "clerk").posts(f"/cases/{case.id}/agents/{agent_of(case).id}/invite").status_code == 403


def test_a_user_name_does_not_tell_for_whom_somebody_acts(office: Office) -> None:
    case = office.docketed()
    for username in ("respondent", "mediator", "nobody"):
        entry = named(username=username)
        party = case.party(office.requesting.name)
        files = [office.requester.uploads()]
        told = office.requester.acts(case, "add_agent", expects=422, party=party, files=files, **entry)
        assert told["errors"] == {"username": [f"不能以用户 {username} 为代理人，请核对用户名"]}
