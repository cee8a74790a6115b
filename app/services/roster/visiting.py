"""The yearly visit, step by step: begun, fixed, asked, held, followed up, concluded (measures M12 and M13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app import clock
from app.domain.errors import RuleBroken, Stale
from app.domain.events import (
    AdjustmentDecided,
    FollowUpEnded,
    FollowUpResumed,
    ProblemsFound,
    ProblemsSeenTo,
    QuestionnaireAnswered,
    QuestionnaireUnanswered,
    VisitBegun,
    VisitConcluded,
    VisitFixed,
    VisitHeld,
)
from app.domain.roles import PartyRole, Role
from app.domain.roster import visits
from app.domain.roster.visits import Answered, ProblemState, Source
from app.models import CaseStaff, Party, RosterMember, Task, User, Visit, VisitAnswer, VisitProblem
from app.queries import visits as queries
from app.services import clocks, filing, papers, settings
from app.services.acting import Acting, Answers, Data, operation, start, step
from app.services.roster import visit_plan


@start(visits.PROCESS)
def begin_visit(acting: Acting, answers: Answers) -> Data:
    """Enter the visit to a member in a year; a visit that nobody planned becomes a line of the plan."""
    member = acting.session.get_one(RosterMember, answers["member"])
    year, by_day = int(answers["year"]), date.fromisoformat(answers["by_day"])
    if member.left_on is not None:
        raise RuleBroken("%(name)s 已经调出名录", field="member", name=member.organization.name)
    if queries.of_member(acting.session, member.id, year) is not None:
        raise Stale("%(name)s %(year)s 年的回访已经开始", name=member.organization.name, year=str(year))
    visits.refuse_bad_day(by_day, year, acting.today)
    visitor = _visitor(acting, member, year, by_day)
    _enter(acting, member, year)
    row = Visit(
        case_id=acting.case.id,
        member_id=member.id,
        year=year,
        planned_by_day=by_day,
        questionnaire=visits.CURRENT.version,
        subjects=[],
    )
    acting.session.add(row)
    take_seat(acting, visitor)
    acting.milestone("visit_begun", acting.today)
    acting.dues["visit.planned"] = by_day
    acting.record(VisitBegun(year=year, by_day=by_day, visitor=visitor.name))
    return {"problems": False, "closing": "open"}


def _visitor(acting: Acting, member: RosterMember, year: int, by_day: date) -> User:
    """Return who visits: whom the plan names, else the member's liaison, which then stands in the plan."""
    line = queries.line_of(acting.session, member.id, year)
    if line is None:
        visitor = visit_plan.usual_visitor(member, field="member")
        assert acting.by is not None
        acting.session.add(visit_plan.line(member, visitor, year=year, by_day=by_day, by=acting.by))
        return visitor
    line.by_day = by_day
    visit_plan.refuse_no_liaison(line.visitor, field="member")
    return line.visitor


def _enter(acting: Acting, member: RosterMember, year: int) -> None:
    case, unit = acting.case, member.organization
    case.unit_id = filing.bureau_id(acting.session)
    case.parties.append(
        Party(organization=unit, role=PartyRole.APPLICANT.value, place=1, sees=True, e_service_consent=True)
    )
    case.title, case.title_en = f"{unit.name} {year} 年度回访", f"{unit.name}: visit {year}"
    case.party_names, case.subject = unit.name, f"{year} 年度"
    acting.session.add(case)
    acting.session.flush()  # what follows refers to the case by id


def take_seat(acting: Acting, visitor: User) -> CaseStaff:
    """Give the visit into somebody's hands."""
    seat = CaseStaff(user=visitor, user_id=visitor.id, role=Role.LIAISON.value, since=clock.now())
    acting.case.staff.append(seat)
    acting.session.flush()  # tasks belong to the seat by id
    return seat


def visit_of(acting: Acting) -> Visit:
    """Return the visit of the case in hand."""
    return acting.session.get_one(Visit, acting.case.id)


# -- before the visit --------------------------------------------------------------------------------------------------


