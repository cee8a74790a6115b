"""A dispute on its whole way through the pages, read in Chinese."""

from __future__ import annotations

from app.jobs import run_due
from app.models import db
from tests.flows.office import Office
from tests.journeys.mediation import Journey
from tests.journeys.visitor import Visitor


def test_a_dispute_goes_from_the_request_to_performance(visitor: Visitor, office: Office) -> None:
    journey = Journey(visitor, office)
    journey.whole()
    run_due(db.session(), office.app.config["PEIYOU"])
    visitor.logs_in(office.requester)
    visitor.opens(f"{journey.path}?tab=documents")
    letter = visitor.page.get_by_role("link", name="调解协议书").first.get_attribute("href")
    assert visitor.context.request.get(f"{visitor.url}{letter}").body().startswith(b"%PDF")
