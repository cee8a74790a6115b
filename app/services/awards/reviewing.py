"""Reviewers drawn by lot, opinions that the others do not see, a third where two differ, the conclusion, reconsideration."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select

from app import clock
from app.domain import scoring, statute
from app.domain.awards import applications, rubric
from app.domain.awards.applications import Conclusion, Opinion, Side, Verdict
from app.domain.awards.kinds import Mode
from app.domain.awards.schedule import Award
from app.domain.errors import RuleBroken
from app.domain.events import (
    ApplicationRejected,
    ReconsiderationAsked,
    Reconsidered,
    RejectionAccepted,
    ReviewApproved,
    ReviewGiven,
    ReviewSettled,
    SentBackToDistrict,
    SentBackToFormality,
    SentBackToReview,
)
from app.domain.roles import Role
from app.models import AwardApplication, AwardReview, AwardScore, CaseStaff, Task, User
from app.queries import award_reviews
from app.services import answered, drawing, papers
from app.services.acting import Acting, Answers, Data, operation, step
from app.services.awards import current

TWO = 2


# -- drawing -----------------------------------------------------------------------------------------------------------


@operation("draw_reviewers")
def draw_reviewers(acting: Acting) -> Data:
    """Draw two reviewers who are free of conflict and have not reviewed it before, as far as there are such."""
    row = current.application(acting)
    drawing.clear(acting, Role.REVIEWER, Role.EVALUATOR)
    acting.milestone("review_began", acting.today)
    free = drawing.free(acting, Role.REVIEWER)
    if len(free) < TWO:
        raise RuleBroken("审核人员不足：至少要有两名与申报单位没有利害关系的审核人员")
    fresh = [u for u in free if u.id not in _reviewed(acting)]
    drawing.draw(acting, Role.REVIEWER, fresh if len(fresh) >= TWO else free, TWO, row.round)
    return {}


@operation("draw_evaluators")
def draw_evaluators(acting: Acting) -> Data:
    """Draw the experts who score the application, free of conflict, from all third-party evaluators."""
    free = drawing.free(acting, Role.EVALUATOR)
    if len(free) < rubric.EXPERTS:
        raise RuleBroken("评审专家不足：至少要有三名与申报单位没有利害关系的专家")
    drawing.draw(acting, Role.EVALUATOR, free, rubric.EXPERTS, current.application(acting).round)
    return {}


def _reviewed(acting: Acting) -> set[int]:
    """Return who has reviewed the application in an earlier round."""
    return set(acting.session.scalars(select(AwardReview.user_id).where(AwardReview.case_id == acting.case.id)))


def replace(acting: Acting, was: CaseStaff) -> User:
    """Draw somebody in the place of who steps aside, and let them have the open steps."""
    user = drawing.replace(acting, was, current.application(acting).round)
    for task in acting.case.open_tasks:
        if task.key == "third_review":  # it lies in the hands of one, not of a seat
            task.assignee_id = user.id
    return user


# -- scoring -----------------------------------------------------------------------------------------------------------


@step("score")
def score(acting: Acting, task: Task, answers: Answers) -> Data | None:
    """Keep the score of one expert; the case goes on when all are in."""
    assert acting.by is not None
    seat = drawing.seat_of(acting, task, Role.EVALUATOR)
    if seat is None or seat.user_id != acting.by.id:
        raise RuleBroken("评分只能由抽中的专家本人提交", field="text")
    points = {one["criterion"]: int(one["points"]) for one in answers["points"]}
    row = current.application(acting)
    acting.session.add(
        AwardScore(
            case_id=acting.case.id,
            round=row.round,
            user_id=acting.by.id,
            rubric=rubric.CURRENT.version,
            points=points,
            total=scoring.weighted(rubric.CURRENT.criteria, points),
            text=answers["text"],
            at=clock.now(),
        )
    )
    acting.record(ReviewGiven(reviewer=acting.by.name))
    return None if drawing.others_waited_for(acting, task) else {}


# -- reviewing ---------------------------------------------------------------------------------------------------------


@step("review")
def review(acting: Acting, task: Task, answers: Answers) -> Data | None:
    """Keep the opinion of one reviewer; the case goes on when the two are in, or the third."""
    assert acting.by is not None
    row = current.application(acting)
    third = task.key == "third_review"
    if not third:
        seat = drawing.seat_of(acting, task, Role.REVIEWER)
        if seat is None or seat.user_id != acting.by.id:
            raise RuleBroken("审核意见只能由抽中的审核人员本人提交", field="verdict")
    given = award_reviews.of_round(acting.session, row)
    if any(one.user_id == acting.by.id for one in given):
        raise RuleBroken("您已经提交过审核意见", field="verdict")
    line = current.line(acting, row)
    amount, items = _found(row, line, answers)
    acting.session.add(
        AwardReview(
            case_id=acting.case.id,
            round=row.round,
            user_id=acting.by.id,
            third=third,
            verdict=answers["verdict"],
            amount=amount,
            items=items,
            text=answers["text"],
            at=clock.now(),
        )
    )
    acting.record(ReviewGiven(reviewer=acting.by.name))
    if not third and drawing.others_waited_for(acting, task):
        return None
    acting.session.flush()  # read below
    return _settle(acting, row, line, award_reviews.of_round(acting.session, row), third=third)


def _found(row: AwardApplication, line: Award, answers: Answers) -> tuple[Decimal | None, int]:
    """Return the base or amount that a reviewer verified, and for how many things; refuses more than was applied for."""
    if answers["verdict"] == Verdict.REJECT:
        return None, 1
    items = int(answers.get("items") or 1) if line.mode in (Mode.PER_ITEM, Mode.CEILING) else 1
    if not 1 <= items <= len(row.things):
        raise RuleBroken("核定的件（项）数应当是 1 至 %(most)s", field="items", most=len(row.things))
    amount = answered.money(answers.get("approved" if line.mode is Mode.CEILING else "amount"))
    match line.mode:
        case Mode.PERCENT:
            if amount is None or not 0 < amount <= (row.base or 0):
                raise RuleBroken("核定的实际金额应当大于 0，不超过申报的金额", field="amount")
        case Mode.CEILING:
            most = line.each * items
            if amount is None or not 0 < amount <= most:
                raise RuleBroken("核定金额应当大于 0，不超过 %(most)s 元", field="approved", most=f"{most:,.0f}")
        case _:
            amount = None
    return amount, items


def _settle(acting: Acting, row: AwardApplication, line: Award, given: Sequence[AwardReview], *, third: bool) -> Data:
    """Let two who agree, or the third, settle what the review found; where two differ, draw a third."""
    opinions = [Opinion(Verdict(one.verdict), one.amount, one.items) for one in given]
    if not third and applications.compare(opinions) is Side.DIFFER:
        _draw_third(acting, row, [one.user_id for one in given])
        return {"review": Side.DIFFER.value}
    found = applications.settled(opinions)
    row.verdict, row.items_approved = found.verdict.value, found.items
    row.verified = found.amount if line.mode is Mode.PERCENT else None
    row.approved = found.amount if line.mode is Mode.CEILING else None
    acting.milestone("review_ended", acting.today)
    acting.record(ReviewSettled(verdict=found.verdict.label, third=third))
    return {"review": Side.AGREE.value}


def _draw_third(acting: Acting, row: AwardApplication, both: Sequence[int]) -> None:
    free = drawing.free(acting, Role.REVIEWER, but=both)
    if not free:
        raise RuleBroken("两名审核人员意见不一致，但没有可以担任第三人的审核人员，请先增加人员")
    drawing.draw(acting, Role.REVIEWER, free, 1, row.round)


# -- concluding --------------------------------------------------------------------------------------------------------


@step("approve_review")
def approve_review(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Let what the review found stand, or send the application back to an earlier step, with a reason."""
    row = current.application(acting)
    conclusion = Conclusion(answers["conclusion"])
    reason = answers.get("reason") or ""
    if conclusion in (Conclusion.SUPPORT, Conclusion.REJECT) and conclusion.value != row.verdict:
        raise RuleBroken("结论与审核意见不一致；不同意审核意见的，请退回重新审核", field="conclusion")
    match conclusion:
        case Conclusion.SUPPORT:
            acting.record(ReviewApproved(note=reason))
        case Conclusion.REJECT:
            _reject(acting, row, reason)
        case _:
            _send_back(acting, row, conclusion, reason)
    return {"conclusion": conclusion.value}


