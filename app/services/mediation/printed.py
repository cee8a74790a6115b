"""What nearly every paper of a mediation prints beside the parties and the dates: the right, the dispute, other ways."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from app.domain import bases
from app.domain.mediation import PATENT_RIGHTS, DisputeKind, RightType
from app.models import Case, Mediation
from app.services.acting import letter_facts


@letter_facts("mediation")
def of_the_dispute(session: Session, case: Case) -> dict[str, Any]:
    """Return the right and the dispute of a case, and what else is open to its parties."""
    mediation = session.get_one(Mediation, case.id)
    right = RightType(mediation.right_type)
    return {
        "right": {
            "type": right.label,
            "number": mediation.right_number,
            "name": mediation.right_name,
            "holder": mediation.right_holder,
            "patent": right in PATENT_RIGHTS,
        },
        "trademark_law": bases.trademark_law(right, mediation.dispute_kind, case.received_on),
        "other_ways": bases.other_ways(right, mediation.dispute_kind, case.received_on),
        "cause": f"{right.label}{DisputeKind(mediation.dispute_kind).label}纠纷",
    }
