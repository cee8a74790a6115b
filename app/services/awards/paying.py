"""Paying: the list for the bank, what came back, the unit's receipt, an account that has to be put right."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app import clock, policy
from app.domain.awards import payments
from app.domain.awards.batches import GrantState
from app.domain.awards.payments import BadRow, Line, Result
from app.domain.errors import RuleBroken, Stale
from app.domain.events import AccountCorrected, GrantPaid, PaymentFailed, ReceiptConfirmed
from app.models import AwardBatch, AwardCall, AwardGrant, PaymentList, Task, User
from app.queries import award_batches as queries
from app.queries import cases
from app.services import access_log, answered, sheets, stepping
from app.services.acting import Acting, Answers, Data, signal, step
from app.services.awards import accounts, current, grants
from app.services.changing import FIRST

RECORD = signal("record_payment")


# -- the list ----------------------------------------------------------------------------------------------------------


def make_list(session: Session, call: AwardCall, *, by: User, address: str = "") -> PaymentList:
    """Put every approved line of a call that is on no list on a new one; each line is on one list at a time."""
    policy.check(by, "payment_list.make")
    grants.lock_budget(session, call.id)  # who makes a list at the same moment waits here
    due = queries.payable(session, call)
    if not due:
        raise RuleBroken("没有待拨付的项目")
    year = clock.today().year
    place = _next_place(session, year)
    row = PaymentList(
        number=payments.number(year, place),
        year=year,
        place=place,
        call_id=call.id,
        total=sum((g.amount for g in due), Decimal(0)),
        lines=len(due),
        checksum="",
        made_by_id=by.id,
        made_at=clock.now(),
    )
    row.grants = list(due)
    for grant in due:
        grant.state = GrantState.LISTED.value
    row.checksum = payments.checksum(row.number, lines_of(row))
    session.add(row)
    access_log.record(
        session,
        "payment_list_made",
        user=by,
        address=address,
        number=row.number,
        total=f"{row.total:.2f}",
        checksum=row.checksum,
    )
    return row


def _next_place(session: Session, year: int) -> int:
    return (session.scalar(select(func.max(PaymentList.place)).where(PaymentList.year == year)) or 0) + 1


def lines_of(row: PaymentList) -> list[Line]:
    """Return the lines of a list in order, with the accounts in full: it is for the bank alone."""
    return [
        Line(
            place,
            grant.application.case.receipt_number,
            grant.application.account_name,
            grant.application.bank,
            grant.application.account or "",
            grant.amount,
            grant.application.case.subject,
        )
        for place, grant in enumerate(row.grants, 1)
    ]


def written(row: PaymentList) -> bytes:
    """Return a list as a spreadsheet for the bank, with its number, total and checksum at the end."""
    lines: list[list[sheets.Value]] = [
        [x.place, x.receipt, x.name, x.bank, x.account, x.amount, x.purpose] for x in lines_of(row)
    ]
    foot: list[list[sheets.Value]] = [["清单编号", row.number], ["合计（元）", row.total], ["校验码", row.checksum]]
    return sheets.write("拨付清单", payments.COLUMNS, lines, foot)


# -- what came back ----------------------------------------------------------------------------------------------------


def load_result(session: Session, row: PaymentList, data: bytes, *, by: User, address: str = "") -> list[BadRow]:
    """Take in what the bank says of a list: all of it, or nothing and every bad row. The same file is taken once."""
    policy.check(by, "payment_list.load", row)
    session.flush()  # what was changed before is not lost with what is read anew
    session.refresh(row, with_for_update=True)
    digest = hashlib.sha256(data).hexdigest()
    if row.loaded_at is not None:
        raise Stale("这份清单的拨付结果已经载入，没有重复入账")
    if session.scalar(select(PaymentList.id).where(PaymentList.result_digest == digest)) is not None:
        raise Stale("这个文件已经载入过，没有重复入账")
    found = sheets.read(BytesIO(data), payments.RESULT_COLUMNS, most=payments.MOST_LINES)
    expected = {grant.application.case.receipt_number: grant.amount for grant in row.grants}
    results = payments.read_results([(one.number, one.cells) for one in found], expected, clock.today())
    if bad := [one for one in results if isinstance(one, BadRow)]:
        return bad
    good = [one for one in results if isinstance(one, Result)]
    by_receipt = {grant.application.case.receipt_number: grant for grant in row.grants}
    for one in good:
        _record(session, by_receipt[one.receipt], one, by=by)
    row.result = {"paid": sum(1 for one in good if one.paid_on), "returned": sum(1 for one in good if not one.paid_on)}
    row.result_digest, row.loaded_by_id, row.loaded_at = digest, by.id, clock.now()
    access_log.record(session, "payment_result_loaded", user=by, address=address, number=row.number, digest=digest)
    return []


def _record(session: Session, grant: AwardGrant, result: Result, *, by: User) -> None:
    acting = Acting(session, cases.locked(session, grant.case_id), by)
    if grant.state != GrantState.LISTED:
        raise Stale(FIRST)
    if result.paid_on is None:
        grant.state, grant.list_id, grant.failed_because = GrantState.FAILED.value, None, result.returned_because
        acting.milestone("payment_failed", acting.today)
        acting.record(PaymentFailed(reason=result.returned_because))
        stepping.thrown(acting, RECORD, {"payment": "failed"})
        return
    grant.state, grant.paid_on = GrantState.PAID.value, result.paid_on
    call_id = session.scalars(select(AwardBatch.call_id).where(AwardBatch.id == grant.batch_id)).one()
    session.execute(update(AwardCall).where(AwardCall.id == call_id).values(paid=AwardCall.paid + grant.amount))
    acting.milestone("grant_paid", result.paid_on)
    acting.record(GrantPaid(amount=grant.amount, on=result.paid_on))
    stepping.thrown(acting, RECORD, {"payment": "paid"})


# -- the unit ----------------------------------------------------------------------------------------------------------


@step("correct_account")
def correct_account(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Put the account right to which the bank could not pay; the line can be put on a list again."""
    row = current.application(acting)
    account = accounts.checked(current.applicant(acting).organization, answers)
    row.account_name, row.bank, row.account = account.name, account.bank, account.number
    for grant in _failed(acting):
        grant.state = GrantState.APPROVED.value
    acting.record(AccountCorrected())
    return {}


def _failed(acting: Acting) -> Sequence[AwardGrant]:
    rows = select(AwardGrant).where(AwardGrant.case_id == acting.case.id, AwardGrant.state == GrantState.FAILED.value)
    return acting.session.scalars(rows).all()


@step("confirm_receipt")
def confirm_receipt(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Keep the unit's word that the money has come."""
    on = answered.day(answers["on"])
    assert on is not None
    paid = acting.milestone_of("grant_paid")
    if paid is not None and on < paid:
        raise RuleBroken("收款日期不能早于拨付日期 %(day)s", field="on", day=paid)
    acting.record(ReceiptConfirmed(on=on))
    return {}
