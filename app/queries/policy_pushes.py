"""Pushes of policies and calls to members of the roster: who is to be reached, who has answered, what a unit was sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, selectinload

from app.domain.errors import NotFound
from app.domain.policies import Tally
from app.models import AwardCall, Membership, OrgUnit, PolicyPush, PublishedPolicy, RosterMember, User
from app.queries import roster


def to_reach(session: Session, pushed: PublishedPolicy | AwardCall, day: date) -> list[RosterMember]:
    """Return the members of ``day`` whom a policy or a call fits and to whom it has not been pushed."""
    done = set(session.scalars(select(PolicyPush.member_id).where(_of(pushed))))
    return [one for one in roster.members(session, day) if one.id not in done and _fits(pushed, one)]


def _fits(pushed: PublishedPolicy | AwardCall, member: RosterMember) -> bool:
    if isinstance(pushed, AwardCall):
        return True
    districts = {unit.id for unit in pushed.districts}
    in_industry = not pushed.industries or member.industry in pushed.industries
    return in_industry and (not districts or member.district_id in districts)


def people_of(session: Session, pushes: Iterable[PolicyPush]) -> list[int]:
    """Return everybody who acts for the units of these pushes."""
    units = {one.member.organization_id for one in pushes}
    return list(session.scalars(select(Membership.user_id).where(Membership.organization_id.in_(units)).distinct()))


def pushes_of(session: Session, user: User, pushed: PublishedPolicy | AwardCall) -> list[PolicyPush]:
    """Return to whom something was pushed, of the members whom this person may see, by district and name."""
    rows = _with_all().where(_of(pushed), roster.visible_to(user))
    return sorted(session.scalars(rows), key=lambda one: (one.member.district_id, one.member.organization.name))


def by_district(pushes: Iterable[PolicyPush]) -> tuple[list[tuple[OrgUnit, Tally]], Tally]:
    """Return what came of pushes district by district, and in all."""
    total, found = Tally(), dict[int, tuple[OrgUnit, Tally]]()
    for one in pushes:
        district = one.member.district
        found.setdefault(district.id, (district, Tally()))[1].count(one.answer)
        total.count(one.answer)
    return [found[key] for key in sorted(found)], total


def received(session: Session, user: User) -> list[PolicyPush]:
    """Return what was pushed to the units for which this person acts: what waits for a receipt first, then the latest."""
    rows = _with_all().where(RosterMember.organization_id.in_(user.organization_ids))
    found = list(session.scalars(rows.order_by(PolicyPush.pushed_at.desc(), PolicyPush.id.desc())))
    return sorted(found, key=lambda one: one.answer is not None)


def push_for(session: Session, user: User, push_id: int) -> PolicyPush:
    """Return a push to the unit of this person. Raises ``NotFound``."""
    own = RosterMember.organization_id.in_(user.organization_ids)
    row: PolicyPush | None = session.scalar(_with_all().where(PolicyPush.id == push_id, own))
    if row is None:
        raise NotFound("policy_push")
    return row


def counts(session: Session, user: User) -> dict[int, Tally]:
    """Return by policy what came of its pushes, of the members whom this person may see."""
    rows = select(PolicyPush.policy_id, PolicyPush.answer).join(PolicyPush.member)
    found = dict[int, Tally]()
    for policy_id, answer in session.execute(rows.where(roster.visible_to(user))):
        if policy_id is not None:
            found.setdefault(policy_id, Tally()).count(answer)
    return found


def _of(pushed: PublishedPolicy | AwardCall) -> ColumnElement[bool]:
    if isinstance(pushed, AwardCall):
        return PolicyPush.call_id == pushed.id
    return PolicyPush.policy_id == pushed.id


def _with_all() -> Select[Any]:
    """Load beside the row, not in its select: it may be locked afterwards."""
    member = selectinload(PolicyPush.member)
    return (
        select(PolicyPush)
        .join(PolicyPush.member)
        .options(
            selectinload(PolicyPush.policy),
            selectinload(PolicyPush.call),
            selectinload(PolicyPush.by),
            selectinload(PolicyPush.receipt_by),
            member.selectinload(RosterMember.organization),
            member.selectinload(RosterMember.district),
            member.selectinload(RosterMember.liaison),
        )
    )
