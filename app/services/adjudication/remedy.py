"""The remedy of a party against a refusal or a cancellation: its time runs from the paper in its hands (TL20)."""

from __future__ import annotations

from datetime import date

from app.domain import remedies
from app.models import Deadline, Document, Party
from app.services import clocks, papers
from app.services.acting import Acting, after_service, lapse


@after_service("adjudication_refusal_notice")
def refusal_served(acting: Acting, document: Document, party: Party, _on: date) -> None:
    """The requester may sue over the refusal."""
    _runs(acting, document, party)


@after_service("cancellation_decision")
def cancellation_served(acting: Acting, document: Document, party: Party, _on: date) -> None:
    """Whoever is told of the cancellation may sue over it."""
    _runs(acting, document, party)


def _runs(acting: Acting, document: Document, party: Party) -> None:
    """Start the term that the paper names, whatever the office has set since."""
    told = papers.facts_behind(acting.session, document).get("suit_within", "")
    if variant := remedies.SUITS.get(told):
        acting.variants[remedies.RULE] = variant
    clocks.start(acting, remedies.RULE, party=party)


@lapse(remedies.RULE)
def remedy_lapsed(_acting: Acting, _deadline: Deadline) -> bool:
    """The time to sue is over; the case was closed before and waits for nothing."""
    return False
