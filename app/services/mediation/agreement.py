"""The agreement of a mediation: drafted, confirmed by every party, sealed, served (order 81, arts. 35, 67 and 69)."""

from __future__ import annotations

from app.domain.disputes import DisputeKind
from app.domain.errors import RuleBroken
from app.domain.events import AgreementDrafted, AgreementEffective, AgreementIssued, AgreementRefused, AgreementReturned
from app.models import Task
from app.services import agreements, clocks
from app.services.acting import Acting, Answers, Data, step
from app.services.mediation import current


@step("draft_agreement")
def draft_agreement(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Keep a draft; an earlier one stays as it was."""
    partial = current.mediation(acting).partial
    if partial and not answers.get("open_points"):
        raise RuleBroken("部分达成协议的，请写明未达成协议的事项", field="open_points")
    draft = agreements.keep_draft(acting, answers, partial=partial)
    acting.record(AgreementDrafted(place=draft.place, partial=partial))
    return {}


@step("confirm_agreement")
def confirm_agreement(acting: Acting, task: Task, answers: Answers) -> Data | None:
    """Take a party's word on the draft. All must confirm; one who wants a change or refuses decides at once."""
    confirmed = agreements.take_word(acting, task, answers)
    return {"confirmed": confirmed} if confirmed else None


@step("issue_agreement")
def issue_agreement(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Seal and issue the confirmed agreement (D32), or send the draft back with a reason."""
    if not answers["issued"]:
        acting.record(AgreementReturned(reason=answers["reason"]))
        return {"issued": False}
    acting.record(AgreementIssued(number=agreements.seal(acting)))
    # what is sealed is not taken back because somebody should have stepped aside
    for party in agreements.bound(acting):
        clocks.end(acting, "recusal.request", party=party, met=False)
    clocks.end(acting, "fast.finish", met=True)
    clocks.end(acting, "mediation.ownership_close", met=True)
    return {"issued": True}


@step("serve_agreement")
def serve_agreement(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Record the service of the agreement. A party that refuses to take it is not bound: then there is no agreement."""
    refusing = agreements.serve(acting, answers)
    if refusing is not None:
        acting.record(AgreementRefused(party=refusing.name, reason=answers["refusal"]))
        return {"agreement": "refused"}
    effective_on = agreements.last_draft(acting).effective_on
    assert effective_on is not None
    acting.record(AgreementEffective(on=effective_on))
    if (last := current.last_day_to_perform(acting)) is not None:
        acting.dues["agreement.performance"] = last
    mediation = current.mediation(acting)
    if mediation.dispute_kind == DisputeKind.OWNERSHIP:
        mediation.judicial_confirmation = "excluded"
        acting.milestone("agreed", effective_on)
        clocks.start(acting, "mediation.resume")
    return {"agreement": "effective"}
