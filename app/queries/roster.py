"""The roster on any day: who is on it, since when and why, and who is there for them."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from app import policy
from app.domain.errors import NotFound
from app.domain.roles import Role
from app.models import Organization, RosterMember, RosterVersion, User


def on_day(day: date) -> ColumnElement[bool]:
    """Return the condition on ``RosterMember`` that the unit is on the roster on ``day``."""
    return (RosterMember.entered_on <= day) & or_(RosterMember.left_on.is_(None), RosterMember.left_on > day)


def members(
    session: Session, day: date, *, district_id: int | None = None, industry: str = "", name: str = ""
) -> list[RosterMember]:
    """Return who is on the roster on ``day``, by district and name."""
    rows = _with_all().where(on_day(day))
    if district_id is not None:
        rows = rows.where(RosterMember.district_id == district_id)
    if industry:
        rows = rows.where(RosterMember.industry == industry)
    if name:
        rows = rows.where(Organization.name.contains(name, autoescape=True))
    return list(session.scalars(rows.order_by(RosterMember.district_id, Organization.name, RosterMember.id)))


def is_member(session: Session, organization_id: int, day: date) -> bool:
    """Say whether a unit is on the roster on ``day``."""
    rows = select(RosterMember.id).where(RosterMember.organization_id == organization_id, on_day(day))
    return session.scalar(rows.limit(1)) is not None


def membership(session: Session, organization_id: int, day: date) -> RosterMember | None:
    """Return the membership of a unit that is on the roster on ``day``."""
    found: RosterMember | None = session.scalar(
        _with_all().where(RosterMember.organization_id == organization_id, on_day(day))
    )
    return found


def visible_to(user: User) -> ColumnElement[bool]:
    """Return the condition on ``RosterMember`` that holds for those whose file this person may open.

    Whoever keeps the roster, leads or supervises sees all; a liaison those in their care; a district its own; a unit itself.
    """
    if policy.sees_all_members(user, None):
        return true()
    own = [RosterMember.organization_id.in_(user.organization_ids), RosterMember.liaison_id == user.id]
    districts = [m.unit_id for m in user.memberships if m.role == Role.DISTRICT_OFFICER]
    return or_(*own, RosterMember.district_id.in_(districts))


def member_for(session: Session, user: User, member_id: int) -> RosterMember:
    """Return one member for somebody. Raises ``NotFound`` where it is not theirs to see."""
    found: RosterMember | None = session.scalar(_with_all().where(RosterMember.id == member_id, visible_to(user)))
    if found is None:
        raise NotFound("roster_member")
    return found


def seen_among(session: Session, user: User, day: date) -> set[int]:
    """Return the ids of the members of that day whose file this person may open."""
    return set(session.scalars(select(RosterMember.id).where(on_day(day), visible_to(user))))


def times_of(session: Session, organization_id: int) -> list[RosterMember]:
    """Return every time that a unit was on the roster, the latest first."""
    rows = _with_all().where(RosterMember.organization_id == organization_id)
    return list(session.scalars(rows.order_by(RosterMember.id.desc())))


def in_care_of(session: Session, user: User, day: date) -> list[RosterMember]:
    """Return the members that this person is there for."""
    rows = _with_all().where(RosterMember.liaison_id == user.id, on_day(day))
    return list(session.scalars(rows.order_by(Organization.name)))


def own_membership(session: Session, user: User, day: date) -> RosterMember | None:
    """Return the membership of the unit that this person acts for, if it is on the roster on ``day``."""
    rows = _with_all().where(RosterMember.organization_id.in_(user.organization_ids), on_day(day))
    return session.scalars(rows.order_by(RosterMember.id)).first()


def versions(session: Session) -> list[RosterVersion]:
    """Return every version of the roster, the newest first."""
    rows = select(RosterVersion).options(joinedload(RosterVersion.decided_by))
    return list(session.scalars(rows.order_by(RosterVersion.number.desc())))


def _with_all() -> Select[Any]:
    return (
        select(RosterMember)
        .join(RosterMember.organization)
        .options(
            selectinload(RosterMember.organization),
            selectinload(RosterMember.district),
            selectinload(RosterMember.liaison),
            selectinload(RosterMember.entered_with),
            selectinload(RosterMember.left_with),
        )
    )
