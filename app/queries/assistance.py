"""Requests of members for help: who may register one for whom, who may take it, and what is known of one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock, policy
from app.domain.roles import Role
from app.models import Case, Membership, Organization, RosterMember, Task, User
from app.queries import roster
from app.queries.conflicts import conflicts_of


def of_start(session: Session, user: User) -> dict[str, Any]:
    """Return for which units this person may register a request: their own, or the members in their care, or all."""
    return {"asking_units": [(one.id, one.name) for one in _asking(session, user)]}


def _asking(session: Session, user: User) -> list[Organization]:
    if not user.is_official:
        own = select(Organization).where(Organization.id.in_(user.organization_ids)).order_by(Organization.id)
        return list(session.scalars(own))
    today = clock.today()
    all_of_them = policy.keeps_the_roster(user, None)
    found = roster.members(session, today) if all_of_them else roster.in_care_of(session, user, today)
    return [one.organization for one in found]


def membership_of(session: Session, organization_id: int) -> RosterMember | None:
    """Return the membership of a unit that is on the roster today."""
    rows = select(RosterMember).where(RosterMember.organization_id == organization_id, roster.on_day(clock.today()))
    return session.scalar(rows)


def liaisons(session: Session, case: Case) -> list[User]:
    """Return the liaisons who may take a request: active, and free of any conflict with who asks."""
    holding = select(Membership.user_id).where(Membership.role == Role.LIAISON)
    rows = select(User).where(User.id.in_(holding), User.active).order_by(User.id)
    users = list(session.scalars(rows).unique())
    barred = conflicts_of(session, users, case)
    return [one for one in users if not barred[one.id]]


def _liaisons(session: Session, case: Case, _user: User, _task: Task | None) -> dict[str, Any]:
    row = case.assistance
    now = {seat.user_id for seat in case.seats(Role.LIAISON)}
    free = [(one.id, one.name) for one in liaisons(session, case) if one.id not in now]
    own = row.member.liaison_id if row else None
    return {"liaisons": free, "own_liaison": own if any(one == own for one, _ in free) else None}


def _reopened(_session: Session, case: Case, _user: User, _task: Task | None) -> dict[str, Any]:
    return {"reopened": case.assistance is not None and case.assistance.reopened}


FACTS = {"liaisons": _liaisons, "own_liaison": _liaisons, "reopened": _reopened}
