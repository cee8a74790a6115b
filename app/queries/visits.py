"""The yearly visits: the plan of a year, how each visit stands, what was answered and found; and what their forms need."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app import clock, policy
from app.domain.errors import NotFound
from app.domain.roles import Role
from app.domain.roster import visits
from app.domain.roster.visits import ProblemState, Standing
from app.domain.states import State
from app.models import Case, Membership, RosterMember, Task, User, Visit, VisitPlan
from app.queries import roster
from app.queries.cases import visible_to

Fact = Callable[[Session, Case, User, Task | None], dict[str, Any]]


# -- one visit ---------------------------------------------------------------------------------------------------------


def of_member(session: Session, member_id: int, year: int) -> Visit | None:
    """Return the visit to a member for a year."""
    return session.scalar(select(Visit).where(Visit.member_id == member_id, Visit.year == year))


def line_of(session: Session, member_id: int, year: int) -> VisitPlan | None:
    """Return the line of the plan for a member in a year."""
    return session.scalar(select(VisitPlan).where(VisitPlan.member_id == member_id, VisitPlan.year == year))


@dataclass(frozen=True, slots=True)
class VisitFile:
    """What one person may read of a visit: ``office`` says that minutes, problems and adjustment are theirs to read."""

    visit: Visit
    office: bool
    scores: list[tuple[visits.Question, int]]
    words: list[tuple[visits.Question, str]]


def visit_file(session: Session, user: User, case: Case) -> VisitFile | None:
    """Return what ``user`` may read of the visit of a case; ``None`` for a case of another kind."""
    if case.kind != visits.PROCESS:
        return None
    row = session.get_one(Visit, case.id, options=[selectinload(Visit.answers), selectinload(Visit.problems)])
    asked = visits.QUESTIONNAIRES[row.questionnaire]
    given = [(question, one) for one in row.answers if (question := asked.question(one.question)) is not None]
    return VisitFile(
        visit=row,
        office=user.is_official,
        scores=[(question, one.points) for question, one in given if one.points is not None],
        words=[(question, one.words) for question, one in given if one.words],
    )


# -- the plan of a year ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the plan of a year with its visit; ``opens`` says whether this person may open its case."""

    plan: VisitPlan
    visit: Visit | None
    opens: bool

    @property
    def standing(self) -> Standing:
        """How the visit stands."""
        if self.visit is None:
            return Standing.PLANNED
        if self.visit.case.state == State.VISIT_CANCELLED:
            return Standing.CANCELLED
        return Standing.UNDER_WAY if self.visit.held_on is None else Standing.HELD

    @property
    def late(self) -> bool:
        """Whether the day of the plan has gone by without a visit."""
        waits = self.standing in (Standing.PLANNED, Standing.UNDER_WAY)
        return waits and self.plan.by_day < clock.today()


def plan_of(session: Session, user: User, year: int, *, district_id: int | None = None) -> list[Line]:
    """Return the plan of a year by the day of the plan: of the members that ``user`` sees, or is to visit."""
    rows = _lines().where(VisitPlan.year == year, or_(roster.visible_to(user), VisitPlan.visitor_id == user.id))
    if district_id is not None:
        rows = rows.where(RosterMember.district_id == district_id)
    found: list[VisitPlan] = list(session.scalars(rows.order_by(VisitPlan.by_day, VisitPlan.id)))
    held = select(Visit).where(Visit.year == year).options(joinedload(Visit.case))
    by_member = {one.member_id: one for one in session.scalars(held)}
    theirs = set(session.scalars(select(Case.id).where(Case.kind == visits.PROCESS, visible_to(user))))
    visited = [(one, by_member.get(one.member_id)) for one in found]
    return [Line(one, visit, visit is not None and visit.case_id in theirs) for one, visit in visited]


def not_begun(session: Session, year: int) -> list[VisitPlan]:
    """Return the lines of a year whose visit has not begun, by their day."""
    begun = exists().where(Visit.member_id == VisitPlan.member_id, Visit.year == VisitPlan.year)
    return list(
        session.scalars(_lines().where(VisitPlan.year == year, ~begun).order_by(VisitPlan.by_day, VisitPlan.id))
    )


def unplanned(session: Session, user: User, year: int, *, district_id: int | None = None) -> list[RosterMember]:
    """Return who is on the roster (of a year that is over: was at its end) and has no line in its plan.

    Only those are told of that ``user`` sees.
    """
    day = min(clock.today(), date(year, 12, 31))
    planned = exists().where(VisitPlan.member_id == RosterMember.id, VisitPlan.year == year)
    rows = (
        select(RosterMember)
        .join(RosterMember.organization)
        .options(
            selectinload(RosterMember.organization),
            selectinload(RosterMember.district),
            selectinload(RosterMember.liaison),
        )
        .where(roster.on_day(day), roster.visible_to(user), ~planned)
    )
    if district_id is not None:
        rows = rows.where(RosterMember.district_id == district_id)
    return list(session.scalars(rows.order_by(RosterMember.district_id, RosterMember.id)))


