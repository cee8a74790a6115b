"""An application for an award on a phone, and the desks of those who check, announce and pay it; axe finds nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.models import db
from tests.flows.awarding import AwardOffice, build_award_office
from tests.journeys.axe import SIZES, TOO_WIDE, bring_along, findings
from tests.journeys.visitor import Visitor


@pytest.fixture
def office(app: Flask, session: Session) -> AwardOffice:
    """Return the office with those who have to do with awards."""
    return build_award_office(app, session)


def looks(visitor: Visitor, path: str, what: str) -> list[str]:
    """Open a page; return what axe finds on it at the desk and on a phone."""
    db.session.rollback()  # what the test has read holds the database no longer
    visitor.opens(path)
    if folder := os.environ.get("PEIYOU_SCREENSHOTS"):
        visitor.page.screenshot(path=Path(folder) / f"{what}.png", full_page=True)
    return findings(visitor.page, what)


@pytest.mark.slow
def test_the_desks_of_an_award_are_fit_for_everybody(opening: Callable[..., Visitor], office: AwardOffice) -> None:
    call = office.calls("AW02", "AW11")
    applied = office.applies(call, "AW11")
    announced, waits = (
        office.supported(call, "AW02"),
        office.recommended(
            call, "AW11", things=[{"name": "一种陶瓷砖防滑结构", "number": "粤佛许〔2026〕12号", "on": "2026-01-15"}]
        ),
    )
    batch = office.batch(announced)
    db.session.rollback()
    found: list[str] = []

    applicant = opening(viewport=SIZES[1])
    bring_along(applicant.context)
    applicant.logs_in(office.requester)
    applicant.opens(f"/cases/new/award_application?call={call.number}")
    assert applicant.page.evaluate(TOO_WIDE) == 0
    found += looks(applicant, f"/cases/new/award_application?call={call.number}", "form")
    found += looks(applicant, f"/cases/{applied.id}", "own application")

    reviewer = opening(viewport=SIZES[0])
    bring_along(reviewer.context)
    reviewer.logs_in(office.reviewers[0])
    check = applied.task("award_formality", office.reviewers[0])
    found += looks(reviewer, f"/tasks/{check}", "check")
    found += looks(reviewer, f"/cases/{waits.id}", "application")
    found += looks(reviewer, "/award-batches", "batches")
    reviewer.opens(f"/award-batches/{batch}")
    reviewer.page.locator("summary#announce").click()
    found += findings(reviewer.page, "asked whether to announce")
    office.announces(batch)
    found += looks(reviewer, f"/award-batches/{batch}", "announced")
    office.notice_ends(batch)
    office.approves(batch)
    money = f"/payment-lists/{office.lists(call)}"
    db.session.rollback()

    finance = opening(viewport=SIZES[0])
    bring_along(finance.context)
    finance.logs_in(office.purse)
    found += looks(finance, "/payment-lists", "money")
    found += looks(finance, money, "list")
    assert not found, "\n".join(found)
