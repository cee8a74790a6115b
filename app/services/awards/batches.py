"""Batches: drawn up and decided by a reviewer, announced, approved by the director; every line is a case that goes on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock, policy
from app.domain import amounts, deadlines, statute
from app.domain.awards.batches import BatchState, GrantState
from app.domain.errors import RuleBroken, Stale
from app.domain.events import GrantAnnounced, GrantApproved, GrantTakenOut
from app.domain.states import State
from app.models import AwardBatch, AwardCall, AwardGrant, User
from app.queries import award_batches as queries
from app.queries import award_options, cases, periods
from app.services import papers, stepping
from app.services.acting import Acting, signal
from app.services.awards import current, grants
from app.services.changing import FIRST

ANNOUNCE, SETTLE = signal("announce_grant"), signal("settle_grant")


def draw_up(session: Session, call: AwardCall, case_ids: Sequence[int], *, by: User) -> AwardBatch:
    """Put applications of a call that were supported into a new batch. Raises ``Stale`` for one that is taken already."""
    policy.check(by, "award_batch.draw_up")
    there = {row.case_id for row in queries.waiting(session, by, call)}
    chosen = list(dict.fromkeys(case_ids))
    if not chosen:
        raise RuleBroken("请至少选择一件申报", field="cases")
    if not there >= set(chosen):
        raise Stale("选择的申报已有变化，请刷新后重新选择")
    last = session.scalar(select(func.max(AwardBatch.number)).where(AwardBatch.call_id == call.id)) or 0
    batch = AwardBatch(call_id=call.id, number=last + 1, made_by_id=by.id, made_at=clock.now())
    batch.grants = [AwardGrant(case_id=one) for one in chosen]
    session.add(batch)
    return batch


def drop(session: Session, batch: AwardBatch, grant_id: int, *, by: User) -> None:
    """Take a line out of a draft; its application waits for another batch."""
    policy.check(by, "award_batch.draw_up", batch)
    _take(session, batch, BatchState.DRAFT)
    grant = _line(batch, grant_id)
    batch.grants.remove(grant)
    session.delete(grant)
    if not batch.grants:
        batch.state = BatchState.DISCARDED.value


def announce(session: Session, batch: AwardBatch, *, by: User) -> None:
    """Decide what every line comes to, hold it of caps and budget, and announce it for the office's number of days."""
    policy.check(by, "award_batch.draw_up", batch)
    _take(session, batch, BatchState.DRAFT)
    acts = [Acting(session, cases.locked(session, grant.case_id), by) for grant in batch.grants]
    session.flush()  # the rows of the batch are read anew after the locks
    batch = queries.batch_for(session, by, batch.id)
    grants.decide(session, batch, by=by)
    days = award_options.days(session, "award.notice_days")
    batch.first_day, batch.last_day = notice_days(session, days)
    batch.state, batch.decided_by_id, batch.decided_at = BatchState.ANNOUNCED.value, by.id, clock.now()
    for acting in acts:
        grant = next(g for g in batch.grants if g.case_id == acting.case.id)
        if acting.case.state != State.RECOMMENDED:
            raise Stale(FIRST)
        grant.state = GrantState.ANNOUNCED.value
        acting.record(GrantAnnounced(batch=named(batch), amount=grant.amount, until=batch.last_day))
        stepping.thrown(acting, ANNOUNCE, {"batch": "announced"})


def close_notice(session: Session, batch: AwardBatch) -> None:
    """Note that the notice has closed: what is left of the batch can be approved."""
    if batch.state == BatchState.ANNOUNCED:
        batch.state = BatchState.NOTICED.value


def take_out(session: Session, batch: AwardBatch, grant_id: int, *, reason: str, by: User) -> None:
    """Take a line out of an announced batch: its application goes back to the head of section, what it held is free."""
    policy.check(by, "award_batch.take_out", batch)
    _take(session, batch, BatchState.ANNOUNCED, BatchState.NOTICED)
    grant = _line(batch, grant_id)
    acting = Acting(session, cases.locked(session, grant.case_id), by)
    grants.take_out(session, grant, reason, by=by)
    acting.record(GrantTakenOut(batch=named(batch), reason=reason))
    stepping.thrown(acting, SETTLE, {"batch": "taken_out"})
    if all(one.state == GrantState.TAKEN_OUT for one in batch.grants):
        batch.state = BatchState.DISCARDED.value


def approve(session: Session, batch: AwardBatch, *, by: User) -> None:
    """Approve what was announced, once its notice has closed; who decided the amounts does not (four eyes)."""
    policy.check(by, "award_batch.approve", batch)
    _take(session, batch, BatchState.NOTICED)
    if batch.decided_by_id == by.id:
        raise RuleBroken("决定金额的人不能批准自己决定的批次，请由另一人批准")
    batch.state, batch.approved_by_id, batch.approved_at = BatchState.APPROVED.value, by.id, clock.now()
    for grant in [g for g in batch.grants if g.state == GrantState.ANNOUNCED]:
        acting = Acting(session, cases.locked(session, grant.case_id), by)
        grant.state = GrantState.APPROVED.value
        acting.record(GrantApproved(batch=named(batch), amount=grant.amount))
        papers.issue(
            acting,
            "award_grant_notice",
            to=[current.applicant(acting)],
            amount=amounts.on_paper(grant.amount),
            steps=[step[0] for step in grant.steps],
        )
        stepping.thrown(acting, SETTLE, {"batch": "approved"})


def named(batch: AwardBatch) -> str:
    """Return what a batch is called in the history of its cases."""
    return f"{batch.call.title} 第 {batch.number} 批"


def notice_days(session: Session, days: int) -> tuple[date, date]:
    """Return the first and the last day of a notice that goes up today: ``days`` working days, both included (TL51)."""
    calendar, first = periods.calendar_of(session), clock.today()
    while not calendar.is_working(first):
        first += timedelta(days=1)
    counted = deadlines.compute(
        statute.rule("publicity"), received=clock.today(), start=first, calendar=calendar, length=days
    )
    return first, counted.due


def _line(batch: AwardBatch, grant_id: int) -> AwardGrant:
    grant = next((g for g in batch.grants if g.id == grant_id and g.state != GrantState.TAKEN_OUT), None)
    if grant is None:
        raise Stale(FIRST)
    return grant


def _take(session: Session, batch: AwardBatch, *states: BatchState) -> None:
    """Lock a batch. Raises ``Stale`` where it is not in one of ``states`` any more."""
    session.flush()  # what this act has changed is not lost with what is read anew
    session.refresh(batch, with_for_update=True)
    if batch.state not in states:
        raise Stale(FIRST)
