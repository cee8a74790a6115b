"""What nearly every paper of a mediation prints beside the parties and the dates: the right, the dispute, other ways."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.domain import bases
from app.domain.disputes import PATENT_RIGHTS, DisputeKind, RightType, written_number
from app.models import Case, Mediation
from app.services.acting import letter_facts


@letter_facts("mediation")
def of_the_dispute(session: Session, case: Case, on: date) -> dict[str, Any]:
    """Return the right and the dispute of a case, and what else is open to its parties from the day of the paper.

    The mediation itself stays under the law of the day of receipt.
    """
    mediation = session.get_one(Mediation, case.id)
    right = RightType(mediation.right_type)
    return {
        "right": {
            "type": right.label,
            "number": written_number(right, mediation.right_number),
            "name": mediation.right_name,
            "holder": mediation.right_holder,
            "patent": right in PATENT_RIGHTS,
        },
        "trademark_law": bases.trademark_law(right, mediation.dispute_kind, case.received_on),
        "other_ways": bases.other_ways(right, mediation.dispute_kind, on),
        "cause": _cause(right, mediation),
    }


def _cause(right: RightType, mediation: Mediation) -> str:
    """Return what the case is about as papers name it (案由)."""
    dispute = DisputeKind(mediation.dispute_kind)
    damages = mediation.only_damages and dispute is DisputeKind.INFRINGEMENT
    return f"{right.label}{'侵权赔偿数额' if damages else dispute.label.removesuffix('纠纷')}纠纷"
