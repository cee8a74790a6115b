"""Verifying that whoever signed up for an organisation is its own: an official has looked at its licence."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app import policy
from app.domain.errors import RuleBroken
from app.models import Organization, StoredFile, User
from app.services.accounts import note


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
