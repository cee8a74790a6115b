"""Beside the main line of a visit: cancelling it, another visitor, going without the questionnaire, more or later problems."""

from __future__ import annotations

from datetime import date

from app import clock
from app.domain.errors import RuleBroken
from app.domain.events import ProblemsAmended, VisitCancelled, VisitorChanged
from app.domain.roles import Role
from app.domain.roster.visits import CancelGround
from app.models import User
from app.queries import visits as queries
from app.services import clocks, stepping
from app.services.acting import Acting, Answers, Data, act
from app.services.roster import visit_plan, visiting


@act("cancel_visit")
def cancel_visit(acting: Acting, answers: Answers) -> Data:
    """Give up a visit; it stays in the plan of its year as one that was not held."""
    acting.record(VisitCancelled(ground=CancelGround(answers["ground"]).label, reason=answers["reason"]))
    return {}


@act("skip_questionnaire")
def skip_questionnaire(acting: Acting, _answers: Answers) -> Data | None:
    """Go on to record a visit whose day has come, without waiting for the questionnaire."""
    row = visiting.visit_of(acting)
    if row.fixed_for is None or row.fixed_for > acting.today:
        raise RuleBroken("约定的回访日期还没有到")
    for deadline in [d for d in clocks.open_ones(acting) if d.rule == "visit.answer"]:
        clocks.finish(deadline, "cancelled")
    stepping.lapsed(acting, "visit.answer")
    return None


@act("change_visitor")
def change_visitor(acting: Acting, answers: Answers) -> Data | None:
    """Give the visit, with what is open in it, into the hands of another liaison."""
    row = visiting.visit_of(acting)
    was, now = acting.case.seats(Role.LIAISON)[0], acting.session.get_one(User, answers["to"])
    if now.id == was.user_id:
        raise RuleBroken("%(name)s 已经是承办人", field="to", name=now.name)
    visit_plan.refuse_no_liaison(now, field="to")
    was.until, was.left_because = clock.now(), "handed_over"
    stepping.pass_on(acting, was, visiting.take_seat(acting, now))
    line = queries.line_of(acting.session, row.member_id, row.year)
    if line is not None:
        line.visitor = now
    acting.record(VisitorChanged(was=was.user.name, now=now.name))
    acting.remark(answers["reason"])
    return None


@act("amend_problems")
def amend_problems(acting: Acting, answers: Answers) -> Data | None:
    """Add problems, or give what is open more time."""
    row = visiting.visit_of(acting)
    by_id = {one.id: one for one in visiting.open_problems(row)}
    moved = 0
    for entry in answers.get("dues") or []:
        problem, day = by_id.get(entry["problem"]), date.fromisoformat(entry["due_on"])
        if problem is None:
            raise RuleBroken("请选择还没有解决的问题", field="dues")
        if day < problem.due_on:
            raise RuleBroken("新的期限不能早于原来的期限 %(day)s", field="dues", day=problem.due_on)
        moved += day > problem.due_on
        problem.due_on = day
    added = visiting.add_problems(acting, row, answers.get("added") or [], rows="added")
    if not moved and not added:
        raise RuleBroken("请增加问题，或者延长期限", field="added")
    acting.record(ProblemsAmended(added=added, moved=moved, reason=answers["reason"]))
    _move_due(acting)
    return None


def _move_due(acting: Acting) -> None:
    """Let the open follow-up show the day that holds now."""
    task = next((one for one in acting.case.open_tasks if one.key == "follow_up"), None)
    if task is None:
        return
    visiting.due_with_the_first(acting, visiting.visit_of(acting))
    deadline = clocks.start(acting, "visit.follow", task_key=task.key)
    if deadline is not None:
        clocks.show_due(task, deadline)
