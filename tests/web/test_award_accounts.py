"""The account of an application: masked everywhere, in full for finance and reviewers who say why."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Event, db
from tests.flows.awarding import AwardOffice, build_award_office
from tests.flows.office import Case
from tests.web.awards import OUTSIDE, browser_of

ACCOUNT = "75501234567890"


@pytest.fixture
def office(app: Flask, session: Session) -> AwardOffice:
    """Return the office with those who have to do with awards."""
    return build_award_office(app, session)


def page_of(case: Case) -> str:
    return f"/cases/{case.id}/account"


def looks(case: Case) -> list[dict[str, str]]:
    """Return what the history of a case keeps of looks at what is protected."""
    db.session.rollback()
    rows = select(Event.data).where(Event.case_id == case.id, Event.kind == "protected_shown").order_by(Event.id)
    return [dict(one) for one in db.session.scalars(rows)]


@pytest.mark.parametrize("who", ["reviewer", "purse"])
def test_who_checks_or_pays_sees_it_once_for_a_reason(office: AwardOffice, who: str) -> None:
    case = office.applies(office.calls("AW11"), "AW11")
    browser = browser_of(office, who)
    shown = browser.gets(f"/cases/{case.id}").text
    assert ACCOUNT not in shown and "****7890" in shown and page_of(case) in shown
    assert ACCOUNT not in browser.gets(page_of(case)).text
    assert ACCOUNT not in browser.posts(page_of(case), {"reason": " "}, expects=422).text
    assert looks(case) == []
    told = browser.posts(page_of(case), {"reason": "核对退票的账户"}, expects=200)
    assert ACCOUNT in told.text and "no-store" in told.headers["Cache-Control"]
    (kept,) = looks(case)
    assert (kept["what"], kept["of"], kept["reason"]) == ("银行账号", office.requesting.name, "核对退票的账户")
    story = browser.gets(f"/cases/{case.id}?tab=story").text
    assert "核对退票的账户" in story and ACCOUNT not in story
    assert "核对退票的账户" not in browser_of(office, "requester").gets(f"/cases/{case.id}?tab=story").text


@pytest.mark.parametrize("who", ["head", "director", "officer", "requester", "supervisor"])
def test_others_who_see_the_application_see_it_masked(office: AwardOffice, who: str) -> None:
    case = office.applies(office.calls("AW11"), "AW11")
    browser = browser_of(office, who)
    page = browser.gets(f"/cases/{case.id}").text
    assert ACCOUNT not in page and page_of(case) not in page
    browser.gets(page_of(case), expects=403)
    browser.posts(page_of(case), {"reason": "看看"}, expects=403)
    assert looks(case) == []


@pytest.mark.parametrize("who", [who for who in OUTSIDE if who != "requester"])
def test_to_everybody_else_there_is_nothing(office: AwardOffice, who: str) -> None:
    case = office.applies(office.calls("AW11"), "AW11")
    browser_of(office, who).gets(page_of(case), expects=403)
    dispute = office.files()
    browser_of(office, "purse").gets(page_of(dispute), expects=404)


def test_where_no_account_was_given_there_is_none_to_see(office: AwardOffice) -> None:
    call = office.direct()
    cases, _ = office.loads_list(call, [office.listed()])
    browser = browser_of(office, "reviewer")
    assert page_of(cases[0]) not in browser.gets(f"/cases/{cases[0].id}").text
    browser.gets(page_of(cases[0]), expects=404)
