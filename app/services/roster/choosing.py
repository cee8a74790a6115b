"""The shortlist of a batch: decided from the scores, announced, and let in when its notice is over (measure M02)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from app import clock, policy
from app.domain.awards.calls import CallStage
from app.domain.errors import RuleBroken, Stale
from app.domain.events import NominationAnnounced, NominationNotChosen, NominationTakenOut, UnitAdmitted
from app.domain.notices import Line, Subject
from app.domain.roster.batches import BatchPhase
from app.domain.roster.members import Industry
from app.domain.roster.shortlist import IN, Standing
from app.domain.states import State
from app.models import Nomination, Notice, RosterBatch, User
from app.queries import award_options, cases, objections
from app.queries import roster_batches as queries
from app.services import filing, notices, papers, stepping
from app.services.acting import Acting, signal
from app.services.changing import FIRST
from app.services.roster import batches, current, keeping, liaising
from app.services.roster.keeping import Admitted

COLUMNS = ("单位", "所属区", "行业", "综合得分")
ANNOUNCE, SETTLE = signal("announce_nomination"), signal("settle_nomination")


def announce(session: Session, batch: RosterBatch, *, by: User) -> Notice | None:
    """Decide the shortlist and announce it; whoever is not on it learns so at once. ``None`` where nobody passed.

    Raises ``RuleBroken`` while units may still nominate themselves or a nomination has not been scored.
    """
    policy.check(by, "roster_batch.announce", batch)
    batches.take(session, batch, BatchPhase.COLLECTING)
    if batch.stage(clock.today()) is not CallStage.ENDED:
        raise RuleBroken("申报截止以后才能确定入围名单")
    acts = _acting_in(session, queries.nominations(session, batch), by)
    rows = queries.nominations(session, batch)
    if waiting := [row for row in rows if row.case.state != State.SCORED]:
        raise RuleBroken("还有 %(n)s 家单位没有评审完毕", n=len(waiting))
    if not rows:
        raise RuleBroken("这一批没有可以公示的单位")
    by_id = {row.case_id: row for row in rows}
    standings = queries.standings(batch, rows)
    for row_id, standing in standings.items():
        by_id[row_id].standing = standing.value
    chosen = [by_id[row_id] for row_id, standing in standings.items() if standing in IN]
    notice = _put_up(session, batch, chosen, by=by) if chosen else None
    batch.announced_by_id = by.id
    batch.phase = (BatchPhase.ANNOUNCED if notice else BatchPhase.DISCARDED).value
    if notice is not None:
        batch.first_day, batch.last_day = notice.first_day, notice.last_day
    for row in rows:
        if notice is not None and row in chosen:
            acts[row.case_id].record(NominationAnnounced(batch=batch.title, until=notice.last_day))
            stepping.thrown(acts[row.case_id], ANNOUNCE, {"batch": "announced"})
        else:
            _not_chosen(acts[row.case_id], batch, Standing(row.standing or Standing.BELOW))
    return notice


def _not_chosen(acting: Acting, batch: RosterBatch, standing: Standing) -> None:
    acting.record(NominationNotChosen(batch=batch.title, standing=standing.label))
    papers.issue(acting, "roster_result_notice", to=[current.unit(acting)], chosen=False, reason=standing.label)
    stepping.thrown(acting, ANNOUNCE, {"batch": "not_chosen"})


def _put_up(session: Session, batch: RosterBatch, chosen: Sequence[Nomination], *, by: User) -> Notice:
    """Put up the notice of a shortlist, the best first."""
    rows = [
        Line(
            str(row.case_id),
            (row.organization.name, row.district.name, Industry(row.industry).label, f"{row.total:.2f}"),
        )
        for row in chosen
    ]
    return notices.put_up(
        session,
        subject=Subject.ROSTER_BATCH,
        subject_id=batch.id,
        unit_id=filing.bureau_id(session),
        title=f"{batch.title}拟入选名单公示",
        lead="以下单位经自荐和第三方评审，拟列入知识产权培优名录，现予公示。对公示内容有异议的，请在公示期内实名书面提出，并附证明材料。",
        columns=COLUMNS,
        rows=rows,
        days=award_options.days(session, "award.notice_days"),
        by=by,
    )


def take_out(session: Session, batch: RosterBatch, case_id: int, *, reason: str, by: User) -> None:
    """Take a unit off an announced shortlist, with the reason. Raises ``Stale`` for one that is not on it any more."""
    policy.check(by, "roster_batch.take_out", batch)
    batches.take(session, batch, BatchPhase.ANNOUNCED, BatchPhase.NOTICED)
    if not reason:
        raise RuleBroken("请写明移出的理由", field="reason")
    row = session.get(Nomination, case_id)
    if row is None or row.batch_id != batch.id or row.case.state != State.ANNOUNCED:
        raise Stale(FIRST)
    _take_out(session, batch, row, reason, by=by)


def object_to(session: Session, batch: RosterBatch, case_id: int, answer: str, *, by: User) -> None:
    """Take the unit off the shortlist that an objection was upheld against."""
    row = session.get(Nomination, case_id)
    if row is not None and row.batch_id == batch.id and row.case.state == State.ANNOUNCED:
        _take_out(session, batch, row, f"异议成立：{answer}", by=by)


def _take_out(session: Session, batch: RosterBatch, row: Nomination, reason: str, *, by: User) -> None:
    acting = Acting(session, cases.locked(session, row.case_id), by)
    acting.record(NominationTakenOut(batch=batch.title, reason=reason))
    papers.issue(acting, "roster_result_notice", to=[current.unit(acting)], chosen=False, reason=reason)
    stepping.thrown(acting, SETTLE, {"batch": "taken_out"})


def conclude(session: Session, batch: RosterBatch, *, by: User) -> None:
    """Let the units of a shortlist in, once its notice has closed and every objection is decided; each gets a liaison.

    Who announced the shortlist does not conclude it (four eyes).
    """
    policy.check(by, "roster_batch.conclude", batch)
    batches.take(session, batch, BatchPhase.NOTICED)
    if objections.undecided_about(session, Subject.ROSTER_BATCH, batch.id):
        raise RuleBroken("还有异议没有处理完毕，处理后再确定")
    if batch.announced_by_id == by.id:
        raise RuleBroken("确定入围名单的人不能批准自己的名单，请由另一人批准")
    acts = _acting_in(session, queries.nominations(session, batch), by)
    rows = [row for row in queries.nominations(session, batch) if row.case.state == State.ANNOUNCED]
    batch.concluded_by_id, batch.phase = by.id, BatchPhase.DECIDED.value
    if not rows:
        batch.phase = BatchPhase.DISCARDED.value
        return
    admitted = [Admitted(row.organization, row.district, row.industry, batch.title) for row in rows]
    version = keeping.decide(session, admitted=admitted, reason=batch.title, by=by)
    batch.version_id = version.id
    liaising.appoint_for_new(session, version)
    for row in rows:
        acting = acts[row.case_id]
        acting.record(UnitAdmitted(batch=batch.title, version=version.number))
        papers.issue(acting, "roster_result_notice", to=[current.unit(acting)], chosen=True, reason="")
        stepping.thrown(acting, SETTLE, {"batch": "admitted"})


def _acting_in(session: Session, rows: Iterable[Nomination], by: User) -> dict[int, Acting]:
    """Lock the cases of these nominations, in one order, and return how to act in each."""
    found = {}
    for case_id in sorted(row.case_id for row in rows):
        found[case_id] = Acting(session, cases.locked(session, case_id), by)
    session.flush()
    return found
