"""Verifying that whoever signed up for an organisation is its own: an official has looked at its licence."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app import policy
from app.domain.errors import NotFound, RuleBroken
from app.models import Organization, StoredFile, User
from app.services.accounts import note


def own_organization(by: User, organization_id: int) -> Organization:
    """Return an organisation that this person acts for, or raise ``NotFound``."""
    found = next((m.organization for m in by.memberships if m.organization_id == organization_id), None)
    if found is None:
        raise NotFound("organization")
    return found


def hand_in_licence(session: Session, organization: Organization, file: StoredFile, *, by: User, address: str) -> None:
    """Put on file a licence that is handed in after signing up, or a better one; not once it has been looked at."""
    if organization.verified:
        raise RuleBroken("“%(name)s”已经核验，不需要再交证照", field="licence", name=organization.name)
    keep_licence(organization, file)
    note(session, "licence_handed_in", user=by, address=address, organization=organization.id, file=file.id)


def keep_licence(organization: Organization, file: StoredFile) -> None:
    """Put the licence on file that somebody of the organisation uploaded."""
    organization.licence_id = file.id


def verify(session: Session, organization: Organization, *, reason: str, by: User, address: str = "") -> None:
    """Let the organisation's people into the cases in which others named it."""
    policy.check(by, "organization.verify", organization)
    if organization.verified:
        raise RuleBroken("这家单位已经核验")
    organization.verified = True
    note(
        session,
        "organization_verified",
        user=by,
        address=address,
        organization=organization.id,
        reason=reason,
        licence=organization.licence_id,
    )
