"""Project matching on a phone and at the desks of liaison and roster manager; axe finds nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.models import db
from tests.flows.matching import MatchingOffice, build_matching_office
from tests.journeys.axe import SIZES, TOO_WIDE, bring_along, findings
from tests.journeys.test_award_application import looks
from tests.journeys.visitor import Visitor


@pytest.fixture
def office(app: Flask, session: Session) -> MatchingOffice:
    """Return the office that matches projects, with a member."""
    office = build_matching_office(app, session)
    office.lets_in(office.requesting)
    return office


@pytest.mark.slow
def test_the_desks_of_projects_are_fit_for_everybody(opening: Callable[..., Visitor], office: MatchingOffice) -> None:
    call = office.calls(places=3, industries=("robots", "equipment", "appliances"))
    waits = office.proposed(title="2026 年国家级专利导航项目")
    number, call_id, waits_id = call.number, call.id, waits.id
    guided = office.starts(call)
    won = office.recommended(call, heading="减速器专利布局")
    office.reports(won)
    office.result(won, "funded", granted="300000.00", result_number="粤知〔2026〕5号")
    db.session.rollback()
    found: list[str] = []

    unit = opening(viewport=SIZES[1])
    bring_along(unit.context)
    unit.logs_in(office.requester)
    for path, what in (
        ("/projects", "calls for a unit"),
        (f"/cases/new/project?call={number}", "filing"),
        (f"/cases/{won.id}", "own project"),
    ):
        found += looks(unit, path, what)
        assert unit.page.evaluate(TOO_WIDE) == 0, what

    liaison = opening(viewport=SIZES[0])
    bring_along(liaison.context)
    liaison.logs_in(office.liaison)
    found += looks(liaison, f"/tasks/{guided.task('guide_green', office.liaison)}", "guidance")
    found += looks(liaison, f"/cases/{guided.id}", "project")
    found += looks(liaison, "/roster/projects/new", "new call")

    keeper = opening(viewport=SIZES[0])
    bring_along(keeper.context)
    keeper.logs_in(office.keeper)
    found += looks(keeper, "/roster/projects", "calls")
    found += looks(keeper, f"/roster/projects/{call_id}", "call")
    found += looks(keeper, "/roster/projects/tracking", "results")
    keeper.opens(f"/roster/projects/{waits_id}")
    keeper.page.locator("summary#publish").click()
    found += findings(keeper.page, "asked whether to publish")
    assert not found, "\n".join(found)
