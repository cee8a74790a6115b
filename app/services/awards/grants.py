"""What each line of a batch comes to, and what it holds of cap and budget (domain C.3, C.4)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.domain.awards import batches
from app.domain.awards import grants as money
from app.domain.awards.batches import BatchState, GrantState
from app.domain.awards.grants import Grant, Rounding
from app.domain.awards.options import Freed, OverBudget
from app.domain.errors import RuleBroken
from app.models import AwardBatch, AwardCall, AwardGrant, CapAccount, User
from app.queries import award_options
from app.queries.award_amounts import claim_of
from app.queries.award_applications import line_of
from app.services.acting import Acting
from app.services.awards import caps

NOTHING = Decimal(0)


def decide(session: Session, batch: AwardBatch, *, by: User) -> None:
    """Find what every line comes to and take it from caps and budget: all of it, or nothing where it cannot be.

    Locks the budget first and then the caps in one order, so that no two acts wait for each other.
    """
    options = award_options.chosen(session, "award.rounding", "award.over_budget")
    rounding = Rounding(options["award.rounding"])
    call = lock_budget(session, batch.call_id)
    held = [(grant, caps.account_of(session, grant.application)) for grant in _in_order(batch)]
    found = _computed(session, held, rounding, Decimal(1))
    ratio = batches.ratio([one.amount for one in found], call.left)
    if ratio < 1:
        if options["award.over_budget"] == OverBudget.WAIT or not ratio:
            raise RuleBroken(
                "预算还剩 %(left)s 元，本批需要 %(total)s 元，请追加预算或者减少本批的件数",
                left=money.money(call.left),
                total=money.money(sum((one.amount for one in found), NOTHING)),
            )
        found = _computed(session, held, rounding, ratio)
    for (grant, account), one in zip(held, found, strict=True):
        if not one.amount:
            raise RuleBroken("%(name)s 的年度上限已经用完，请移出本批", name=grant.application.case.parties[0].name)
        grant.computed, grant.amount = one.computed, one.amount
        grant.steps = [[step.zh, step.en] for step in one.steps]
        if line_of(session, grant.application).cap is not None:
            caps.move(session, account, grant.application, one.amount, "granted", by=by)
    batch.ratio, batch.total = ratio, sum((one.amount for one in found), NOTHING)
    commit(session, call, batch.total)


def _in_order(batch: AwardBatch) -> list[AwardGrant]:
    """Return the lines in the order in which their caps are locked."""
    return sorted(batch.grants, key=lambda g: (g.application.identity_id, g.application.award, g.case_id))


def _computed(
    session: Session, held: Sequence[tuple[AwardGrant, CapAccount]], rounding: Rounding, ratio: Decimal
) -> list[Grant]:
    """Return what each line comes to; lines under the same cap come one after the other."""
    used: dict[int, Decimal] = {}
    found = []
    for grant, account in held:
        row = grant.application
        line = line_of(session, row)
        already = used.setdefault(account.id, account.used) if line.cap is not None else NOTHING
        one = money.compute(line, claim_of(row, line, already, ratio), year=row.counted_year, rounding=rounding)
        used[account.id] = used.get(account.id, NOTHING) + one.amount
        found.append(one)
    return found


# -- the budget --------------------------------------------------------------------------------------------------------


def lock_budget(session: Session, call_id: int) -> AwardCall:
    """Return a call with its budget as it is now, locked until the transaction ends."""
    session.flush()  # as in ``caps.account_of``
    found = select(AwardCall).where(AwardCall.id == call_id).with_for_update()
    return session.scalars(found.execution_options(populate_existing=True)).one()


def commit(session: Session, call: AwardCall, amount: Decimal) -> None:
    """Promise ``amount`` yuan of a budget, or free it where it is below 0; never more than there is."""
    committed = AwardCall.committed + amount
    changed = session.execute(
        update(AwardCall)
        .where(AwardCall.id == call.id, committed <= AwardCall.budget, committed >= AwardCall.paid)
        .values(committed=committed)
        .returning(AwardCall.id)
    )
    if changed.scalar() is None:
        raise RuleBroken("预算已经用完，请追加预算后再办")
    session.expire(call, ["committed"])


# -- taking out --------------------------------------------------------------------------------------------------------


def take_out(session: Session, grant: AwardGrant, why: str, *, by: User | None) -> None:
    """Take a line out of its batch and free what it holds, as the office has chosen for what is reversed."""
    frees = grant.batch.state != BatchState.DRAFT and (
        award_options.chosen(session, "award.reversed")["award.reversed"] == Freed.FREES
    )
    if frees:
        call = lock_budget(session, grant.batch.call_id)
        account = caps.account_of(session, grant.application)
        if line_of(session, grant.application).cap is not None:
            caps.move(session, account, grant.application, -grant.amount, "taken_out", by=by)
        commit(session, call, -grant.amount)
    grant.state, grant.why_out = GrantState.TAKEN_OUT.value, why


def drop_open(acting: Acting, why: str) -> None:
    """Take the application in hand out of its batch unless it has been paid."""
    rows = select(AwardGrant).where(
        AwardGrant.case_id == acting.case.id,
        AwardGrant.state.not_in((GrantState.PAID.value, GrantState.TAKEN_OUT.value)),
    )
    for grant in acting.session.scalars(rows):
        take_out(acting.session, grant, why, by=acting.by)
