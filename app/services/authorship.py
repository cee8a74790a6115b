"""Who is answerable for a paper of the case (责任者), as the index of the archived file names it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from app import policy
from app.documents import catalogue
from app.documents.kinds import Issuer
from app.domain.events import DocumentReceived
from app.models import Document, Event
from app.services import settings
from app.services.acting import Acting

UNKNOWN = "当事人"
COURT = "人民法院"


def authors(acting: Acting) -> Callable[[Document], str]:
    """Return what names the author of a paper of the case: the office, a party, the court; 当事人 where none is known."""
    office, court = map(str, settings.several(acting.session, "office.name", "office.court").values())
    handed_in = _handed_in(acting)

    def author(document: Document) -> str:
        if document.issued:
            return _of_issued(document, office)
        if document.kind == "court_ruling":
            return court or COURT
        if document.seen_by == "office":  # receipts and proofs that the office keeps of its own acts
            return office
        if document.party is not None:
            return document.party.name
        told = handed_in[document.title, document.made_by_id]
        if not told and document.made_by is not None:
            told = {p.name for p in policy.parties_of(document.made_by, acting.case)}
        return next(iter(told)) if len(told) == 1 else UNKNOWN

    return author


def _handed_in(acting: Acting) -> dict[tuple[str, int | None], set[str]]:
    """Return for which parties somebody has handed in papers of a title, as the history tells it."""
    found: dict[tuple[str, int | None], set[str]] = defaultdict(set)
    rows = select(Event).where(Event.case_id == acting.case.id, Event.kind == DocumentReceived.kind)
    for event in acting.session.scalars(rows):
        if event.data.get("party"):
            found[event.data["document"], event.by_id].add(event.data["party"])
    return found


def _of_issued(document: Document, office: str) -> str:
    facts: dict[str, Any] = document.facts or {}
    if catalogue.KINDS[document.kind].issuer is not Issuer.PARTY:
        return str(facts.get("office") or office)
    if one := facts.get("party") or facts.get("applicant") or facts.get("submitter"):
        return str(one)
    names = [party["name"] for party in facts.get("to") or facts.get("requesters") or ()]
    return "、".join(names) if names else UNKNOWN
