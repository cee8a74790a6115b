"""The check of a request: whose it is, what is missing, what is proposed (order 81, arts. 12, 16 and 20)."""

from __future__ import annotations

from app.domain import bases
from app.domain.disputes import PATENT_RIGHTS, Authority, Competence, RefusalReason
from app.domain.errors import RuleBroken
from app.domain.events import (
    CompetenceDecided,
    CorrectionAsked,
    DocketingProposed,
    MaterialsCorrected,
    RequestRefused,
)
from app.models import Task
from app.services import answered, clocks, corrections, papers, parties, pauses
from app.services.acting import Acting, Answers, Data, operation, step
from app.services.adjudication import current
from app.services.adjudication.request import issue_request

PROPOSED = {"docket": "建议立案", "refuse": "建议不予受理"}


@step("confirm_adjudication")
def confirm_adjudication(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Keep the request, or hand it over to whoever is competent, with a letter (D15); the requester is told."""
    competence = Competence(answers["competence"])
    authority = Authority(answers["authority"]) if answers.get("authority") else None
    row = current.adjudication(acting)
    if competence == Competence.OURS and row.right_type not in PATENT_RIGHTS:
        raise RuleBroken("本局只裁决专利侵权纠纷（专利法第65条）；其他权利的纠纷应当转送", field="competence")
    row.competence = competence.value
    row.authority = authority.label if authority else None
    acting.record(
        CompetenceDecided(
            competence=competence.label, authority=authority.label if authority else "", reason=answers["reason"]
        )
    )
    if competence == Competence.TRANSFER:
        if authority is None:
            raise RuleBroken("请选择转送的机关", field="authority")
        hand_over(acting, authority.label, answers["reason"])
        papers.issue(
            acting,
            "transfer_notice",
            to=parties.requesters(acting),
            authority=authority.label,
            reason=answers["reason"],
        )
    return {"competence": competence.value}


def hand_over(acting: Acting, authority: str, reason: str) -> None:
    """Issue the letter with which the papers go to another authority (D15)."""
    titles = [d.title for d in papers.of_case(acting) if d.seen_by != "office" and d.kind != "service_receipt"]
    papers.issue(
        acting,
        "transfer_letter",
        seen_by="office",
        authority=authority,
        reason=reason,
        papers=list(dict.fromkeys(titles)),
    )


@step("examine_request")
def examine_request(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Ask once and completely for what is missing, or propose to docket or to refuse."""
    row = current.adjudication(acting)
    row.competence = row.competence or Competence.OURS.value
    check = answers["check"]
    if check == "correct":
        if row.corrected:
            raise RuleBroken("补正只能一次性告知；材料仍不齐备的，请建议立案或者不予受理", field="check")
        row.right_filed_on = answered.day(answers.get("right_filed_on")) or row.right_filed_on
        _ask_for_correction(acting, list(answers["items"]), int(answers["days"]), report=bool(answers.get("report")))
        row.corrected = True
        return {"examined": "correct"}
    acting.record(DocketingProposed(outcome=PROPOSED[check], opinion=answers["opinion"]))
    return {"examined": "propose"}


def _ask_for_correction(acting: Acting, items: list[str], days: int, *, report: bool) -> None:
    """Ask for all that is missing; the days until it comes back do not count towards the docketing (TL02, TL03)."""
    row = current.adjudication(acting)
    row.report_asked = report
    asked = [*items, *(["提交本专利的专利权评价报告"] if report else [])]
    acting.lengths["adjudication.correction"] = days
    acting.record(CorrectionAsked(items=tuple(asked), days=days))
    to = parties.requesters(acting)
    papers.issue(acting, "correction_notice", to=to, items=asked, days=days)
    if report:
        if row.right_filed_on is None:
            raise RuleBroken("请填写专利的申请日，列入通知书", field="right_filed_on")
        papers.issue(acting, "evaluation_report_notice", to=to, days=days, filed_on=row.right_filed_on.isoformat())
    pauses.pause(acting, "correction", "等待请求人补正")


@step("correct_request")
def correct_request(acting: Acting, task: Task, answers: Answers) -> Data:
    """Take in what the requester hands in after the correction notice; it goes back to the check."""
    changes = corrections.put_right(acting, current.adjudication(acting), answers)
    items = answers.get("items") or []
    files = [i for part in (*items, answers) for i in part.get("files") or []]
    papers.receive(acting, "corrected_materials", files, party=task.party)
    papers.receive(acting, "evaluation_report", answers.get("report_files") or [], party=task.party)
    acting.record(
        MaterialsCorrected(
            files=len(files),
            explanation=answers.get("explanation") or "",
            items=tuple(f"{e['item']}. {e.get('answer') or ''}".strip() for e in items),
            changes=tuple(changes),
        )
    )
    pauses.resume(acting, "correction")
    if changes:
        issue_request(acting, papers.latest(acting.session, acting.case, "infringement_request"))
    return {}


@operation("refuse_uncorrected_request")
def refuse_uncorrected_request(acting: Acting) -> Data:
    """Refuse the request because the correction period ran out in silence (order 81, art. 16)."""
    refuse(acting, [RefusalReason.UNCORRECTED], "")
    return {}


def refuse(acting: Acting, reasons: list[RefusalReason], explanation: str) -> None:
    """Refuse the request with its reasons and the remedy (D08)."""
    clocks.end(acting, "adjudication.docket", met=True)
    acting.record(RequestRefused(reasons=tuple(r.label for r in reasons), explanation=explanation))
    papers.issue(
        acting,
        "adjudication_refusal_notice",
        to=parties.requesters(acting),
        reasons=[r.value for r in reasons],
        explanation=explanation,
        basis=bases.of_refusal(current.adjudication(acting).right_type, reasons, acting.case.received_on),
    )
