"""After the agreement: joint judicial confirmation (civil procedure law, art. 205) and performance."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import select

from app.domain.errors import RuleBroken
from app.domain.events import (
    ConfirmationAnswered,
    ConfirmationApplied,
    ConfirmationLapsed,
    ConfirmationRecorded,
    PerformanceRecorded,
)
from app.domain.mediation import CourtResult, PerformanceFinding
from app.domain.roles import Role
from app.models import Agreement, Performance, Task
from app.policy import may_dispose
from app.services import clocks, papers
from app.services.acting import Acting, Answers, Data, operation, step
from app.services.mediation import facts


@step("joint_application")
def joint_application(acting: Acting, task: Task, answers: Answers) -> Data | None:
    """Both sides apply together or not at all: one who does not want it decides at once."""
    party = task.party
    assert party is not None and acting.by is not None
    if answers["applies"] and not acting.by.is_official and not may_dispose(acting.by, party):
        raise RuleBroken("一般授权的代理人不能申请司法确认，须有特别授权", field="applies")
    clocks.end(acting, "confirmation.apply", party=party, met=True)
    acting.record(ConfirmationAnswered(party=party.name, applies=bool(answers["applies"])))
    papers.receive(acting, "confirmation_attachment", answers.get("files") or [], party=party)
    mediation = facts.mediation_of(acting)
    if not answers["applies"]:
        mediation.judicial_confirmation = "not_wanted"
        return {"judicial": "none"}
    if not _all_apply(acting, task):
        return None
    mediation.judicial_confirmation = "applied"
    acting.record(ConfirmationApplied(on=acting.today))
    acting.milestone("confirmation_applied", acting.today)
    clocks.start(acting, "confirmation.court_accept", task_key="record_confirmation")
    _issue_for_the_court(acting)
    return {"judicial": "apply"}


def _issue_for_the_court(acting: Acting) -> None:
    """Make what the parties hand in at the court: their application, and the proof of who mediated.

    Interpretation of the civil procedure law (2022), art. 353: the agreement goes with a proof that a body mediated.
    """
    agreement, mediator = facts.current_agreement(acting), acting.case.staff_in(Role.MEDIATOR)
    docketed_on = facts.mediation_of(acting).docketed_on
    of_agreement: dict[str, Any] = {
        "effective_on": agreement.effective_on.isoformat() if agreement.effective_on else "",
        "agreement_number": _agreement_number(acting),
    }
    to = facts.in_mediation(acting)
    papers.issue(acting, "judicial_confirmation_application", to=to, **of_agreement)
    papers.issue(
        acting,
        "mediation_certificate",
        to=to,
        mediator=mediator.user.name if mediator else "",
        docketed_on=docketed_on.isoformat() if docketed_on else "",
        **of_agreement,
    )


def _all_apply(acting: Acting, task: Task) -> bool:
    waiting = acting.session.scalar(
        select(Task.id).where(Task.case_id == task.case_id, Task.engine_id == task.engine_id, Task.state == "open")
    )
    return waiting is None


def _agreement_number(acting: Acting) -> str:
    document = papers.latest(acting.session, acting.case, "mediation_agreement")
    return (document.number if document else None) or acting.case.number


@operation("lapse_confirmation")
def lapse_confirmation(acting: Acting) -> Data:
    """Thirty days have gone without a joint application; the agreement binds as a contract."""
    facts.mediation_of(acting).judicial_confirmation = "lapsed"
    acting.record(ConfirmationLapsed())
    return {}


@step("record_confirmation")
def record_confirmation(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Note what the court did with the joint application: it accepts within 3 days and decides within 15 more (2011, arts. 4, 5)."""
    result, on = answers["result"], facts.day(answers["on"])
    mediation = facts.mediation_of(acting)
    if result == "accepted" and mediation.judicial_confirmation == "accepted":
        raise RuleBroken("法院的受理已经登记，请登记裁定结果", field="result")
    mediation.judicial_confirmation = result
    papers.receive(acting, "court_ruling", answers.get("files") or [])
    acting.record(
        ConfirmationRecorded(result=CourtResult(result).label, court_number=answers.get("court_number") or "", on=on)
    )
    clocks.end(acting, "confirmation.court_accept", met=True)
    if result == "accepted":
        assert on is not None
        acting.milestone("confirmation_accepted", on)
        clocks.start(acting, "confirmation.court_decide", task_key="record_confirmation")
        return {"court": "accepted"}
    clocks.end(acting, "confirmation.court_decide", met=True)
    return {"court": "done"}


def _refuse_less(agreement: Agreement, paid: Decimal | None, *, waived: bool) -> None:
    """Raise ``RuleBroken`` where less was paid than agreed and nobody has waived the rest."""
    due = agreement.amount
    if due and not waived and (paid is None or paid < due):
        raise RuleBroken(
            "约定支付 %(due)s 元，已支付 %(paid)s 元；付清以前请选择“正在履行”，债权人书面放弃余款的请勾选",
            field="amount",
            due=f"{due:,.2f}",
            paid=f"{paid or 0:,.2f}",
        )


@step("performance")
def performance(acting: Acting, task: Task, answers: Answers) -> Data:
    """Note what was found about performance; a breach before its day is no breach."""
    on = facts.day(answers["on"])
    assert on is not None and acting.by is not None
    agreement = facts.current_agreement(acting)
    finding = answers["finding"]
    if on > acting.today:
        raise RuleBroken("查明日期不能晚于今天", field="on")
    if finding == "breached" and agreement.perform_by is not None and on <= agreement.perform_by:
        raise RuleBroken("履行期限至 %(day)s，尚未届满", field="finding", day=agreement.perform_by.isoformat())
    amount = facts.money(answers.get("amount"))
    if finding == "performed":
        _refuse_less(agreement, amount, waived=bool(answers.get("waived")))
    acting.session.add(
        Performance(
            case_id=acting.case.id,
            on=on,
            finding=finding,
            amount=amount,
            detail=answers.get("detail") or "",
            by_id=acting.by.id,
        )
    )
    acting.record(PerformanceRecorded(finding=PerformanceFinding(finding).label, on=on, amount=amount))
    papers.issue(
        acting,
        "performance_record",
        finding=PerformanceFinding(finding).label,
        on=on.isoformat(),
        detail=answers.get("detail") or "",
        amount=str(amount) if amount is not None else "",
    )
    papers.receive(acting, "performance_proof", answers.get("files") or [])
    if finding == "waiting":
        if next_on := facts.day(answers.get("next_on")):
            acting.dues["agreement.performance"] = next_on
        elif agreement.perform_by is not None:
            acting.dues["agreement.performance"] = agreement.perform_by
    else:
        clocks.end(acting, "agreement.performance", met=finding == "performed")
    return {"performance": finding}
