"""After the payment: what the money has done, and taking it back where it should not have been paid (domain C.3)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from app import clock
from app.domain import amounts
from app.domain.awards.options import Freed
from app.domain.awards.recovery import Effect, RecoveryGround, RecoveryState, barred_until
from app.domain.errors import RuleBroken, Stale
from app.domain.events import EvaluationRecorded, RecoveryDecided, RecoveryProposed, RepaymentRecorded
from app.models import ApplicantBar, AwardEvaluation, AwardRecovery, Organization
from app.queries import award_options, award_recoveries
from app.queries.award_applications import line_of
from app.services import answered, papers
from app.services.acting import Acting, Answers, Data, act
from app.services.awards import caps, current


@act("record_evaluation")
def record_evaluation(acting: Acting, answers: Answers) -> Data | None:
    """Keep what somebody found that the money has done."""
    assert acting.by is not None
    papers.receive(acting, "award_evidence", answers.get("files") or [], title="绩效评价材料", seen_by="office")
    acting.session.add(
        AwardEvaluation(
            case_id=acting.case.id, effect=answers["effect"], text=answers["text"], by_id=acting.by.id, at=clock.now()
        )
    )
    acting.record(EvaluationRecorded(effect=Effect(answers["effect"]).label, text=answers["text"]))
    return None


@act("propose_recovery")
def propose_recovery(acting: Acting, answers: Answers) -> Data | None:
    """Propose to take money back, at most what was paid; one proposal at a time."""
    assert acting.by is not None
    paid = award_recoveries.paid_grant(acting.session, acting.case)
    amount = answered.money(answers["amount"]) or Decimal(0)
    taken = sum((one.amount for one in _ordered(acting)), Decimal(0))
    left = (paid.amount if paid is not None else Decimal(0)) - taken
    if not 0 < amount <= left:
        raise RuleBroken("追回的金额应当大于 0，不超过 %(most)s 元", field="amount", most=f"{left:,.2f}")
    papers.receive(acting, "award_evidence", answers.get("files") or [], title="追回依据", seen_by="office")
    ground = RecoveryGround(answers["ground"])
    acting.session.add(
        AwardRecovery(
            case_id=acting.case.id,
            ground=ground.value,
            reason=answers["reason"],
            amount=amount,
            proposed_by_id=acting.by.id,
            proposed_at=clock.now(),
        )
    )
    acting.record(RecoveryProposed(ground=ground.label, amount=amount, reason=answers["reason"]))
    return None


def _ordered(acting: Acting) -> list[AwardRecovery]:
    refused = RecoveryState.REFUSED
    return [one for one in award_recoveries.recoveries(acting.session, acting.case) if one.state != refused]


@act("decide_recovery")
def decide_recovery(acting: Acting, answers: Answers) -> Data | None:
    """Order or refuse what somebody else has proposed; an order tells the unit, and may bar it from applying."""
    assert acting.by is not None
    row = award_recoveries.open_recovery(acting.session, acting.case)
    if row is None or row.state != RecoveryState.PROPOSED:
        raise Stale("没有待决定的追回")
    if row.proposed_by_id == acting.by.id:
        raise RuleBroken("提出追回的人不能决定，请由另一人决定", field="ordered")
    row.decided_by_id, row.decided_at = acting.by.id, clock.now()
    if not answers["ordered"]:
        row.state = RecoveryState.REFUSED.value
        acting.record(RecoveryDecided(ordered=False, amount=row.amount, reason=answers["reason"], until=None))
        return None
    row.state = RecoveryState.ORDERED.value
    until = _bar(acting, row)
    acting.record(RecoveryDecided(ordered=True, amount=row.amount, reason=answers["reason"], until=until))
    papers.issue(
        acting,
        "award_recovery_notice",
        to=[current.applicant(acting)],
        sum=amounts.on_paper(row.amount),
        ground=RecoveryGround(row.ground).label,
        reason=row.reason,
        days=answers["days"],
        until=until.isoformat() if until else "",
    )
    return None


def _bar(acting: Acting, row: AwardRecovery) -> date | None:
    """Keep the unit from applying for as long as the ground says, and return the last day of that."""
    until = barred_until(RecoveryGround(row.ground), acting.today)
    if until is not None:
        unit = current.applicant(acting).organization_id
        acting.session.add(
            ApplicantBar(
                organization_id=unit, case_id=acting.case.id, ground=row.ground, first=acting.today, last=until
            )
        )
    return until


@act("record_repayment")
def record_repayment(acting: Acting, answers: Answers) -> Data | None:
    """Keep what has come back; with the last yuan the recovery is over, and frees its cap where the office says so."""
    row = award_recoveries.open_recovery(acting.session, acting.case)
    if row is None or row.state != RecoveryState.ORDERED:
        raise Stale("没有正在追回的款项")
    amount, on = answered.money(answers["amount"]) or Decimal(0), answered.day(answers["on"])
    if not 0 < amount <= row.amount - row.repaid:
        raise RuleBroken(
            "退回的金额应当大于 0，不超过 %(most)s 元", field="amount", most=f"{row.amount - row.repaid:,.2f}"
        )
    assert on is not None
    papers.receive(acting, "award_evidence", answers.get("files") or [], title="退款凭证", seen_by="office")
    row.repaid += amount
    if row.repaid == row.amount:
        row.state = RecoveryState.REPAID.value
        _free(acting, row)
    acting.record(RepaymentRecorded(amount=amount, on=on, left=row.amount - row.repaid))
    return None


def _free(acting: Acting, row: AwardRecovery) -> None:
    """Give back to the cap what was repaid, as the office has settled; money that was paid stays spent of its budget."""
    application = current.application(acting)
    option = award_options.chosen(acting.session, "award.clawed_back")["award.clawed_back"]
    if option == Freed.FREES and line_of(acting.session, application).cap is not None:
        account = caps.account_of(acting.session, application)
        caps.move(acting.session, account, application, -row.amount, "clawed_back", by=acting.by)


def refuse_barred(session: Session, organization: Organization, on: date, *, field: str | None = None) -> None:
    """Raise ``RuleBroken`` for an organisation that may not apply on that day."""
    bar = award_recoveries.bar_on(session, organization.id, on)
    if bar is not None:
        raise RuleBroken("%(name)s 在停止申报的期间（至 %(day)s）", field=field, name=organization.name, day=bar.last)
