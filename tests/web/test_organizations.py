"""A wrong name of an organisation is corrected by an official; what a request called it stays with its case."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.models import AccessLog, Document, Organization, Task, db
from tests.flows.office import Case, Office
from tests.web.browser import Browser

WRONG, RIGHT = "佛山抢注电器厂", "佛山市正名电器有限公司"
SAID = {"name": RIGHT, "grounds": "与营业执照原件核对"}


def browser(office: Office, username: str) -> Browser:
    made = Browser(office.app)
    made.logs_in(username)
    return made


@pytest.fixture
def squatted(office: Office) -> Case:
    """Return a case that named a company by its code and a wrong name."""
    office.responding.uscc, code = None, office.responding.uscc
    db.session.flush()
    case = office.files(respondents=[{**office.entry(office.responding), "uscc": code, "name": WRONG}])
    office.accepted(respondents=[{**office.entry(office.responding), "uscc": code, "name": WRONG}])
    return case


def row() -> Organization:
    return db.session.scalars(select(Organization).where(Organization.name.in_((WRONG, RIGHT)))).one()


def test_a_clerk_finds_it_by_its_code_and_corrects_it_with_a_reason(office: Office, squatted: Case) -> None:
    clerk = browser(office, "clerk")
    clerk.gets(f"/organizations/{row().id}", expects=404)  # nobody walks through them by number
    assert WRONG not in clerk.gets("/organizations?text=佛山抢注").text.partition("查找结果")[2]
    assert (
        f'href="/organizations/{row().id}?text={row().uscc}">{WRONG}'
        in clerk.gets(f"/organizations?text={row().uscc}").text
    )
    assert (
        clerk.gets(f"/organizations/{row().id}?text={row().uscc}").text.count("<h2") == 1
    )  # there is nobody to be verified
    clerk.posts(f"/organizations/{row().id}/rename?text={row().uscc}", {"name": RIGHT}, expects=422)
    clerk.posts(f"/organizations/{row().id}/rename?text={row().uscc}", {**SAID, "name": WRONG}, expects=422)
    clerk.posts(f"/organizations/{row().id}/rename?text={row().uscc}", SAID)
    line = db.session.scalars(select(AccessLog).where(AccessLog.kind == "organization_renamed")).one()
    assert (line.detail["was"], line.detail["now"], line.detail["reason"]) == (WRONG, RIGHT, SAID["grounds"])


def test_its_cases_go_on_under_the_right_name_and_keep_what_was_stated(office: Office, squatted: Case) -> None:
    issued = select(Document.facts).where(Document.case_id == squatted.id, Document.kind == "mediation_request")
    browser(office, "clerk").posts(f"/organizations/{row().id}/rename?text={row().uscc}", SAID)
    seen = squatted.seen_by(office.clerk)
    assert seen["title"].endswith(RIGHT) and seen["events"][-1]["kind"] == "party_renamed"
    tasks = db.session.scalars(select(Task).where(Task.case_id == squatted.id, Task.state == "open")).all()
    assert tasks and all(RIGHT in t.case_title and RIGHT in t.search_text for t in tasks)
    page = browser(office, "requester").gets(f"/cases/{squatted.id}").text
    assert f"请求书所写名称：{WRONG}" in page
    assert db.session.scalars(issued).all()[-1]["respondents"][0]["name"] == WRONG  # type: ignore[index]


def test_who_names_it_rightly_is_never_refused_and_nothing_is_left_to_settle(office: Office, squatted: Case) -> None:
    entry = {**office.entry(row()), "name": RIGHT}
    earlier = office.files(respondents=[entry])
    browser(office, "clerk").posts(f"/organizations/{row().id}/rename?text={row().uscc}", SAID)
    later = office.files(respondents=[entry])
    for case in (earlier, later):
        assert "请求书所写名称" not in browser(office, "requester").gets(f"/cases/{case.id}").text
        assert "party_renamed" not in case.happened()


def test_nobody_else_corrects_a_name(office: Office, squatted: Case) -> None:
    for username in ("requester", "mediator", "supervisor"):
        browser(office, username).posts(f"/organizations/{row().id}/rename?text={row().uscc}", SAID, expects=403)
    assert row().name == WRONG
