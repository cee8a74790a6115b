"""The list of cases: an official sees in each row what is due first."""

from __future__ import annotations

import html
import re

import pytest
from sqlalchemy import select

from app import clock
from app.models import Deadline, db
from app.services.changing import changing
from tests.conftest import Today
from tests.flows.office import PASSWORD, Case, Office, Person
from tests.web.browser import Browser


def row(office: Office, person: Person, case: Case) -> str:
    """Return the words of a case's row as that person reads them."""
    browser = Browser(office.app)
    browser.logs_in(person.username, PASSWORD)
    rows = re.findall(r"<tr>.*?</tr>", browser.gets("/cases").text, re.DOTALL)
    found = next(one for one in rows if case.number in one)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", found)).split())


def test_an_official_sees_the_period_that_is_due_first(office: Office) -> None:
    case = office.docketed()
    assert "3月5日 · 快速调解联络双方" in row(office, office.director, case)


def test_what_is_late_says_so(office: Office, today: Today) -> None:
    case = office.docketed()
    today.moves(days=10)
    assert "逾期 5 个工作日" in row(office, office.director, case)


def test_a_period_that_stands_still_is_shown_only_where_no_other_runs(office: Office) -> None:
    case = office.accepted()  # the targets of the fast track stand still until the respondent has answered
    assert "还有 3 个工作日" in row(office, office.director, case)
    db.session.rollback()
    with changing(db.session):
        running = select(Deadline).where(Deadline.case_id == case.id, Deadline.state == "running")
        for deadline in db.session.scalars(running):
            deadline.state = "met"
            deadline.ended_at = clock.now()
            deadline.wake_at = None
    assert "已暂停 快速调解" in row(office, office.director, case)


@pytest.mark.parametrize("side", ["requester", "respondent"])
def test_a_party_reads_no_periods_in_the_list(office: Office, side: str) -> None:
    case = office.docketed()
    words = row(office, getattr(office, side), case)
    assert "调解中" in words and "快速调解联络双方" not in words and "工作日" not in words
