"""Projects of units: what their forms need to know, the history of a unit, and how the years came out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, extract, func, select
from sqlalchemy import case as either
from sqlalchemy.orm import Session, joinedload

from app import clock
from app.domain.roles import Role
from app.domain.roster.projects import MOST_RETURNS, MOST_REVISIONS, Channel, Level, Result
from app.domain.texts import Text
from app.models import Case, Membership, Organization, OrgUnit, Project, ProjectCall, RosterMember, Task, User
from app.queries import project_calls, roster
from app.queries.cases import visible_to

Fact = Callable[[Session, Case, User, Task | None], dict[str, Any]]


# -- the form that begins ----------------------------------------------------------------------------------------------


def of_start(session: Session, user: User) -> dict[str, Any]:
    """Return for which calls this person may file today."""
    today = clock.today()
    member = any(roster.is_member(session, one, today) for one in user.organization_ids)
    calls = [one for one in project_calls.open_on(session, today) if member or not one.members_only]
    return {"project_calls": [(one.number, one.title) for one in calls]}


# -- the forms of its steps --------------------------------------------------------------------------------------------


def _liaisons(session: Session, case: Case, _user: User, _task: Task | None) -> dict[str, Any]:
    held = {seat.user_id for seat in case.seats(Role.LIAISON)}
    is_one = User.memberships.any(Membership.role == Role.LIAISON)
    rows = session.scalars(select(User).where(User.active, is_one).order_by(User.name, User.id))
    return {"liaisons": [(one.id, one.name) for one in rows if one.id not in held]}


def _bounds(_session: Session, case: Case, _user: User, _task: Task | None) -> dict[str, Any]:
    row = case.project
    return {
        "may_revise": row is not None and row.revisions < MOST_REVISIONS,
        "may_return": row is not None and row.returns < MOST_RETURNS,
    }


FACTS: dict[str, Fact] = {"liaisons": _liaisons, "may_revise": _bounds, "may_return": _bounds}


# -- what is known of it ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ProjectFile:
    """What stands beside the papers of a project, and the other projects of the unit that the reader may see."""

    project: Project
    channel: Channel
    liaison: User | None
    history: list[Project]


def project_file(session: Session, user: User, case: Case) -> ProjectFile | None:
    """Return the file of a project; ``None`` for a case of another kind."""
    row = case.project
    if row is None:
        return None
    seat = case.staff_in(Role.LIAISON)
    others = _of_unit(row.organization_id, user).where(Project.case_id != row.case_id)
    return ProjectFile(
        project=row,
        channel=Channel.GREEN if row.green else Channel.ORDINARY,
        liaison=seat.user if seat else None,
        history=list(session.scalars(others.limit(50)).unique()),
    )


def own(session: Session, user: User) -> list[Project]:
    """Return the projects of the units that this person acts for, the newest first."""
    return [
        one
        for organization_id in sorted(user.organization_ids)
        for one in session.scalars(_of_unit(organization_id, user)).unique()
    ]


def _of_unit(organization_id: int, user: User) -> Any:
    return (
        select(Project)
        .join(Project.case)
        .where(Project.organization_id == organization_id, visible_to(user))
        .options(joinedload(Project.case), joinedload(Project.call))
        .order_by(Project.case_id.desc())
    )


def district_of(session: Session, member: RosterMember | None, organization: Organization) -> int | None:
    """Return the district under which a unit was chosen, else that in which it is registered by its code."""
    if member is not None:
        return member.district_id
    found = select(OrgUnit.id).where(OrgUnit.kind == "district_bureau", OrgUnit.active)
    return session.scalar(found.where(OrgUnit.region == (organization.uscc or "")[2:8]))


# -- how the years came out ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Came:
    """How many projects were filed, in the green channel, recommended, reported and won, and for how much money."""

    filed: int
    green: int
    recommended: int
    reported: int
    funded: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the tracking: a year, a level, a district, and what came of it."""

    year: int
    level: str
    district: Text | None
    came: Came


def tracked(
    session: Session, *, year: int | None = None, level: str = "", district_id: int | None = None
) -> list[Line]:
    """Return what came of the projects of each year, level and district; those withdrawn do not count."""
    year_of = extract("year", Project.filed_on)
    figures = (
        func.count(),
        func.sum(_one_if(Project.member_id.is_not(None))),
        func.sum(_one_if(Project.recommended_on.is_not(None))),
        func.sum(_one_if(Project.reported_on.is_not(None))),
        func.sum(_one_if(Project.result == Result.FUNDED)),
        func.sum(func.coalesce(Project.granted, 0)),
    )
    rows = (
        select(year_of, ProjectCall.level, Project.district_id, *figures)
        .select_from(Project)
        .join(ProjectCall, ProjectCall.id == Project.call_id)
        .join(Case, Case.id == Project.case_id)
        .where(Case.state != "withdrawn")
        .group_by(year_of, ProjectCall.level, Project.district_id)
    )
    if year is not None:
        rows = rows.where(Project.filed_on >= date(year, 1, 1), Project.filed_on < date(year + 1, 1, 1))
    if level:
        rows = rows.where(ProjectCall.level == level)
    if district_id is not None:
        rows = rows.where(Project.district_id == district_id)
    districts: dict[int | None, Text] = dict(districts_of(session))
    lines = [
        Line(int(of), at, districts.get(unit_id), _came(*counts)) for of, at, unit_id, *counts in session.execute(rows)
    ]
    order = [one.value for one in Level]
    return sorted(lines, key=lambda one: (-one.year, order.index(one.level), one.district.zh if one.district else ""))


def _came(filed: Any, green: Any, recommended: Any, reported: Any, funded: Any, amount: Any) -> Came:
    return Came(int(filed), int(green), int(recommended), int(reported), int(funded), Decimal(amount or 0))


def together(lines: Iterable[Line]) -> Came:
    """Return what lines come to together."""
    came = [one.came for one in lines]
    return Came(
        sum(one.filed for one in came),
        sum(one.green for one in came),
        sum(one.recommended for one in came),
        sum(one.reported for one in came),
        sum(one.funded for one in came),
        sum((one.amount for one in came), Decimal(0)),
    )


def years(session: Session) -> list[int]:
    """Return the years in which any project was filed, the latest first."""
    found = session.scalars(select(extract("year", Project.filed_on)).distinct())
    return sorted({int(year) for year in found}, reverse=True)


def districts_of(session: Session) -> list[tuple[int, Text]]:
    """Return the district bureaus, by region."""
    rows = select(OrgUnit).where(OrgUnit.kind == "district_bureau").order_by(OrgUnit.region, OrgUnit.id)
    return [(unit.id, Text(unit.name, unit.name_en)) for unit in session.scalars(rows)]


def _one_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return either((condition, 1), else_=0)