@step("fix_visit")
def fix_visit(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Fix the day and tell the unit, which is asked to answer the questionnaire before."""
    row = visit_of(acting)
    row.fixed_for = date.fromisoformat(answers["on"])
    if row.fixed_for.year != row.year:
        raise RuleBroken("回访日期应当在 %(year)s 年之内", field="on", year=str(row.year))
    row.who_comes, row.subjects = answers["who"], list(answers["subjects"])
    acting.milestone("visit_fixed", acting.today)
    acting.milestone("visit_day", row.fixed_for)
    acting.lengths["visit.answer"] = settings.get(acting.session, "visit.answer_days")
    acting.record(VisitFixed(on=row.fixed_for, who=row.who_comes, subjects=tuple(row.subjects)))
    acting.remark(answers.get("remark"))
    return {}


@step("visit_questionnaire")
def visit_questionnaire(acting: Acting, task: Task, answers: Answers) -> Data:
    """Keep what the unit answered."""
    row = visit_of(acting)
    _keep(acting, row, _given(row, answers), Source.UNIT)
    papers.receive(acting, "visit_answers", answers.get("files") or [], party=task.party)
    acting.record(QuestionnaireAnswered())
    return {}


def _given(row: Visit, answers: Answers) -> Answered:
    points = {one["question"]: int(one["points"]) for one in answers.get("scores") or []}
    words = {one["question"]: one["words"] for one in answers.get("words") or []}
    return visits.read(row.questionnaire, points, words)


def _keep(acting: Acting, row: Visit, given: Answered, source: Source) -> None:
    row.answered_on, row.answered_by, row.satisfaction = acting.today, source.value, given.mean
    row.answers = [
        *(VisitAnswer(question=key, points=points) for key, points in given.points.items()),
        *(VisitAnswer(question=key, words=words) for key, words in given.words.items()),
    ]


@operation("note_silence")
def note_silence(acting: Acting) -> Data:
    """Go on to the visit without an answer."""
    acting.record(QuestionnaireUnanswered())
    return {}


# -- the visit ---------------------------------------------------------------------------------------------------------


@step("record_visit")
def record_visit(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Record what was said and found, and the answers that were taken down where the unit had sent none."""
    row = visit_of(acting)
    row.held_on = date.fromisoformat(answers["held_on"])
    row.took_part, row.summary = answers["took_part"], answers["summary"]
    row.minutes = answers.get("minutes") or ""
    if answers.get("scores") and row.answered_on is None:
        _keep(acting, row, _given(row, answers), Source.LIAISON)
    papers.receive(acting, "visit_minutes", answers.get("files") or [], seen_by="office")
    add_problems(acting, row, answers.get("problems") or [], rows="problems")
    acting.remark(answers.get("remark"))
    acting.record(VisitHeld(on=row.held_on, took_part=row.took_part, summary=row.summary))
    if not row.problems:
        acting.milestone("visit_seen_to", acting.today)
        return {"problems": False}
    acting.record(ProblemsFound(problems=tuple(one.what for one in row.problems)))
    due_with_the_first(acting, row)
    return {"problems": True}


def add_problems(acting: Acting, row: Visit, entries: Sequence[Mapping[str, Any]], *, rows: str) -> int:
    """Enter problems that are to be seen to; return how many. None is due before today."""
    if len(row.problems) + len(entries) > visits.MOST_PROBLEMS:
        raise RuleBroken("一次回访最多登记 %(most)s 项问题", field=rows, most=visits.MOST_PROBLEMS)
    for place, one in enumerate(entries, len(row.problems) + 1):
        row.problems.append(
            VisitProblem(
                place=place,
                what=one["what"],
                owner=one["owner"],
                due_on=_from_today(acting, one["due_on"], rows),
                state=ProblemState.OPEN.value,
            )
        )
    return len(entries)


def _from_today(acting: Acting, text: str, field: str) -> date:
    day = date.fromisoformat(text)
    if day < acting.today:
        raise RuleBroken("解决期限不能早于今天", field=field)
    return day


def open_problems(row: Visit) -> list[VisitProblem]:
    """Return what is still to be seen to."""
    return [one for one in row.problems if one.state == ProblemState.OPEN]


def due_with_the_first(acting: Acting, row: Visit) -> None:
    """Let the follow-up be due with the problem that is due first."""
    clocks.end(acting, "visit.follow", met=True)
    acting.dues["visit.follow"] = min(one.due_on for one in open_problems(row))


# -- after the visit ---------------------------------------------------------------------------------------------------


@step("follow_up")
def follow_up(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Keep what was done about each problem; it comes again until all are closed, or have to be looked at."""
    row = visit_of(acting)
    by_id = {one.id: one for one in open_problems(row)}
    closed = 0
    for entry in answers["problems"]:
        problem = by_id.get(entry["problem"])
        if problem is None:
            raise RuleBroken("请选择还没有解决的问题", field="problems")
        problem.answer = entry["answer"]
        if entry.get("closed_on"):
            problem.state, problem.closed_on = ProblemState.CLOSED.value, date.fromisoformat(entry["closed_on"])
            closed += 1
    row.rounds += 1
    left = len(open_problems(row))
    acting.record(ProblemsSeenTo(closed=closed, left=left))
    acting.remark(answers.get("remark"))
    if left and row.rounds < visits.MOST_ROUNDS:
        due_with_the_first(acting, row)
        return {"problems": True}
    acting.milestone("visit_seen_to", acting.today)
    acting.record(FollowUpEnded(left=left))
    return {"problems": False}


@step("close_visit")
def close_visit(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Conclude the visit and say whether the plan of nurture changes, or have what is open followed up further."""
    row = visit_of(acting)
    left = open_problems(row)
    if answers["closing"] == "follow":
        if not left:
            raise RuleBroken("问题都已解决，不需要继续跟进", field="closing")
        row.rounds = 0
        acting.record(FollowUpResumed(reason=answers["reason"]))
        due_with_the_first(acting, row)
        return {"closing": "follow"}
    carried = answers.get("carried") or ""
    if left and not carried:
        raise RuleBroken("还有 %(n)s 项问题没有解决，请写明怎样转入下一次回访", field="carried", n=len(left))
    for problem in left:
        problem.state, problem.answer = ProblemState.CARRIED.value, carried
    row.concluded_on, row.conclusion = acting.today, answers["conclusion"]
    row.adjusts = bool(answers["adjusts"])
    row.adjustment = (answers.get("adjustment") or "") if row.adjusts else ""
    acting.record(VisitConcluded(conclusion=row.conclusion, adjusts=row.adjusts))
    if row.adjusts:
        acting.record(AdjustmentDecided(adjustment=row.adjustment))
    return {"closing": "conclude"}