def plan_for(session: Session, user: User, plan_id: int) -> VisitPlan:
    """Return one line of the plan for whoever draws it up. Raises ``NotFound``."""
    found: VisitPlan | None = None
    if policy.may(user, "visit.plan"):
        found = session.scalar(_lines().where(VisitPlan.id == plan_id))
    if found is None:
        raise NotFound("visit_plan")
    return found


def years(session: Session) -> list[int]:
    """Return the years that have a plan, this one and the next, the latest first."""
    this = clock.today().year
    return sorted({*session.scalars(select(VisitPlan.year).distinct()), this, this + 1}, reverse=True)


def _lines() -> Select[Any]:
    return (
        select(VisitPlan)
        .join(VisitPlan.member)
        .options(
            joinedload(VisitPlan.visitor),
            selectinload(VisitPlan.member).selectinload(RosterMember.organization),
            selectinload(VisitPlan.member).selectinload(RosterMember.district),
        )
    )


# -- what the forms need -----------------------------------------------------------------------------------------------


def visitors(session: Session) -> list[tuple[int, str]]:
    """Return who may visit."""
    seat = exists().where(Membership.user_id == User.id, Membership.role == Role.LIAISON.value)
    rows = select(User.id, User.name).where(User.active, seat).order_by(User.name, User.id)
    return [(i, name) for i, name in session.execute(rows)]


def of_start(session: Session, user: User) -> dict[str, Any]:
    """Return whom one may have visited, and for which years."""
    today = clock.today()
    members = roster.members(session, today) if policy.may(user, "case.start.visit") else []
    return {
        "visit_members": [(one.id, one.organization.name) for one in members],
        "visit_years": _years(today),
        "this_year": today.year,
    }


def of_plan(session: Session, user: User, year: int) -> dict[str, Any]:
    """Return whom one may put into the plan of a year, and who may visit."""
    return {
        "today": clock.today(),
        "visit_members": [(one.id, _with_liaison(one)) for one in unplanned(session, user, year)],
        "visitors": visitors(session),
    }


def _with_liaison(member: RosterMember) -> str:
    name = member.organization.name
    return f"{name}（{member.liaison.name}）" if member.liaison else name


def of_line(session: Session, planned: VisitPlan) -> dict[str, Any]:
    """Return what the form that changes a line of the plan needs."""
    return {
        "today": clock.today(),
        "visitors": visitors(session),
        "planned": {"visitor": planned.visitor_id, "by_day": planned.by_day},
    }


def _years(today: date) -> list[tuple[str, str]]:
    return [(str(year), str(year)) for year in (today.year, today.year + 1)]


def _questionnaire(session: Session, case: Case, _user: User, _task: Task | None) -> dict[str, Any]:
    row = session.get_one(Visit, case.id)
    return {
        "questionnaire": row.questionnaire,
        "unanswered": row.answered_on is None,
        "answered": row.answered_on is not None,
    }


def _open_problems(session: Session, case: Case, _user: User, _task: Task | None) -> dict[str, Any]:
    row = session.get_one(Visit, case.id)
    left = [one for one in row.problems if one.state == ProblemState.OPEN]
    return {
        "open_problems": [(one.id, f"{one.place}. {one.what}") for one in left],
        "problem_facts": {one.id: {"answer": one.answer, "due_on": one.due_on} for one in left},
    }


def _visitors(session: Session, _case: Case, _user: User, _task: Task | None) -> dict[str, Any]:
    return {"visitors": visitors(session)}


FACTS: dict[str, Fact] = {
    "questionnaire": _questionnaire,
    "unanswered": _questionnaire,
    "open_problems": _open_problems,
    "visitors": _visitors,
}


def known_then(session: Session, case: Case) -> dict[str, Any]:
    """Return the names needed to print old answers of a visit."""
    if case.kind != visits.PROCESS:
        return {}
    row = session.get_one(Visit, case.id)
    return {
        "visit_members": {row.member_id: case.party_names},
        "visit_years": {str(row.year): str(row.year)},
        "questionnaire": row.questionnaire,
        "unanswered": True,
        "open_problems": {one.id: f"{one.place}. {one.what}" for one in row.problems},
        "visitors": {s.user_id: s.user.name for s in case.staff},
    }
