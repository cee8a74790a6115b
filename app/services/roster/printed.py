"""What the papers of a nomination print beside the unit and the dates: the matter, the district, the industry."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.domain.roster import reviews
from app.domain.roster.members import Industry
from app.domain.roster.nominations import PROCESS
from app.models import Case, Nomination, RosterReview
from app.services import papers
from app.services.acting import letter_facts


@letter_facts(reviews.PROCESS)
def of_the_review(session: Session, case: Case, _on: date) -> dict[str, Any]:
    """Return which year of which member is reviewed."""
    row = session.get_one(RosterReview, case.id)
    member = row.member
    return about_the_roster(case, f"{row.year} 年度复核", member.district.name, Industry(member.industry))


@letter_facts(PROCESS)
def of_the_nomination(session: Session, case: Case, _on: date) -> dict[str, Any]:
    """Return the batch that a unit nominated itself in, and what it is chosen under."""
    row = session.get_one(Nomination, case.id)
    return about_the_roster(case, row.batch.title, row.district.name, Industry(row.industry))


def about_the_roster(case: Case, matter: str, district: str, industry: Industry) -> dict[str, Any]:
    """Return what a paper about the roster prints of a unit."""
    return {
        "cause": "培优名录",
        "requesters": [papers.facts_of(party) for party in case.parties],
        "right": {"type": "名录", "number": "", "name": matter},
        "roster": {"matter": matter, "district": district, "industry": industry.label},
    }
