"""Filing the request for mediation: about which right, what is asked and why (order 81, arts. 63-64)."""

from __future__ import annotations

from app.domain.events import RequestFiled
from app.models import Document, Mediation
from app.services import answered, clocks, filing, papers
from app.services.acting import Acting, Answers, Data, start
from app.services.mediation import current


@start("mediation")
def file_request(acting: Acting, answers: Answers) -> Data:
    """Enter the request, its parties and its papers; return what the decision table on competence looks at."""
    filing.enter_case(acting, answers)
    acting.session.add(
        Mediation(
            case_id=acting.case.id,
            right_type=answers["right_type"],
            right_number=answers["right_number"],
            right_name=answers["right_name"],
            right_holder=answers["right_holder"],
            requester_standing=answers["standing"],
            dispute_kind=answers["dispute_kind"],
            major=bool(answers["major"]),
            requests=list(answers["requests"]),
            amount_claimed=answered.money(answers.get("amount_claimed")),
            only_damages=bool(answers.get("only_damages")),
            facts=answers["facts"],
            no_suit_declared=bool(answers["no_suit"]),
        )
    )
    acting.milestone("request_received", acting.case.received_on)
    acting.record(RequestFiled(files=len(filing.all_files(answers))))
    clocks.start(acting, "mediation.serve")  # runs from receipt, whatever is to be checked first
    filing.hand_in(acting, answers)
    issue_request(acting)
    filing.issue_receipts(acting, answers)
    return {
        "right_type": answers["right_type"],
        "dispute_kind": answers["dispute_kind"],
        "major": bool(answers["major"]),
        "competence": None,
        "authority": None,
    }


def issue_request(acting: Acting, replaces: Document | None = None) -> None:
    """Issue the request (D42) as it stands now."""
    mediation = current.mediation(acting)
    papers.issue(
        acting,
        "mediation_request",
        replaces=replaces,
        requests=mediation.requests,
        reasons=mediation.facts,
        amount=str(mediation.amount_claimed or ""),
        only_damages=mediation.only_damages,
    )