def _reject(acting: Acting, row: AwardApplication, reason: str) -> None:
    acting.milestone("result_told", acting.today)
    acting.record(ApplicationRejected(reason=reason))
    papers.issue(
        acting,
        "award_rejection_notice",
        to=[current.applicant(acting)],
        reason=reason,
        last=row.reconsidered,
        days=statute.length("award.reconsider"),
    )


def _send_back(acting: Acting, row: AwardApplication, to: Conclusion, reason: str) -> None:
    row.round += 1
    row.verdict = None
    drawing.clear(acting, Role.REVIEWER, Role.EVALUATOR)
    happened = {
        Conclusion.FORMALITY: SentBackToFormality,
        Conclusion.DISTRICT: SentBackToDistrict,
        Conclusion.REVIEW: SentBackToReview,
    }[to]
    acting.record(happened(reason=reason))


@step("reconsideration")
def reconsideration(acting: Acting, task: Task, answers: Answers) -> Data:
    """Take in the request for reconsideration, once, or that the applicant leaves it at that."""
    row = current.application(acting)
    if answers["reconsideration"] == "accept":
        acting.record(RejectionAccepted())
        return {"reconsideration": "accept"}
    if row.reconsidered:
        raise RuleBroken("复核只能申请一次", field="reconsideration")
    row.reconsidered = True
    papers.receive(acting, "award_evidence", answers.get("files") or [], party=task.party, title="复核申请材料")
    acting.milestone("reconsideration_asked", acting.today)
    acting.record(ReconsiderationAsked(reason=answers["reason"]))
    return {"reconsideration": "ask"}


@step("reconsider")
def reconsider(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Let the rejection stand, or have the application reviewed by others."""
    row = current.application(acting)
    upheld = answers["reconsidered"] == "upheld"
    acting.record(Reconsidered(upheld=upheld, reason=answers["reason"]))
    if not upheld:
        row.round += 1
        row.verdict = None
    papers.issue(
        acting,
        "award_reconsideration_decision",
        to=[current.applicant(acting)],
        upheld=upheld,
        reason=answers["reason"],
    )
    return {"conclusion": "reject" if upheld else Conclusion.REVIEW.value}
