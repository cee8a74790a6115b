"""Competence and the formality check: ours or not, complete or not (order 81, arts. 12, 16, 63-65)."""

from __future__ import annotations

from datetime import date

from app.domain import bases, statute
from app.domain.disputes import Authority, Competence, RefusalReason
from app.domain.errors import RuleBroken
from app.domain.events import (
    CompetenceDecided,
    CorrectionAsked,
    MaterialsCorrected,
    PartiesContacted,
    RequestAccepted,
    RequestRefused,
)
from app.domain.periods import Regime
from app.models import Task
from app.services import clocks, corrections, papers, parties, pauses
from app.services.acting import Acting, Answers, Data, act, operation, step
from app.services.mediation import current, statements
from app.services.mediation.request import issue_request


@step("confirm_competence")
def confirm_competence(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Decide who is competent; send the request on, or say that it cannot be mediated and what else is open."""
    competence = Competence(answers["competence"])
    authority = Authority(answers["authority"]) if answers.get("authority") else None
    mediation = current.mediation(acting)
    mediation.competence = competence.value
    mediation.authority = authority.label if authority else None
    acting.record(
        CompetenceDecided(
            competence=competence.label, authority=authority.label if authority else "", reason=answers["reason"]
        )
    )
    to = parties.requesters(acting)
    if competence == Competence.TRANSFER:
        if authority is None:
            raise RuleBroken("请选择转送的机关", field="authority")
        papers.issue(acting, "transfer_notice", to=to, authority=authority.label, reason=answers["reason"])
    elif competence == Competence.NOT_MEDIABLE:
        _refuse(acting, [RefusalReason.NOT_COMPETENT], answers["reason"])
    return {"competence": competence.value}


@step("formality_check")
def formality_check(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Accept the request, ask once and completely for what is missing, or refuse it with reasons and remedy."""
    mediation = current.mediation(acting)
    mediation.competence = mediation.competence or Competence.OURS.value
    check = answers["check"]
    if check == "accept":
        _accept(acting)
    elif check == "correct":
        if mediation.corrected:
            raise RuleBroken("补正只能一次性告知；材料仍不齐备的，请受理或者不予受理", field="check")
        _ask_for_correction(acting, list(answers["items"]), int(answers["days"]))
        mediation.corrected = True
    else:
        _refuse(acting, [RefusalReason(r) for r in answers["reasons"]], answers.get("explanation") or "")
    return {"check": check}


def _accept(acting: Acting) -> None:
    acting.record(RequestAccepted())
    acting.milestone("accepted", acting.today)
    for rule in statements.FAST:
        clocks.start(acting, rule)
    pauses.pause(acting, "service", "送达请求书并等待被请求人意见陈述")
    for party in acting.case.parties:  # the office has looked at everybody's standing: now the case is theirs to see
        party.sees = True
    papers.issue(
        acting,
        "statement_notice",
        to=parties.respondents(acting),
        days=statute.length("mediation.statement", Regime(acting.case.regime)),
    )


def _ask_for_correction(acting: Acting, items: list[str], days: int) -> None:
    """Ask for all that is missing; the period runs for each from the day on which the notice reaches it."""
    acting.lengths["mediation.correction"] = days
    clocks.end(acting, "mediation.serve", met=False)  # it runs again from the complete request
    acting.record(CorrectionAsked(items=tuple(items), days=days))
    papers.issue(acting, "correction_notice", to=parties.requesters(acting), items=items, days=days)


def _refuse(acting: Acting, reasons: list[RefusalReason], explanation: str) -> None:
    acting.record(RequestRefused(reasons=tuple(r.label for r in reasons), explanation=explanation))
    papers.issue(
        acting,
        "refusal_notice",
        to=parties.requesters(acting),
        reasons=[r.value for r in reasons],
        explanation=explanation,
        basis=bases.of_refusal(current.mediation(acting).right_type, reasons, acting.case.received_on),
    )


@step("correct_materials")
def correct_materials(acting: Acting, task: Task, answers: Answers) -> Data:
    """Take in what the requester hands in after the correction notice; it goes back to the check."""
    changes = corrections.put_right(acting, current.mediation(acting), answers)
    items = answers.get("items") or []
    files = [i for part in (*items, answers) for i in part.get("files") or []]
    papers.receive(acting, "corrected_materials", files, party=task.party)
    acting.milestone("request_received", acting.today)  # what runs from receipt runs from the complete request
    clocks.start(acting, "mediation.serve")
    acting.record(
        MaterialsCorrected(
            files=len(files),
            explanation=answers.get("explanation") or "",
            items=tuple(f"{e['item']}. {e.get('answer') or ''}".strip() for e in items),
            changes=tuple(changes),
        )
    )
    if changes:
        issue_request(acting, papers.latest(acting.session, acting.case, "mediation_request"))
    return {}


@operation("refuse_uncorrected")
def refuse_uncorrected(acting: Acting) -> Data:
    """Refuse the request because the correction period ran out in silence (order 81, art. 16)."""
    _refuse(acting, [RefusalReason.UNCORRECTED], "")
    return {}


@act("record_contact")
def record_contact(acting: Acting, answers: Answers) -> Data:
    """Note that both sides were contacted: it meets the internal target of the fast track (TL60)."""
    on = date.fromisoformat(answers["on"])
    if on < acting.case.received_on:
        raise RuleBroken("联络日期不能早于收到请求的日期 %(day)s", field="on", day=acting.case.received_on)
    acting.record(PartiesContacted(on=on, summary=answers["summary"]))
    clocks.end(acting, "fast.contact", met=True)
    return {}
