"""Batches: drawn up and decided by a reviewer, announced, approved by the director; every line is a case that goes on."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock, policy
from app.domain import amounts
from app.domain.awards.batches import BatchState, GrantState
from app.domain.awards.grants import money
from app.domain.errors import RuleBroken, Stale
from app.domain.events import GrantAnnounced, GrantApproved, GrantTakenOut
from app.domain.masking import mask_name
from app.domain.notices import UNDECIDED, Line, Subject
from app.domain.organizations import OrgKind
from app.domain.states import State
from app.models import AwardBatch, AwardCall, AwardGrant, Notice, Objection, Organization, User
from app.queries import award_batches as queries
from app.queries import award_options, cases, objections
from app.services import filing, notices, papers, stepping
from app.services.acting import Acting, signal
from app.services.awards import current, grants, recovering
from app.services.changing import FIRST
from app.services.notices import Closed, Upheld

COLUMNS = ("单位", "奖项", "金额（元）")
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
    for grant in batch.grants:
        recovering.refuse_barred(session, grant.application.case.parties[0].organization, clock.today())
    grants.decide(session, batch, by=by)
    notice = _put_up(session, batch, by=by)
    batch.first_day, batch.last_day = notice.first_day, notice.last_day
    batch.state, batch.decided_by_id, batch.decided_at = BatchState.ANNOUNCED.value, by.id, clock.now()
    for acting in acts:
        grant = next(g for g in batch.grants if g.case_id == acting.case.id)
        if acting.case.state != State.RECOMMENDED:
            raise Stale(FIRST)
        grant.state = GrantState.ANNOUNCED.value
        acting.record(GrantAnnounced(batch=named(batch), amount=grant.amount, until=batch.last_day))
        stepping.thrown(acting, ANNOUNCE, {"batch": "announced"})


def _put_up(session: Session, batch: AwardBatch, *, by: User) -> Notice:
    """Put up the notice of a batch: who gets how much for which award; people are named as the law lets it."""
    rows = [
        Line(
            str(grant.case_id),
            (
                _shown(grant.application.case.parties[0].organization),
                grant.application.case.subject,
                money(grant.amount),
            ),
        )
        for grant in batch.grants
    ]
    return notices.put_up(
        session,
        subject=Subject.AWARD_BATCH,
        subject_id=batch.id,
        unit_id=filing.bureau_id(session),
        title=f"{named(batch)}拟奖励资助名单公示",
        lead="以下单位（个人）的申报经审核拟予以奖励资助，现予公示。对公示内容有异议的，请在公示期内实名书面提出，并附证明材料。",
        columns=COLUMNS,
        rows=rows,
        days=award_options.days(session, "award.notice_days"),
        by=by,
    )


def _shown(organization: Organization) -> str:
    individual = organization.kind == OrgKind.INDIVIDUAL
    return mask_name(organization.name) if individual else organization.name


@notices.subject(Subject.AWARD_BATCH)
def follow(session: Session, notice: Notice, what: Closed | Upheld) -> None:
    """Let a batch be approved once its notice is over; take out the line that an objection was upheld against."""
    batch = session.get_one(AwardBatch, notice.subject_id)
    if isinstance(what, Closed):
        _take(session, batch, *BatchState)
        if batch.state == BatchState.ANNOUNCED:
            batch.state = BatchState.NOTICED.value
        return
    _take(session, batch, BatchState.ANNOUNCED, BatchState.NOTICED)
    grant = next((g for g in batch.grants if str(g.case_id) == what.objection.row_key), None)
    if grant is not None and grant.state == GrantState.ANNOUNCED:
        _take_line(session, batch, grant, f"异议成立：{what.objection.answer}", by=what.by)


def take_out(session: Session, batch: AwardBatch, grant_id: int, *, reason: str, by: User) -> None:
    """Take a line out of an announced batch: its application goes back to the head of section, what it held is free."""
    policy.check(by, "award_batch.take_out", batch)
    _take(session, batch, BatchState.ANNOUNCED, BatchState.NOTICED)
    if not reason:
        raise RuleBroken("请写明移出的理由", field="reason")
    _take_line(session, batch, _line(batch, grant_id), reason, by=by)


def _take_line(session: Session, batch: AwardBatch, grant: AwardGrant, reason: str, *, by: User) -> None:
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
    if open_objections(session, batch):
        raise RuleBroken("还有异议没有处理完毕，处理后再批准")
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
            sum=amounts.on_paper(grant.amount),
            steps=[step[0] for step in grant.steps],
        )
        stepping.thrown(acting, SETTLE, {"batch": "approved"})


def open_objections(session: Session, batch: AwardBatch) -> list[Objection]:
    """Return the objections to a batch that nobody has decided yet."""
    return objections.about(session, Subject.AWARD_BATCH, batch.id, UNDECIDED)


def named(batch: AwardBatch) -> str:
    """Return what a batch is called in the history of its cases."""
    return f"{batch.call.title} 第 {batch.number} 批"


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
