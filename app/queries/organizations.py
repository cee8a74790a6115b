"""Organisations that somebody signed up for and that nobody has verified yet."""

from __future__ import annotations

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from app.domain.errors import NotFound
from app.models import Membership, Organization, StoredFile, User

MOST = 200


def unverified(session: Session) -> list[Organization]:
    """Return the organisations that wait to be verified, those with a licence on file first."""
    return list(session.scalars(_unverified().order_by(Organization.licence_id.is_(None), Organization.id).limit(MOST)))


def _unverified() -> Select[Organization]:
    acted_for = exists().where(Membership.organization_id == Organization.id)
    return select(Organization).where(Organization.verified.is_(False), acted_for)


def organization(session: Session, organization_id: int) -> Organization:
    """Return an organisation that waits to be verified, or raise ``NotFound``."""
    row = session.scalar(_unverified().where(Organization.id == organization_id))
    if row is None:
        raise NotFound("organization")
    return row


def people_of(session: Session, organization: Organization) -> list[User]:
    """Return who acts for the organisation, in the order in which they came."""
    of_it = select(Membership.user_id).where(Membership.organization_id == organization.id)
    return list(session.scalars(select(User).where(User.id.in_(of_it), User.active).order_by(User.id)))


def licence(session: Session, organization: Organization) -> StoredFile | None:
    """Return the licence on file."""
    return session.get(StoredFile, organization.licence_id) if organization.licence_id else None
