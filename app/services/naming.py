"""What a case is called: by who stands against whom."""

from __future__ import annotations

from app.domain import naming
from app.domain.roles import PartyRole
from app.models import Case


def name_case(case: Case) -> None:
    """Call the case by who stands against whom, and let it be found by every party."""
    requesters, respondents = (
        [p.name for p in case.parties if p.role == role] for role in (PartyRole.REQUESTER, PartyRole.RESPONDENT)
    )
    case.title = naming.title(requesters, respondents)
    case.title_en = naming.title_en(requesters, respondents)
    case.party_names = " ".join([*requesters, *respondents])
