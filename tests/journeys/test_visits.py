"""The yearly visit at the desk of who keeps the roster, and its questionnaire on a phone; axe finds nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app import clock
from app.models import db
from tests.flows.visiting import VisitOffice, build_visit_office
from tests.journeys.axe import SIZES, TOO_WIDE, bring_along, findings
from tests.journeys.visitor import Visitor


@pytest.fixture
def office(app: Flask, session: Session) -> VisitOffice:
    """Return the office with those who visit the members of the roster."""
    return build_visit_office(app, session)


def looks(visitor: Visitor, path: str, what: str) -> list[str]:
    """Open a page; return what axe finds on it at the desk and on a phone."""
    db.session.rollback()  # what the test has read holds the database no longer
    visitor.opens(path)
    if folder := os.environ.get("PEIYOU_SCREENSHOTS"):
        visitor.page.screenshot(path=Path(folder) / f"{what}.png", full_page=True)
    return findings(visitor.page, what)


@pytest.mark.slow
def test_the_pages_of_a_visit_are_fit_for_everybody(opening: Callable[..., Visitor], office: VisitOffice) -> None:
    others = office.lets_in(*(office.unit_named(name) for name in ("甲公司", "乙公司", "丙公司")))
    office.plans(*others[:2])
    asked = office.fixed()
    year = clock.today().year
    (again,) = office.lets_in(office.unit_named("丁公司"))
    office.plans(again, year=year)
    found: list[str] = []

    unit = opening(viewport=SIZES[1])
    bring_along(unit.context)
    unit.logs_in(office.requester)
    found += looks(unit, f"/tasks/{asked.task('visit_questionnaire', office.requester)}", "questionnaire")
    assert unit.page.evaluate(TOO_WIDE) == 0
    words = [{"question": "opinions", "words": "政策推送很及时"}]
    office.requester.answers(asked, "visit_questionnaire", scores=office.scores(), words=words)
    found += looks(unit, f"/cases/{asked.id}", "own visit")

    liaison = opening(viewport=SIZES[0])
    bring_along(liaison.context)
    liaison.logs_in(office.liaison)
    found += looks(liaison, f"/tasks/{asked.task('record_visit', office.liaison)}", "record")
    problems = [office.problem(), office.problem("培训太少", owner="keeper")]
    office.liaison.answers(asked, "record_visit", **office.record(*problems))
    found += looks(liaison, f"/tasks/{asked.task('follow_up', office.liaison)}", "follow-up")

    keeper = opening(viewport=SIZES[0])
    bring_along(keeper.context)
    keeper.logs_in(office.keeper)
    found += looks(keeper, "/roster/visits", "plan")
    keeper.page.locator("summary#begin-all").click()
    found += findings(keeper.page, "asked whether to begin all")
    found += looks(keeper, f"/roster/visits/new?year={year}", "new lines")
    found += looks(keeper, f"/cases/{asked.id}", "visit")
    found += looks(keeper, f"/cases/{asked.id}/acts/amend_problems", "amend")
    assert not found, "\n".join(found)
