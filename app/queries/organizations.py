"""Organisations: by their number, and those that nobody has verified yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from app.domain.errors import NotFound
from app.domain.identifiers import normalise
from app.models import Membership, Organization, StoredFile, User
from app.models.types import blind_index

MOST = 200


def unverified(session: Session) -> list[Organization]:
    """Return the organisations that wait to be verified, those with a licence on file first."""
    return list(session.scalars(_unverified().order_by(Organization.licence_id.is_(None), Organization.id).limit(MOST)))


def _unverified() -> Select[Organization]:
    joined = exists().where(Membership.organization_id == Organization.id)
    return select(Organization).where(Organization.verified.is_(False), joined)


def organization(session: Session, organization_id: int, text: str = "") -> Organization:
    """Return an organisation that waits to be verified, or that has exactly this code, number or name; or ``NotFound``."""
    rows = _exactly(text) if text.strip() else _unverified()
    row = session.scalar(rows.where(Organization.id == organization_id))
    if row is None:
        raise NotFound("organization")
    return row


def waits(session: Session, organization: Organization) -> bool:
    """Say whether somebody acts for the organisation that nobody has verified yet."""
    return session.scalar(_unverified().where(Organization.id == organization.id)) is not None


def found(session: Session, text: str) -> list[Organization]:
    """Return the organisations with exactly this code, resident number or name: to correct one, not to browse them."""
    return list(session.scalars(_exactly(text).order_by(Organization.id).limit(MOST)))


def _exactly(text: str) -> Select[Organization]:
    wanted = normalise(text)
    named = or_(
        Organization.uscc == wanted,
        Organization.foreign_number == wanted,
        Organization.resident_index == blind_index(wanted),
        Organization.name == text.strip(),
    )
    return select(Organization).where(named)


def people_of(session: Session, organization: Organization) -> list[User]:
    """Return who acts for the organisation, in the order in which they came."""
    of_it = select(Membership.user_id).where(Membership.organization_id == organization.id)
    return list(session.scalars(select(User).where(User.id.in_(of_it), User.active).order_by(User.id)))


def licence(session: Session, organization: Organization) -> StoredFile | None:
    """Return the licence on file."""
    return session.get(StoredFile, organization.licence_id) if organization.licence_id else None


def known_by_number(session: Session, entry: Mapping[str, Any]) -> Organization | None:
    """Return the organisation that is on file with the code or number that ``entry`` names."""
    if entry.get("uscc"):
        same = Organization.uscc == entry["uscc"]
    elif entry.get("resident_id"):
        same = Organization.resident_index == blind_index(entry["resident_id"])
    elif entry.get("foreign_number"):
        same = and_(
            Organization.foreign_number == entry["foreign_number"], Organization.country == entry.get("country")
        )
    else:
        return None
    return session.scalar(select(Organization).where(same))
