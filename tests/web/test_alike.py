"""Who is about to ask the same a second time is told; nobody learns of a case that is not theirs."""

from __future__ import annotations

from typing import Any

import pytest

from app.models import User, db
from app.queries import alike
from tests.flows.office import POINTS, Case, Office, Person
from tests.web.test_coming_session import page

HINT = "可能重复的请求"


def check(office: Office, case: Case) -> str:
    return page(office, office.clerk, f"/tasks/{case.task('formality_check', office.clerk)}")


def repeats(office: Office, person: Person, **changes: Any) -> list[str]:
    number = {"right_number": "202330418812.8"}  # as the form has read it
    answers = office.request(co_requesters=[office.entry(office.requesting)], **number, **changes)
    db.session.rollback()
    user = db.session.get_one(User, person.id)
    return [one.number for one in alike.like_request(db.session(), user, answers)]


def test_the_clerk_is_told_of_an_open_case_alike(office: Office) -> None:
    first, second = office.files(), office.files()
    told = check(office, second)
    assert HINT in told and first.number in told


@pytest.mark.parametrize("what", ["another right", "another respondent", "closed"])
def test_what_differs_or_is_over_is_no_repetition(office: Office, what: str) -> None:
    first = office.files()
    if what == "closed":
        office.clerk.answers(first, "formality_check", check="refuse", points=POINTS, reasons=["no_facts"])
    changes: dict[str, Any] = {
        "another right": {"right_number": "12345678", "right_type": "trademark"},
        "another respondent": {"respondents": [office.entry(office.elsewhere)]},
    }.get(what, {})
    assert HINT not in check(office, office.files(**changes))


def test_a_requester_is_told_before_filing_and_nobody_else(office: Office) -> None:
    case = office.files()
    assert repeats(office, office.requester) == [case.number]
    assert repeats(office, office.stranger) == []
