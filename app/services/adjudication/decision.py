"""The decision: drafted from the findings, reviewed, sealed and issued, put right (order 81, arts. 31 and 33)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from app import clock
from app.domain.adjudication import Finding
from app.domain.claims import parted
from app.domain.errors import RuleBroken
from app.domain.events import (
    DecisionDrafted,
    DecisionIssued,
    DecisionReturned,
    DecisionReviewed,
    DeliberationReopened,
)
from app.domain.roles import Role
from app.models import Decision, Evidence, Task
from app.queries import deliberations
from app.services import clocks, papers, pauses
from app.services.acting import Acting, Answers, Data, step
from app.services.adjudication import closing, current
from app.services.adjudication.decision_paper import printed

TEXT = ("facts", "reasoning", "fees", "summary")


@step("draft_decision")
def draft_decision(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Keep a draft that says what the majority found; an earlier one stays as it was."""
    majority = deliberations.found(acting.session, acting.case)
    if majority is None:
        raise RuleBroken("合议组还没有形成多数意见，不能起草裁决书", field="finding")
    finding = Finding(answers["finding"])
    if finding.value != majority:
        raise RuleBroken(
            "合议的多数意见是“%(found)s”，裁决结果应当与之一致", field="finding", found=Finding(majority).label
        )
    if only_mediated := parted(answers.get("orders") or [])[1]:
        raise RuleBroken(
            "赔偿、道歉只能调解，不能裁决（专利法第65条）：%(orders)s", field="orders", orders=only_mediated
        )
    _assess(acting, answers.get("evidence_findings") or [])
    last = acting.session.scalar(select(func.max(Decision.place)).where(Decision.case_id == acting.case.id)) or 0
    assert acting.by is not None
    acting.session.add(
        Decision(
            case_id=acting.case.id,
            place=last + 1,
            finding=finding.value,
            orders=list(answers.get("orders") or []),
            rejected=list(answers.get("rejected") or []),
            text={name: answers.get(name) or "" for name in TEXT},
            perform_days=answers.get("perform_days"),
            drafted_by_id=acting.by.id,
            drafted_at=clock.now(),
        )
    )
    acting.record(DecisionDrafted(place=last + 1))
    return {}


def _assess(acting: Acting, entries: list[dict[str, Any]]) -> None:
    """Keep what the panel finds of each piece of evidence."""
    rows = {e.id: e for e in acting.session.scalars(select(Evidence).where(Evidence.case_id == acting.case.id))}
    assessed = {e["evidence"] for e in entries}
    if rows.keys() - assessed:
        raise RuleBroken("还有证据没有认定是否采信", field="evidence_findings")
    for entry in entries:
        row = rows.get(entry["evidence"])
        if row is None:
            raise RuleBroken("请选择本案的证据", field="evidence_findings")
        row.admitted, row.assessment = bool(entry["admitted"]), entry.get("assessment") or ""


@step("review_decision")
def review_decision(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Agree with the draft, or send it back to whoever drafted it."""
    assert acting.by is not None
    row = current.decision(acting)
    agreed = answers["review"] == "agree"
    row.reviewed_by_id, row.reviewed_on, row.review = acting.by.id, acting.today, answers["opinion"]
    acting.record(DecisionReviewed(agreed=agreed, opinion=answers["opinion"]))
    return {"decision_review": "agree" if agreed else "return"}


@step("approve_decision")
def approve_decision(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Seal and issue the decision (D34) with its approval form (D35), or send it back.

    Nothing is sealed while it is open whether a member has to step aside (order 81, art. 5).
    """
    choice = answers["decision"]
    if choice == "returned":
        acting.record(DecisionReturned(reason=answers["opinion"]))
        return {"decision": "returned"}
    if choice == "reconsider":
        acting.record(DeliberationReopened(reason=answers["opinion"]))
        return {"decision": "reconsider"}
    if acting.case.recusal_pending:
        raise RuleBroken("对合议组成员的回避申请尚未处理完毕，暂不能签发", field="decision")
    _refuse_pending(acting)
    _refuse_unvoted(acting)
    _issue(acting, answers)
    return {"decision": "issued"}


# What could still end the case in another way, or lets it stand still: decided before the case is.
_BEFORE_IT = frozenset(
    {
        "decide_withdrawal",
        "decide_settlement",
        "decide_cancellation",
        "decide_jurisdiction",
        "decide_suspension",
        "mediate_inside",
        "confirm_terms",
        "seal_terms",
        "serve_terms",
        "review_measure",
        "decide_measure",
        "settle_registration",
    }
)


def _refuse_pending(acting: Acting) -> None:
    if titles := current.open_steps(acting, _BEFORE_IT):
        raise RuleBroken("%(steps)s还没有办完，暂不能签发", field="decision", steps=titles)
    if pauses.lasts(acting, "appraisal"):
        raise RuleBroken("检验鉴定还没有结论，暂不能签发；不再等待的，请登记鉴定终止的情况", field="decision")
    unassessed = select(Evidence.title).where(Evidence.case_id == acting.case.id, Evidence.admitted.is_(None))
    if titles := list(acting.session.scalars(unassessed.order_by(Evidence.place))):
        raise RuleBroken("还有证据没有认定是否采信：%(titles)s；请退回起草", field="decision", titles=titles)


def _refuse_unvoted(acting: Acting) -> None:
    """Who decides has voted: where the panel changed after the vote, it deliberates once more (order 81, arts. 5 and 25)."""
    last = deliberations.current_round(acting.session, acting.case) - 1
    voted = {o.user_id for o in deliberations.opinions(acting.session, acting.case, last)}
    if missing := [s.user.name for s in acting.case.seats(Role.ADJUDICATOR) if s.user_id not in voted]:
        raise RuleBroken("%(names)s没有参加合议表决，请退回重新合议", field="decision", names=missing)


def _issue(acting: Acting, answers: Answers) -> None:
    assert acting.by is not None
    draft, row = current.decision(acting), current.adjudication(acting)
    closing.approve(
        acting,
        summary=draft.text["summary"],
        panel_opinion=f"合议组多数意见：{Finding(draft.finding).label}",
        opinion=answers["opinion"],
        section=(draft.review, draft.reviewed_by, draft.reviewed_on),
    )
    document = papers.issue(
        acting,
        "adjudication_decision",
        to=[p for p in acting.case.parties if p.takes_part],
        **printed(acting.session, acting.case, draft),
        decided_on=acting.today.isoformat(),
        replaces=None,
    )
    acting.session.flush()  # the decision names its document
    draft.document_id, draft.issued_on, draft.issued_by_id = document.id, acting.today, acting.by.id
    row.finding, row.decided_on = draft.finding, acting.today
    acting.milestone("decision_made", acting.today)
    acting.record(DecisionIssued(number=document.number or acting.case.number, finding=Finding(draft.finding).label))
    pauses.resume(acting, "settlement")  # what the parties still talk about no longer holds anything up
    clocks.end(acting, "adjudication.close", met=True)
    clocks.end(acting, "fast.adjudication", met=True)
    for party in acting.case.parties:  # what is sealed is not taken back because somebody should have stepped aside
        clocks.end(acting, "recusal.request", party=party, met=False)
        clocks.end(acting, "jurisdiction.objection", party=party, met=False)
