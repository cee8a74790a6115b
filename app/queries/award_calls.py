"""Calls for awards: what is open to everybody, and what is being drawn up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session, joinedload

from app import policy
from app.domain.awards.options import Members
from app.domain.awards.schedule import Award
from app.domain.errors import NotFound
from app.models import AwardCall, User
from app.queries import award_options, award_schedule, roster

_PUBLISHED = AwardCall.state == "published"


def published(session: Session) -> list[AwardCall]:
    """Return every published call, the one that closes last first."""
    rows = select(AwardCall).where(_PUBLISHED).order_by(AwardCall.closes_on.desc(), AwardCall.number.desc())
    return list(session.scalars(rows))


def open_on(session: Session, day: date) -> list[AwardCall]:
    """Return the calls that are open on ``day``, the one that closes first first."""
    window: ColumnElement[bool] = and_(AwardCall.opens_on <= day, AwardCall.closes_on >= day)
    rows = select(AwardCall).where(_PUBLISHED, window).order_by(AwardCall.closes_on, AwardCall.number)
    return list(session.scalars(rows))


def numbered(session: Session, number: int) -> AwardCall:
    """Return a published call by its number. Raises ``NotFound``."""
    call = session.scalar(select(AwardCall).where(AwardCall.number == number, _PUBLISHED))
    if call is None:
        raise NotFound("award_call")
    return call


def for_staff(session: Session) -> list[AwardCall]:
    """Return every call that was not thrown away, drafts first, then the newest."""
    rows = select(AwardCall).where(AwardCall.state != "discarded")
    people = (joinedload(AwardCall.made_by), joinedload(AwardCall.decided_by))
    return list(session.scalars(rows.order_by(AwardCall.state, AwardCall.id.desc()).options(*people)))


def call_for(session: Session, user: User, call_id: int) -> AwardCall:
    """Return a call, drafts too, for whoever has to do with awards. Raises ``NotFound``."""
    call = session.get(AwardCall, call_id) if policy.has_to_do_with_awards(user, None) else None
    if call is None or call.state == "discarded":
        raise NotFound("award_call")
    return call


def lines_of(session: Session, call: AwardCall) -> Sequence[Award]:
    """Return what the schedule gives for the awards of a call, as on its first day, in the order of the schedule."""
    lines = award_schedule.lines_on(session, call.opens_on)
    return [line for line in lines if line.id in call.awards and line.holds_on(call.opens_on)]


def is_for(session: Session, call: AwardCall, organization_id: int | None, day: date) -> bool:
    """Say whether a unit may take part as far as the roster goes: where the call or the office asks that it be on it."""
    asked = call.members_only or award_options.chosen(session, "award.members")["award.members"] == Members.MEMBERS
    return not asked or (organization_id is not None and roster.is_member(session, organization_id, day))
