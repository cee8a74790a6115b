"""Notarial enforceability of an agreement that has money to pay (order 81, arts. 35 and 69)."""

from __future__ import annotations

from app.domain.events import NotarisationApplied
from app.services import agreements, papers
from app.services.acting import Acting, Answers, Data, act
from app.services.mediation import sides


@act("apply_notarisation")
def apply_notarisation(acting: Acting, answers: Answers) -> Data:
    """Make the application (D44) of all who are bound; one made anew, for another notary, takes the earlier one's place."""
    agreement = agreements.last_draft(acting)
    document = papers.latest(acting.session, acting.case, "mediation_agreement")
    acting.record(NotarisationApplied(notary=answers["notary"]))
    papers.issue(
        acting,
        "notarisation_application",
        to=sides.in_mediation(acting),
        replaces=papers.latest(acting.session, acting.case, "notarisation_application"),
        notary=answers["notary"],
        agreement_number=(document.number if document else None) or acting.case.number,
        issued_on=agreement.issued_on.isoformat() if agreement.issued_on else "",
        effective_on=agreement.effective_on.isoformat() if agreement.effective_on else "",
        amount=str(agreement.amount),
        perform_by=agreement.perform_by.isoformat() if agreement.perform_by else "",
    )
    return {}
