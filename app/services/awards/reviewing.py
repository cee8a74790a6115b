"""Reviewers drawn by lot, opinions that the others do not see, a third where two differ, the conclusion, reconsideration."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select

from app import clock
from app.domain import draws, scoring, statute
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
    ReviewersDrawn,
    ReviewGiven,
    ReviewSettled,
    SentBackToDistrict,
    SentBackToFormality,
    SentBackToReview,
)
from app.domain.roles import Role
from app.models import AwardApplication, AwardDraw, AwardReview, AwardScore, CaseStaff, Membership, Task, User
from app.queries import award_reviews
from app.queries.conflicts import conflicts_of
from app.services import answered, papers, stepping
from app.services.acting import Acting, Answers, Data, operation, step
from app.services.awards import current

TWO = 2


# -- drawing -----------------------------------------------------------------------------------------------------------


@operation("draw_reviewers")
def draw_reviewers(acting: Acting) -> Data:
    """Draw two reviewers who are free of conflict and have not reviewed it before, as far as there are such."""
    row = current.application(acting)
    _clear(acting, Role.REVIEWER)
    _clear(acting, Role.EVALUATOR)
    acting.milestone("review_began", acting.today)
    _draw(acting, row, Role.REVIEWER, TWO, "审核人员不足：至少要有两名与申报单位没有利害关系的审核人员")
    return {}


@operation("draw_evaluators")
def draw_evaluators(acting: Acting) -> Data:
    """Draw the experts who score the application, free of conflict, from all third-party evaluators."""
    row = current.application(acting)
    _draw(acting, row, Role.EVALUATOR, rubric.EXPERTS, "评审专家不足：至少要有三名与申报单位没有利害关系的专家")
    return {}


def _draw(acting: Acting, row: AwardApplication, role: Role, wanted: int, too_few: str) -> None:
    """Draw by a fresh seed, write down from whom, and give each who was drawn a seat."""
    free = _free(acting, role)
    fresh = [u for u in free if u.id not in _reviewed(acting)] if role is Role.REVIEWER else free
    candidates = fresh if len(fresh) >= wanted else free
    if len(candidates) < wanted:
        raise RuleBroken(too_few)
    seed = secrets.token_hex(16)
    drawn = [next(u for u in candidates if u.id == i) for i in draws.draw([u.id for u in candidates], wanted, seed)]
    _keep_draw(acting, row, role, seed, candidates, drawn)
    for user in drawn:
        _seat(acting, user, role)


def _named(user: User) -> dict[str, int | str]:
    return {"id": user.id, "name": user.name}


def _free(acting: Acting, role: Role) -> list[User]:
    """Return who holds ``role`` (a reviewer in the unit of the case, an expert anywhere), without any conflict."""
    rows = select(User).join(Membership).where(Membership.role == role, User.active).order_by(User.id)
    if role is Role.REVIEWER:
        rows = rows.where(Membership.unit_id == acting.case.unit_id)
    users = list(acting.session.scalars(rows).unique())
    barred = conflicts_of(acting.session, users, acting.case)
    return [u for u in users if not barred[u.id]]


def _reviewed(acting: Acting) -> set[int]:
    """Return who has reviewed the application in an earlier round."""
    return set(acting.session.scalars(select(AwardReview.user_id).where(AwardReview.case_id == acting.case.id)))


def _seat(acting: Acting, user: User, role: Role) -> CaseStaff:
    seat = CaseStaff(user=user, user_id=user.id, role=role.value, since=clock.now())
    acting.case.staff.append(seat)
    acting.session.flush()  # tasks belong to the seat by id
    return seat


def replace(acting: Acting, was: CaseStaff) -> User | None:
    """Draw somebody in the place of who steps aside, and let them have the open steps; ``None`` where nothing is open."""
    row, role = current.application(acting), Role(was.role)
    was.until, was.left_because, was.resting = clock.now(), "recused", False
    seated = {s.user_id for s in acting.case.seats(role)} | {was.user_id}
    free = [u for u in _free(acting, role) if u.id not in seated]
    if not free:
        raise RuleBroken("没有可以接替的人员，请先增加人员再决定", field="decision")
    seed = secrets.token_hex(16)
    user = next(u for u in free if u.id == draws.draw([one.id for one in free], 1, seed)[0])
    _keep_draw(acting, row, role, seed, free, [user])
    stepping.pass_on(acting, was, _seat(acting, user, role))
    for task in acting.case.open_tasks:
        if task.key == "third_review":  # it lies in the hands of one, not of a seat
            task.assignee_id = user.id
    return user


def _keep_draw(
    acting: Acting, row: AwardApplication, role: Role, seed: str, candidates: Sequence[User], drawn: Sequence[User]
) -> None:
    acting.session.add(
        AwardDraw(
            case_id=acting.case.id,
            round=row.round,
            role=role.value,
            seed=seed,
            candidates=[_named(u) for u in sorted(candidates, key=lambda u: u.id)],
            drawn=[_named(u) for u in drawn],
            at=clock.now(),
        )
    )
    acting.record(ReviewersDrawn(names=tuple(u.name for u in drawn), role=role.label, seed=seed))


def _clear(acting: Acting, role: Role) -> None:
    for seat in acting.case.seats(role):
        seat.until, seat.left_because = clock.now(), "reassigned"


# -- scoring -----------------------------------------------------------------------------------------------------------


@step("score")
def score(acting: Acting, task: Task, answers: Answers) -> Data | None:
    """Keep the score of one expert; the case goes on when all are in."""
    assert acting.by is not None
    seat = current.seat_of(acting, task, Role.EVALUATOR)
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
    return None if current.others_waited_for(acting, task) else {}


# -- reviewing ---------------------------------------------------------------------------------------------------------


@step("review")
def review(acting: Acting, task: Task, answers: Answers) -> Data | None:
    """Keep the opinion of one reviewer; the case goes on when the two are in, or the third."""
    assert acting.by is not None
    row = current.application(acting)
    third = task.key == "third_review"
    if not third:
        seat = current.seat_of(acting, task, Role.REVIEWER)
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
    if not third and current.others_waited_for(acting, task):
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
    free = [u for u in _free(acting, Role.REVIEWER) if u.id not in both]
    if not free:
        raise RuleBroken("两名审核人员意见不一致，但没有可以担任第三人的审核人员，请先增加人员")
    seed = secrets.token_hex(16)
    third = next(u for u in free if u.id == draws.draw([one.id for one in free], 1, seed)[0])
    _keep_draw(acting, row, Role.REVIEWER, seed, free, [third])
    _seat(acting, third, Role.REVIEWER)


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
    for role in (Role.REVIEWER, Role.EVALUATOR):
        _clear(acting, role)
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
