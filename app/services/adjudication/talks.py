"""Mediation inside the case, and the time that the parties take to settle (order 81, arts. 35 and 37)."""

from __future__ import annotations

from app.domain.errors import RuleBroken
from app.domain.events import TalksEnded, TalksOpened, TermsDrafted, TermsEffective, TermsReturned, TermsSealed
from app.models import Task
from app.services import agreements, papers, pauses
from app.services.acting import Acting, Answers, Data, act, step
from app.services.adjudication import closing, current
from app.services.adjudication.cancellation import refuse_unsettled


@act("mediate")
def mediate(acting: Acting, answers: Answers) -> Data:
    """Open a mediation that both sides consent to; the case itself goes on meanwhile."""
    papers.receive(acting, "consent_to_mediation", answers.get("files") or [])
    acting.record(TalksOpened())
    acting.remark(answers["reason"])
    return {}


@step("mediate_inside")
def mediate_inside(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Keep the terms that were agreed on, or go back to where the case was."""
    acting.remark(answers["record"])
    if answers["talks"] == "failed":
        acting.record(TalksEnded(agreed=False))
        return {"talks": "failed"}
    draft = agreements.keep_draft(acting, answers, partial=False)
    acting.record(TermsDrafted(place=draft.place))
    return {"talks": "agreed"}


@step("confirm_terms")
def confirm_terms(acting: Acting, task: Task, answers: Answers) -> Data | None:
    """Take a party's word on the terms; who refuses ends the talks."""
    confirmed = agreements.take_word(acting, task, answers)
    if confirmed == "failed":
        acting.record(TalksEnded(agreed=False, reason=answers.get("comment") or ""))
        return {"confirmed": confirmed, "talks": "failed"}
    return {"confirmed": confirmed} if confirmed else None


@step("seal_terms")
def seal_terms(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Seal and issue the agreement (D32), or send the terms back."""
    if not answers["issued"]:
        acting.record(TermsReturned(reason=answers["reason"]))
        return {"issued": False}
    refuse_unsettled(acting, "issued")
    closing.approve(
        acting,
        summary=current.answered_before(acting, "examine_request").get("summary") or "",
        panel_opinion="经调解，各方当事人达成协议。",
        opinion="同意签发调解协议书。",
    )
    acting.record(TermsSealed(number=agreements.seal(acting)))
    return {"issued": True}


@step("serve_terms")
def serve_terms(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Record the service of the agreement, which ends the case when it has reached everybody; a refusal ends the talks."""
    refusing = agreements.serve(acting, answers)
    if refusing is not None:
        acting.record(TalksEnded(agreed=False, reason=f"{refusing.name}拒绝签收：{answers['refusal']}"))
        return {"agreement": "refused", "talks": "failed"}
    effective_on = agreements.last_draft(acting).effective_on
    assert effective_on is not None
    acting.record(TermsEffective(on=effective_on))
    acting.record(TalksEnded(agreed=True))
    return {"agreement": "effective", "talks": "agreed"}


@act("settlement_talks")
def settlement_talks(acting: Acting, answers: Answers) -> Data | None:
    """Stop the closing period while the parties talk; only order 81 leaves these days out (art. 37)."""
    if not pauses.stops_anything(acting, "settlement"):
        raise RuleBroken("本案适用的规定没有把和解期间排除在办案期限之外", field="reason")
    if pauses.lasts(acting, "settlement"):
        raise RuleBroken("和解期间已经登记，还没有结束", field="reason")
    [document, *_rest] = papers.receive(acting, "settlement_request", answers["files"])
    pauses.pause(acting, "settlement", answers["reason"], decided_in=document)
    return None


@act("end_talks")
def end_talks(acting: Acting, answers: Answers) -> Data | None:
    """Let the closing period run on."""
    if not pauses.lasts(acting, "settlement"):
        raise RuleBroken("没有正在进行的和解期间", field="reason")
    acting.remark(answers["reason"])
    pauses.resume(acting, "settlement")
    return None
