"""A recusal at the browser: who is asked what, what the director decides on, and who has the case in hand meanwhile."""

from __future__ import annotations

import pytest

from tests.flows.office import PASSWORD, Case, Office
from tests.web.browser import Browser
from tests.web.test_coming_session import page


@pytest.fixture
def case(office: Office) -> Case:
    """Return a case in which the respondent has asked that the mediator step aside."""
    case = office.in_session()
    office.respondent.acts(case, "recuse", ground="interest", reason="曾任请求人的法律顾问")
    return case


def test_the_director_reads_who_asks_what_for_and_why_beside_the_decision(office: Office, case: Case) -> None:
    told = page(office, office.director, f"/tasks/{case.task('decide_recusal', office.director)}")
    for words in (
        office.responding.name,
        office.mediator.name,
        "申请日期3月2日",
        "与本案有利害关系：曾任请求人的法律顾问",
    ):
        assert words in told, words


@pytest.mark.parametrize(("who", "offered"), [("respondent", False), ("clerk", False), ("mediator", True)])
def test_only_a_mediator_steps_aside_of_their_own_accord(office: Office, who: str, offered: bool) -> None:
    case = office.docketed()
    browser = Browser(office.app)
    browser.logs_in(who, PASSWORD)
    assert ("本人申请回避" in browser.gets(f"/cases/{case.id}/acts/recuse").text) is offered


def test_a_mediator_who_rests_is_not_waited_for(office: Office, case: Case) -> None:
    for person, path in ((office.requester, f"/cases/{case.id}"), (office.clerk, f"/cases/{case.id}")):
        told = page(office, person, path)
        assert "等待 部门负责人" in told
        assert "等待 调解员" not in told
    assert "正在办理：调解员" not in page(office, office.requester, "/matters")
