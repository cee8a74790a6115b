"""Calls for projects: what is open, for whom each is, and who has answered it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app import policy
from app.domain.errors import NotFound
from app.domain.roster.projects import fits
from app.models import Case, Project, ProjectCall, RosterMember, User
from app.queries import roster
from app.queries.cases import visible_to

_PUBLISHED = ProjectCall.state == "published"


@dataclass(frozen=True, slots=True)
class Matched:
    """A call with how many members it is for today, and how many of them have answered it."""

    call: ProjectCall
    fitting: int
    answered: int


@dataclass(frozen=True, slots=True)
class Answer:
    """A member that a call is for, with what it has filed for it, if anything."""

    member: RosterMember
    projects: list[Project]


def open_on(session: Session, day: date) -> list[ProjectCall]:
    """Return the calls that are open on ``day``, the one that closes first first."""
    window = (ProjectCall.opens_on <= day) & (ProjectCall.closes_on >= day)
    rows = select(ProjectCall).where(_PUBLISHED, window).order_by(ProjectCall.closes_on, ProjectCall.number)
    return list(session.scalars(rows))


def numbered(session: Session, number: int) -> ProjectCall:
    """Return a published call by its number. Raises ``NotFound``."""
    call = session.scalar(select(ProjectCall).where(ProjectCall.number == number, _PUBLISHED))
    if call is None:
        raise NotFound("project_call")
    return call


def call_for(session: Session, user: User, call_id: int) -> ProjectCall:
    """Return a call, drafts too, for whoever has to do with projects. Raises ``NotFound``."""
    call = session.get(ProjectCall, call_id) if policy.has_to_do_with_projects(user, None) else None
    if call is None or call.state == "discarded":
        raise NotFound("project_call")
    return call


def for_staff(session: Session, day: date) -> list[Matched]:
    """Return every call that was not thrown away, drafts first, then the newest, each with how its members answer."""
    rows = select(ProjectCall).where(ProjectCall.state != "discarded")
    people = (joinedload(ProjectCall.made_by), joinedload(ProjectCall.decided_by))
    calls = list(session.scalars(rows.order_by(ProjectCall.state, ProjectCall.id.desc()).options(*people)))
    members = roster.members(session, day)
    filed = _filed(session)
    return [_matched(call, members, filed.get(call.id, set())) for call in calls]


def _matched(call: ProjectCall, members: Sequence[RosterMember], filed: set[int]) -> Matched:
    own = [one for one in members if is_for(call, one)]
    return Matched(call, len(own), len([one for one in own if one.organization_id in filed]))


def _filed(session: Session) -> dict[int, set[int]]:
    """Return which organisations have filed for which call; who withdrew has not."""
    rows = select(Project.call_id, Project.organization_id).join(Case, Case.id == Project.case_id)
    found: dict[int, set[int]] = {}
    for call_id, organization_id in session.execute(rows.where(Case.state != "withdrawn")):
        found.setdefault(call_id, set()).add(organization_id)
    return found


def is_for(call: ProjectCall, member: RosterMember | None) -> bool:
    """Say whether a call is for a unit with this membership (``None``: it is not on the roster)."""
    return fits(call.industries, members_only=call.members_only, industry=member.industry if member else None)


def members_for(session: Session, call: ProjectCall, day: date) -> list[RosterMember]:
    """Return the members that a call is for on ``day``."""
    return [one for one in roster.members(session, day) if is_for(call, one)]


def answers(session: Session, user: User, call: ProjectCall, day: date) -> list[Answer]:
    """Return the members whose file ``user`` may open and whom a call is for, with what each has filed that they may see."""
    rows = select(RosterMember.id).where(roster.on_day(day), roster.visible_to(user))
    theirs = set(session.scalars(rows))
    members = [one for one in members_for(session, call, day) if one.id in theirs]
    filed: dict[int, list[Project]] = {}
    for project in filed_for(session, user, call):
        filed.setdefault(project.organization_id, []).append(project)
    return [Answer(one, filed.get(one.organization_id, [])) for one in members]


def filed_for(session: Session, user: User, call: ProjectCall) -> list[Project]:
    """Return what was filed for a call, as far as ``user`` may see it, the newest first."""
    rows = (
        select(Project)
        .join(Project.case)
        .where(Project.call_id == call.id, visible_to(user))
        .options(joinedload(Project.case), joinedload(Project.organization), joinedload(Project.district))
    )
    return list(session.scalars(rows.order_by(Project.case_id.desc())).unique())


def how_many(session: Session, call: ProjectCall) -> int:
    """Return how many projects have been filed for a call, without those withdrawn."""
    rows = select(func.count()).select_from(Project).join(Case, Case.id == Project.case_id)
    return session.scalar(rows.where(Project.call_id == call.id, Case.state != "withdrawn")) or 0
