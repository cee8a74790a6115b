"""Keeping the roster: each decision that lets units in or out makes a version of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock, policy
from app.domain.errors import RuleBroken, Stale
from app.domain.roles import Role
from app.domain.roster.members import Entry, Exit
from app.models import Organization, OrgUnit, RosterMember, RosterVersion, User
from app.services.changing import FIRST


@dataclass(frozen=True, slots=True)
class Admitted:
    """A unit that comes in, and what it was chosen under."""

    organization: Organization
    district: OrgUnit
    industry: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Removed:
    """A member that goes, and why."""

    member: RosterMember
    exit: Exit
    note: str


def decide(
    session: Session, *, admitted: Sequence[Admitted] = (), removed: Sequence[Removed] = (), reason: str, by: User
) -> RosterVersion:
    """Let units in and out from today on, all by one version. Raises ``Stale`` for who is in, or out, already."""
    policy.check(by, "roster.decide")
    if not admitted and not removed:
        raise RuleBroken("没有要调入或者调出的单位")
    today = clock.today()
    last = session.scalar(select(func.max(RosterVersion.number))) or 0
    version = RosterVersion(
        number=last + 1, effective_on=today, reason=reason, decided_by_id=by.id, decided_at=clock.now()
    )
    session.add(version)
    for one in removed:
        session.refresh(one.member, with_for_update=True)
        if one.member.left_on is not None:
            raise Stale(FIRST)
        one.member.left_on, one.member.exit, one.member.exit_note = today, one.exit.value, one.note
        one.member.left_with = version
    session.flush()  # who leaves and comes back on one day is out before it is in
    for unit in admitted:
        session.add(_entered(session, unit, version))
    session.flush()
    return version


def _entered(session: Session, unit: Admitted, version: RosterVersion) -> RosterMember:
    earlier = select(RosterMember).where(RosterMember.organization_id == unit.organization.id)
    before = list(session.scalars(earlier))
    if any(one.left_on is None for one in before):
        raise Stale("%(name)s已在名录中", name=unit.organization.name)
    return RosterMember(
        organization=unit.organization,
        district=unit.district,
        industry=unit.industry,
        entered_on=version.effective_on,
        entered_with=version,
        entry=(Entry.READMITTED if before else Entry.NOMINATED).value,
        entry_note=unit.note,
    )


def appoint_liaison(session: Session, member: RosterMember, liaison: User, *, by: User) -> User | None:
    """Let an official be there for a member from now on (measure M05); return who was before."""
    policy.check(by, "roster.appoint_liaison")
    session.refresh(member, with_for_update=True)
    if member.left_on is not None:
        raise Stale("该单位已经调出名录")
    if not liaison.active or not liaison.has_role(Role.LIAISON):
        raise RuleBroken("请选择直联专员", field="liaison")
    was, member.liaison = member.liaison, liaison
    return was
