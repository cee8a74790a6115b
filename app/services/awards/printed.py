"""What nearly every paper of an application prints beside the applicant and the dates: the award, and what it is for."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.domain.awards.applications import PROCESS
from app.models import AwardApplication, Case
from app.queries.award_applications import line_of
from app.services import papers
from app.services.acting import letter_facts


@letter_facts(PROCESS)
def of_the_award(session: Session, case: Case, _on: date) -> dict[str, Any]:
    """Return the award with its citation, and the things that it was applied for."""
    row = session.get_one(AwardApplication, case.id)
    line = line_of(session, row)
    applicants = [papers.facts_of(party) for party in case.parties]
    return {
        "cause": f"{line.name.zh}申报",
        "requesters": applicants,
        "right": {"type": "奖项", "number": line.id, "name": line.name.zh},
        "award": {
            "id": line.id,
            "name": line.name.zh,
            "citation": line.citation.zh,
            "things": [f"{one.name}（{one.number}）" for one in row.things],
        },
    }
