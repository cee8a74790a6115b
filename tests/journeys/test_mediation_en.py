"""The same way, read in English: every word of the interface is in the catalogue."""

from __future__ import annotations

from collections.abc import Callable

from tests.flows.office import Office
from tests.journeys.mediation import Journey
from tests.journeys.visitor import Visitor


def test_a_dispute_goes_from_the_request_to_performance(opening: Callable[..., Visitor], office: Office) -> None:
    visitor = opening("en")
    for person in (office.requester, office.respondent, office.clerk, office.mediator, office.director):
        visitor.logs_in(person)
        if visitor.page.locator("html").get_attribute("lang") != "en":
            visitor.page.get_by_role("button", name="English").click()
        visitor.logs_out()
    left: set[str] = set()
    journey = Journey(visitor, office, lambda: left.update(visitor.untranslated()))
    journey.whole()
    assert left <= {journey.number}
