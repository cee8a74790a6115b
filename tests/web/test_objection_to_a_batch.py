"""An objection to an announced batch, from the public form to the application that is back with the head of section."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import AwardCall, AwardGrant, Objection, Task, db
from tests.flows.awarding import AwardOffice, build_award_office
from tests.flows.office import Case
from tests.web.awards import browser_of
from tests.web.browser import Browser
from tests.web.test_notices import files_one

BATCHES, NOTICE = "/award-batches", "/notices/2026-1"


@pytest.fixture
def office(app: Flask, session: Session) -> AwardOffice:
    """Return the office with those who have to do with awards."""
    return build_award_office(app, session)


def announced(office: AwardOffice) -> tuple[str, AwardCall, Case, Case]:
    """Return the page of an announced batch, its call, and the two applications in it."""
    call = office.calls("AW02", "AW03")
    one, other = office.supported(call, "AW02"), office.supported(call, "AW03")
    batch_id = office.batch(one, other)
    office.announces(batch_id)
    return f"{BATCHES}/{batch_id}", call, one, other


def objected(office: AwardOffice, case: Case) -> str:
    """Let a stranger object to the line of a case; return the page of the objection."""
    number = files_one(Browser(office.app), row=str(case.id))
    return f"/objections/{db.session.scalars(select(Objection.id).where(Objection.receipt_number == number)).one()}"


def states(case: Case) -> list[str]:
    """Return where the lines of a case stand, in the order in which they were written."""
    db.session.rollback()
    rows = select(AwardGrant.state).where(AwardGrant.case_id == case.id).order_by(AwardGrant.id)
    return list(db.session.scalars(rows))


def open_steps(case: Case) -> list[tuple[str, str]]:
    """Return the open steps of a case, each with the role that works on it."""
    db.session.rollback()
    rows = select(Task.key, Task.role).where(Task.case_id == case.id, Task.state == "open")
    return [(key, role) for key, role in db.session.execute(rows)]


def test_an_upheld_objection_takes_its_line_out_and_brings_the_application_back(office: AwardOffice) -> None:
    page, call, one, other = announced(office)
    assert office.requesting.name in Browser(office.app).gets(NOTICE).text
    objection = objected(office, one)
    browser_of(office, "reviewer").posts(f"{objection}/accept")
    director = browser_of(office, "director")
    assert "已受理" in director.gets(objection).text
    director.posts(f"{objection}/decision", {"outcome": "upheld", "answer": "称号已被撤销，异议属实"})
    assert (states(one), states(other)) == (["taken_out"], ["announced"])
    told = browser_of(office, "head").gets(page).text
    assert "异议成立：称号已被撤销，异议属实" in told
    assert one.seen_by(office.requester)["state"] == "concluding"
    assert open_steps(one) == [("approve_review", "section_head")]
    assert one.number in browser_of(office, "head").gets("/workbench").text
    db.session.rollback()
    assert db.session.get_one(AwardCall, call.id).committed == 1_000_000, "what the line held is free"


def test_nothing_is_approved_while_an_objection_is_open(office: AwardOffice) -> None:
    page, _, one, _ = announced(office)
    objection = objected(office, one)
    browser_of(office, "reviewer").posts(f"{objection}/accept")
    office.notice_ends(int(page.rpartition("/")[2]))
    director = browser_of(office, "director")
    assert "还有异议没有处理完毕" in director.gets(director.posts(f"{page}/approval").headers["Location"]).text
    director.posts(f"{objection}/decision", {"outcome": "dismissed", "answer": "经核实不属实"})
    director.posts(f"{page}/approval")
    assert states(one) == ["approved"]
