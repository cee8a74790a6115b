"""No page is wider than a phone, wherever a case has ended, in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.flows.office import Case, Office
from tests.journeys.axe import SIZES, TOO_WIDE
from tests.journeys.visitor import Visitor

TABS = ("story", "answers", "documents", "clocks", "diagram", "notes")


@pytest.fixture
def cases(office: Office) -> list[Case]:
    """Cases at the beginning, in the middle, and at several ends."""
    refused, withdrawn, failed, performed = office.files(), office.files(), office.in_session(), office.performing()
    reasons = {"points": [], "reasons": ["in_court"], "explanation": "已向人民法院起诉"}
    office.clerk.answers(refused, "formality_check", check="refuse", **reasons)
    office.requester.acts(withdrawn, "withdraw", reason="请求人已另行协商")
    office.holds(failed, "failed")
    office.mediator.answers(failed, "close_failed", reason="双方分歧较大")
    office.mediator.answers(performed, "performance", finding="performed", on="2026-03-02", amount="80000.00")
    return [office.files(), office.in_session(), refused, withdrawn, failed, performed]


@pytest.mark.slow
@pytest.mark.parametrize("locale", ["zh_CN", "en"])
def test_no_page_of_a_case_scrolls_sideways_on_a_phone(
    locale: str, opening: Callable[..., Visitor], office: Office, cases: list[Case]
) -> None:
    places = [f"/cases/{case.id}" for case in cases]
    places += [f"/cases/{case.id}?tab={tab}" for case in (cases[0], cases[-1]) for tab in TABS]
    found = []
    for person in (office.clerk, office.requester):
        visitor = opening(locale, viewport=SIZES[1])
        visitor.logs_in(person)
        for place in [*places, "/cases", "/matters", "/workbench"]:
            visitor.opens(place)
            if visitor.page.evaluate(TOO_WIDE) > 0:
                found.append(f"{place} for {person.username}")
    assert not found, "\n".join(found)
