"""Performance of the agreement: what was found, and when to look again."""

from __future__ import annotations

from decimal import Decimal

from app.domain.errors import RuleBroken
from app.domain.events import PerformanceRecorded
from app.domain.mediation import PerformanceFinding
from app.models import Agreement, Performance, Task
from app.services import agreements, answered, clocks, papers
from app.services.acting import Acting, Answers, Data, step
from app.services.mediation import current


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


def _refuse_unexplained_more(agreement: Agreement, paid: Decimal | None, detail: str) -> None:
    """Raise ``RuleBroken`` where more was paid than agreed and nobody says why: a slip, or something agreed since."""
    due = agreement.amount
    if due and paid is not None and paid > due and not detail:
        raise RuleBroken(
            "登记的 %(paid)s 元超过约定的 %(due)s 元；请核对金额，确实多付的，请写明原因",
            field="detail",
            due=f"{due:,.2f}",
            paid=f"{paid:,.2f}",
        )


@step("performance")
def performance(acting: Acting, task: Task, answers: Answers) -> Data:
    """Note what was found about performance; a breach before its day is no breach."""
    on = answered.day(answers["on"])
    assert on is not None and acting.by is not None
    agreement = agreements.last_draft(acting)
    finding = answers["finding"]
    if on > acting.today:
        raise RuleBroken("查明日期不能晚于今天", field="on")
    if agreement.effective_on is not None and on < agreement.effective_on:
        raise RuleBroken("查明日期不能早于协议生效日期 %(day)s", field="on", day=agreement.effective_on)
    last = current.last_day_to_perform(acting)
    if finding == "breached" and last is not None and on <= last:
        raise RuleBroken("履行期限至 %(day)s，尚未届满", field="finding", day=last)
    amount = answered.money(answers.get("amount"))
    _refuse_unexplained_more(agreement, amount, answers.get("detail") or "")
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
        if next_on := answered.day(answers.get("next_on")):
            acting.dues["agreement.performance"] = next_on
        elif last is not None:
            acting.dues["agreement.performance"] = last
    else:
        clocks.end(acting, "agreement.performance", met=finding == "performed")
    return {"performance": finding}
