"""Batches over pages: chosen, announced, put right and approved, each by those who may."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.models import AwardBatch, db
from tests.flows.awarding import AwardOffice, build_award_office
from tests.flows.office import Case
from tests.web.awards import INSIDE, OUTSIDE, browser_of

PAGE = "/award-batches"


@pytest.fixture
def office(app: Flask, session: Session) -> AwardOffice:
    """Return the office with those who have to do with awards."""
    return build_award_office(app, session)


def waiting(office: AwardOffice) -> tuple[int, Case, Case]:
    """Return a call and two applications that wait for a batch."""
    call = office.calls("AW02", "AW03")
    return call.id, office.supported(call, "AW02"), office.supported(call, "AW03")


def drawn_up(office: AwardOffice) -> str:
    """Return the page of a draft with one line."""
    return f"{PAGE}/{office.batch(office.supported(office.calls('AW02'), 'AW02'))}"


def state(page: str) -> str:
    db.session.rollback()
    return db.session.get_one(AwardBatch, int(page.rpartition("/")[2])).state


def line(office: AwardOffice, page: str, case: Case) -> str:
    """Return where a line is taken out."""
    return f"{page}/lines/{office.grant(case).id}/drop"


def test_a_batch_is_chosen_announced_and_approved(office: AwardOffice) -> None:
    call_id, one, other = waiting(office)
    reviewer, director = browser_of(office, "reviewer"), browser_of(office, "director")
    told = reviewer.gets(PAGE).text
    assert one.number in told and other.number in told and "2,000,000" in told
    page = reviewer.posts(f"{PAGE}/calls/{call_id}", {"cases": [one.id, other.id]}).headers["Location"]
    assert "定额 2,000,000 元" in reviewer.gets(page).text and "没有待公示的申报" in reviewer.gets(PAGE).text
    reviewer.posts(f"{page}/announcement")
    assert "公示期满后，由部门负责人批准" in director.gets(page).text
    director.posts(f"{page}/approval", expects=409)
    office.notice_ends(int(page.rpartition("/")[2]))
    director, reviewer = browser_of(office, "director"), browser_of(office, "reviewer")
    assert f"{page}/approval" not in reviewer.gets(page).text
    assert f"{page}/approval" in director.gets(page).text
    director.posts(f"{page}/approval")
    assert state(page) == "approved"
    director.posts(f"{page}/approval", expects=409)


def test_a_line_dropped_from_a_draft_waits_for_the_next_batch(office: AwardOffice) -> None:
    call_id, one, other = waiting(office)
    reviewer = browser_of(office, "reviewer")
    page = reviewer.posts(f"{PAGE}/calls/{call_id}", {"cases": [one.id, other.id]}).headers["Location"]
    assert reviewer.posts(line(office, page, one)).headers["Location"] == page
    assert one.number in reviewer.gets(PAGE).text
    assert reviewer.posts(line(office, page, other)).headers["Location"] == PAGE
    reviewer.gets(page, 404)


def test_who_takes_a_line_out_of_an_announced_batch_says_why(office: AwardOffice) -> None:
    call_id, one, other = waiting(office)
    reviewer = browser_of(office, "reviewer")
    page = reviewer.posts(f"{PAGE}/calls/{call_id}", {"cases": [one.id, other.id]}).headers["Location"]
    reviewer.posts(f"{page}/announcement")
    out = line(office, page, one)
    reviewer.posts(out, {"reason": " "})
    assert "理由" in reviewer.gets(page).text and office.grant(one).state == "announced"
    reviewer.posts(out, {"reason": "异议成立，合同不真实"})
    told = reviewer.gets(page).text
    assert "异议成立，合同不真实" in told and "1,000,000" in told
    assert one.seen_by(office.requester)["state"] == "concluding"


def test_nothing_chosen_and_chosen_twice_are_refused(office: AwardOffice) -> None:
    call_id, one, _ = waiting(office)
    reviewer = browser_of(office, "reviewer")
    for cases in ([], ["x"]):
        assert reviewer.posts(f"{PAGE}/calls/{call_id}", {"cases": cases}).headers["Location"] == PAGE
        assert "请至少选择一件申报" in reviewer.gets(PAGE).text
    reviewer.posts(f"{PAGE}/calls/{call_id}", {"cases": [one.id]})
    reviewer.posts(f"{PAGE}/calls/{call_id}", {"cases": [one.id]}, expects=409)


@pytest.mark.parametrize("who", INSIDE)
def test_everybody_in_awards_sees_a_batch_and_some_act_on_it(office: AwardOffice, who: str) -> None:
    page = drawn_up(office)
    browser = browser_of(office, who)
    browser.gets(PAGE)
    assert (f"{page}/announcement" in browser.gets(page).text) is (who == "reviewer")
    if who != "reviewer":
        browser.posts(f"{page}/announcement", expects=403)
        browser.posts(f"{PAGE}/calls/1", expects=403)
    if who not in ("reviewer", "director"):
        browser.posts(f"{page}/lines/1/drop", expects=403)
    if who != "director":
        browser.posts(f"{page}/approval", expects=403)
    assert state(page) == "draft"


@pytest.mark.parametrize("who", OUTSIDE)
def test_others_see_nothing_of_batches(office: AwardOffice, who: str) -> None:
    page = drawn_up(office)
    browser = browser_of(office, who)
    for path in (PAGE, page):
        browser.gets(path, 403)
    for path in (f"{PAGE}/calls/1", f"{page}/lines/1/drop", f"{page}/announcement", f"{page}/approval"):
        browser.posts(path, expects=403)


def test_a_batch_that_is_not_there_is_not_found(office: AwardOffice) -> None:
    browser = browser_of(office, "reviewer")
    assert "还没有批次" in browser.gets(PAGE).text
    browser.gets(f"{PAGE}/99", 404)
    browser.posts(f"{PAGE}/99/announcement", expects=404)
