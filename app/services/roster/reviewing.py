"""The yearly review of a member: self-report, facts, assessment, putting right, and what is announced (measure M03)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock, policy
from app.domain.errors import RuleBroken, Stale
from app.domain.events import (
    AssessmentApproved,
    AssessmentReturned,
    FactsChecked,
    MemberAssessed,
    MembershipDecided,
    PutRightReported,
    PuttingRightAsked,
    PuttingRightExamined,
    PuttingRightMissed,
    ReviewAnnounced,
    ReviewTakenOut,
    SelfReported,
    SelfReportMissed,
    YearlyReviewOpened,
)
from app.domain.notices import Line, Subject
from app.domain.roles import Role
from app.domain.roster import reviews
from app.domain.roster.batches import BatchPhase
from app.domain.roster.members import Exit
from app.domain.roster.reviews import Cause, Outcome
from app.domain.states import State
from app.domain.texts import Text
from app.models import CaseStaff, Notice, RosterBatch, RosterMember, RosterReview, Task, User
from app.queries import award_options, objections, roster
from app.queries import cases as queries
from app.queries import roster_reviews as found
from app.services import cases, filing, notices, papers, stepping
from app.services.acting import Acting, Answers, Data, operation, places, signal, start, step
from app.services.changing import FIRST
from app.services.roster import batches, current, keeping, liaising
from app.services.roster.keeping import Removed

COLUMNS = ("单位", "所属区", "复核结果")
ANNOUNCE, SETTLE, LEAVE = signal("announce_review"), signal("settle_review"), signal("leave_roster")
ENDS = {Outcome.KEEP: "kept", Outcome.WARN: "warned", Outcome.REMOVE: "removed"}


# -- opening -----------------------------------------------------------------------------------------------------------


def open_year(session: Session, batch: RosterBatch, *, by: User) -> int:
    """Open the review of the year in which a batch opens for every member that has none yet; return how many."""
    year = batch.opens_on.year
    there = set(
        session.scalars(
            select(RosterReview.member_id).where(RosterReview.year == year, RosterReview.cause == Cause.YEARLY)
        )
    )
    waiting = [one for one in roster.members(session, clock.today()) if one.id not in there]
    for member in waiting:
        cases.begin(session, reviews.PROCESS, {"member": member.id, "year": year}, open_review, by=by)
    return len(waiting)


@start(reviews.PROCESS)
def open_review(acting: Acting, answers: Answers) -> Data:
    """Open a review: the yearly one, or with a reason one between the years; the liaison of the member has a seat in it."""
    member = acting.session.get(RosterMember, answers["member"])
    if member is None or member.left_on is not None:
        raise RuleBroken("请选择名录内的单位", field="member")
    reason = answers.get("reason") or ""
    year = answers.get("year") or acting.today.year
    if reason and found.open_review_of(acting.session, member) is not None:
        raise RuleBroken("%(name)s正在复核，没有重复开始", field="member", name=member.organization.name)
    liaison = liaising.liaison_of(acting.session, member)
    name = member.organization.name
    title = Text(f"{name} {year} 年度名录复核", f"{name}: review of its place on the roster, {year}")
    filing.enter_applicant(acting, member.organization, title, f"{year} 年度复核")
    acting.session.add(
        RosterReview(
            case_id=acting.case.id,
            member=member,
            year=year,
            cause=(Cause.BAR if reason else Cause.YEARLY).value,
            reason=reason,
        )
    )
    acting.case.staff.append(CaseStaff(user=liaison, user_id=liaison.id, role=Role.LIAISON.value, since=clock.now()))
    acting.session.flush()
    acting.milestone("review_opened", acting.today)
    acting.record(YearlyReviewOpened(year=year, reason=reason))
    return {"approval": "open", "batch": "open"}


@places(reviews.PROCESS)
def where(acting: Acting, _key: str, role: str) -> tuple[int | None, int | None]:
    """What the liaison does lies in the hands of the liaison of the member."""
    seat = acting.case.staff_in(role) if role == Role.LIAISON else None
    return None, seat.user_id if seat else None


# -- the steps ---------------------------------------------------------------------------------------------------------


@step("self_report")
def self_report(acting: Acting, task: Task, answers: Answers) -> Data:
    """Keep what the unit reports of its year."""
    row = current.review(acting)
    files = list(answers.get("files") or [])
    row.report = {key: answers[key] for key in reviews.REPORTED}
    papers.receive(acting, "roster_evidence", files, party=task.party, title="年度自评材料")
    acting.milestone("self_report_in", acting.today)
    acting.record(SelfReported(files=len(files)))
    return {}


@operation("miss_self_report")
def miss_self_report(acting: Acting) -> Data:
    """Go on without a report: what is known counts."""
    acting.milestone("self_report_in", acting.today)
    acting.record(SelfReportMissed())
    return {}


@step("check_facts")
def check_facts(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Keep what the liaison found out."""
    current.review(acting).facts = answers["found"]
    papers.receive(acting, "roster_evidence", answers.get("files") or [], title="核实材料", seen_by="office")
    acting.milestone("facts_checked", acting.today)
    acting.record(FactsChecked(found=answers["found"]))
    return {}


