"""Independent third-party evaluation of a nomination: drawn by lot, free of conflict, each score blind to the others."""

from __future__ import annotations

from app import clock
from app.domain import scoring
from app.domain.errors import RuleBroken
from app.domain.events import EvaluationSettled, EvaluatorSteppedAside, ReviewGiven
from app.domain.roles import Role
from app.domain.roster import scores
from app.models import RosterScore, Task
from app.services import drawing
from app.services.acting import Acting, Answers, Data, act, operation, step
from app.services.roster import current

ROUND = 1  # a nomination is evaluated once


@operation("draw_roster_evaluators")
def draw_roster_evaluators(acting: Acting) -> Data:
    """Draw the evaluators of a nomination from all third-party evaluators without a conflict."""
    free = drawing.free(acting, Role.EVALUATOR)
    if len(free) < scores.EVALUATORS:
        raise RuleBroken("评审人员不足：至少要有 %(n)s 名与该单位没有利害关系的评审人员", n=scores.EVALUATORS)
    acting.milestone("evaluation_began", acting.today)
    drawing.draw(acting, Role.EVALUATOR, free, scores.EVALUATORS, ROUND)
    return {}


@step("evaluate")
def evaluate(acting: Acting, task: Task, answers: Answers) -> Data | None:
    """Keep the score of one evaluator; when all are in the result is settled and the case waits for its batch."""
    assert acting.by is not None
    seat = drawing.seat_of(acting, task, Role.EVALUATOR)
    if seat is None or seat.user_id != acting.by.id:
        raise RuleBroken("评分只能由抽中的评审人员本人提交", field="text")
    row = current.nomination(acting)
    criteria = current.criteria(row.batch)
    points = {one["indicator"]: int(one["points"]) for one in answers["points"]}
    acting.session.add(
        RosterScore(
            case_id=acting.case.id,
            user_id=acting.by.id,
            points=points,
            total=scoring.weighted(criteria.indicators, points),
            text=answers["text"],
            at=clock.now(),
        )
    )
    acting.record(ReviewGiven(reviewer=acting.by.name))
    if drawing.others_waited_for(acting, task):
        return None
    result = scores.result(criteria, [one.points for one in current.scores(acting)])
    row.total, row.passed = result.total, result.passed
    row.points = {key: str(mean) for key, mean in result.points.items()}
    acting.record(EvaluationSettled(total=result.total, passed=result.passed))
    return {}


@act("step_aside")
def step_aside(acting: Acting, answers: Answers) -> Data | None:
    """Let an evaluator step aside before scoring; somebody else is drawn in their place."""
    assert acting.by is not None
    by_id = acting.by.id
    seat = next((s for s in acting.case.seats(Role.EVALUATOR) if s.user_id == by_id), None)
    if seat is None or any(one.user_id == by_id for one in current.scores(acting)):
        raise RuleBroken("您已经提交评分，不能再回避", field="reason")
    came = drawing.replace(acting, seat, ROUND)
    acting.record(EvaluatorSteppedAside(name=acting.by.name, reason=answers["reason"], instead=came.name))
    return None