@step("assess_member")
def assess_member(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Keep what is proposed for the member, and why."""
    row = current.review(acting)
    outcome = Outcome(answers["outcome"])
    row.outcome, row.outcome_reason = outcome.value, answers["reason"]
    row.items = list(answers.get("items") or []) if outcome is Outcome.PUT_RIGHT else []
    row.days = int(answers["days"]) if outcome is Outcome.PUT_RIGHT else None
    acting.milestone("assessment_made", acting.today)
    acting.record(MemberAssessed(outcome=outcome.label, reason=answers["reason"]))
    return {}


@step("approve_assessment")
def approve_assessment(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Let the assessment stand, or send it back; what is to be put right is asked of the unit."""
    row = current.review(acting)
    if answers["approval"] == "back":
        acting.record(AssessmentReturned(reason=answers["reason"]))
        return {"approval": "back"}
    outcome = Outcome(row.outcome or Outcome.KEEP)
    if outcome is not Outcome.PUT_RIGHT:
        acting.record(AssessmentApproved(outcome=outcome.label))
        return {"approval": "announce"}
    days = row.days or 0
    acting.milestone("putting_right_asked", acting.today)
    acting.lengths["roster.put_right"] = days
    acting.record(PuttingRightAsked(items=tuple(row.items)))
    papers.issue(acting, "roster_putting_right_notice", to=[current.unit(acting)], items=list(row.items), days=days)
    return {"approval": "put_right"}


@step("put_right")
def put_right(acting: Acting, task: Task, answers: Answers) -> Data:
    """Take in what the unit has put right."""
    files = list(answers.get("files") or [])
    papers.receive(acting, "roster_evidence", files, party=task.party, title="整改报告")
    acting.milestone("put_right_reported", acting.today)
    acting.record(PutRightReported(explanation=answers["explanation"], files=len(files)))
    return {}


@operation("miss_putting_right")
def miss_putting_right(acting: Acting) -> Data:
    """Go on to the examination although nothing was reported."""
    acting.milestone("put_right_reported", acting.today)
    acting.record(PuttingRightMissed())
    return {}


@step("examine_putting_right")
def examine_putting_right(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Say whether it was put right: the member is kept, or is to be removed."""
    row = current.review(acting)
    done = bool(answers["done"])
    row.outcome = (Outcome.KEEP if done else Outcome.REMOVE).value
    row.outcome_reason = answers["reason"]
    acting.record(PuttingRightExamined(done=done, reason=answers["reason"]))
    return {}


# -- announcing and deciding -------------------------------------------------------------------------------------------


def announce(session: Session, batch: RosterBatch, *, by: User) -> Notice:
    """Announce what is proposed for every member whose review is approved; the others wait for another batch."""
    policy.check(by, "roster_batch.announce", batch)
    batches.take(session, batch, BatchPhase.COLLECTING)
    acts = {
        row.case_id: Acting(session, queries.locked(session, row.case_id), by) for row in found.to_announce(session)
    }
    session.flush()
    rows = found.to_announce(session)
    if not rows:
        raise RuleBroken("还没有可以公示的复核结果")
    notice = _put_up(session, batch, rows, by=by)
    batch.announced_by_id, batch.phase = by.id, BatchPhase.ANNOUNCED.value
    batch.first_day, batch.last_day = notice.first_day, notice.last_day
    for row in rows:
        row.batch = batch
        acts[row.case_id].record(ReviewAnnounced(batch=batch.title, until=notice.last_day))
        stepping.thrown(acts[row.case_id], ANNOUNCE, {"batch": "announced"})
    return notice


def _put_up(session: Session, batch: RosterBatch, rows: Sequence[RosterReview], *, by: User) -> Notice:
    return notices.put_up(
        session,
        subject=Subject.ROSTER_BATCH,
        subject_id=batch.id,
        unit_id=filing.bureau_id(session),
        title=f"{batch.title}结果公示",
        lead="以下单位的年度复核已经完成，现将拟定的结果予以公示。对公示内容有异议的，请在公示期内实名书面提出，并附证明材料。",
        columns=COLUMNS,
        rows=[
            Line(
                str(row.case_id),
                (row.member.organization.name, row.member.district.name, Outcome(row.outcome or "keep").label),
            )
            for row in rows
        ],
        days=award_options.days(session, "award.notice_days"),
        by=by,
    )


def object_to(session: Session, batch: RosterBatch, case_id: int, answer: str, *, by: User) -> None:
    """Have the member assessed anew about whose result an objection was upheld."""
    row = session.get(RosterReview, case_id)
    if row is not None and row.batch_id == batch.id and row.case.state == State.ANNOUNCED:
        _take_out(session, batch, row, f"异议成立：{answer}", by=by)


def take_out(session: Session, batch: RosterBatch, case_id: int, *, reason: str, by: User) -> None:
    """Take a member out of an announced batch to be assessed anew. Raises ``Stale`` for one that is not in it any more."""
    policy.check(by, "roster_batch.take_out", batch)
    batches.take(session, batch, BatchPhase.ANNOUNCED, BatchPhase.NOTICED)
    if not reason:
        raise RuleBroken("请写明移出的理由", field="reason")
    row = session.get(RosterReview, case_id)
    if row is None or row.batch_id != batch.id or row.case.state != State.ANNOUNCED:
        raise Stale(FIRST)
    _take_out(session, batch, row, reason, by=by)


def _take_out(session: Session, batch: RosterBatch, row: RosterReview, reason: str, *, by: User) -> None:
    acting = Acting(session, queries.locked(session, row.case_id), by)
    row.batch, row.outcome, row.outcome_reason = None, None, ""
    acting.milestone("facts_checked", acting.today)
    acting.record(ReviewTakenOut(batch=batch.title, reason=reason))
    stepping.thrown(acting, SETTLE, {"batch": "taken_out"})


def conclude(session: Session, batch: RosterBatch, *, by: User) -> None:
    """Decide what was announced, once its notice has closed and every objection is decided; who is removed goes today.

    Who announced it does not conclude it (four eyes).
    """
    policy.check(by, "roster_batch.conclude", batch)
    batches.take(session, batch, BatchPhase.NOTICED)
    if objections.undecided_about(session, Subject.ROSTER_BATCH, batch.id):
        raise RuleBroken("还有异议没有处理完毕，处理后再确定")
    if batch.announced_by_id == by.id:
        raise RuleBroken("提出结果的人不能批准自己的结果，请由另一人批准")
    acts = {
        row.case_id: Acting(session, queries.locked(session, row.case_id), by)
        for row in found.announced_in(session, batch)
    }
    session.flush()
    rows = found.announced_in(session, batch)
    batch.concluded_by_id, batch.phase = by.id, BatchPhase.DECIDED.value
    going = [row for row in rows if row.outcome == Outcome.REMOVE]
    if going:
        removed = [Removed(row.member, found.exit_of(row), row.outcome_reason) for row in going]
        batch.version_id = keeping.decide(session, removed=removed, reason=batch.title, by=by).id
    for row in rows:
        outcome = Outcome(row.outcome or Outcome.KEEP)
        number = batch.version.number if row in going and batch.version else None
        acting = acts[row.case_id]
        acting.record(MembershipDecided(outcome=outcome.label, version=number))
        papers.issue(
            acting,
            "roster_review_notice",
            to=[current.unit(acting)],
            outcome=outcome.label,
            reason=row.outcome_reason,
        )
        stepping.thrown(acting, SETTLE, {"batch": ENDS[outcome]})


# -- leaving -----------------------------------------------------------------------------------------------------------


def leave(session: Session, member: RosterMember, exit: Exit, *, note: str, by: User) -> None:
    """Let a member go that asks to, or that is no more; a review that runs ends with it."""
    if exit not in (Exit.ITS_OWN_WISH, Exit.GONE):
        raise RuleBroken("这一理由应当经过复核和公示", field="exit")
    policy.check(by, "roster.decide")
    running = found.open_review_of(session, member)
    acting = Acting(session, queries.locked(session, running.case_id), by) if running else None
    version = keeping.decide(session, removed=[Removed(member, exit, note)], reason=exit.label, by=by)
    if acting is not None:
        acting.record(MembershipDecided(outcome=Outcome.REMOVE.label, version=version.number))
        stepping.thrown(acting, LEAVE, {})
