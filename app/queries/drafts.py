"""What a person typed and has not sent yet."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import scopes
from app.domain.roles import PartyRole
from app.models import Case, Draft, Party, User


def draft_of(session: Session, user: User, scope: str) -> Draft | None:
    """Return this person's draft for that place, or ``None``."""
    return session.scalar(select(Draft).where(Draft.user_id == user.id, Draft.scope == scope))


def drafts_of(session: Session, user: User) -> list[Draft]:
    """Return all drafts of this person, the latest first."""
    return list(session.scalars(select(Draft).where(Draft.user_id == user.id).order_by(Draft.saved_at.desc())))


def grown_from(session: Session, user: User, process: str, case_id: int) -> Draft | None:
    """Return the draft of a request into which this person turned the case ``case_id``, or ``None``."""
    return draft_of(session, user, scopes.of_start(process, case_id))


def request_from(user: User, draft: Draft, case: Case) -> dict[str, Any]:
    """Return what the form of the request begins with: the right, what is asked, and the respondent of that case."""
    kept = ("right_type", "right_number", "right_name", "right_holder", "standing", "requests", "facts")
    asked = [p for p in case.parties if p.role == PartyRole.RESPONDENT]
    own = next((p.organization_id for p in case.parties if p.organization_id in user.organization_ids), None)
    return {
        **{name: draft.answers[name] for name in kept if name in draft.answers},
        **({"requester_organization": own} if own else {}),
        "respondents": [_entry(p) for p in asked[:1]],
    }


def _entry(party: Party) -> dict[str, Any]:
    organization = party.organization
    numbers = {name: getattr(organization, name) or "" for name in ("uscc", "country", "foreign_number")}
    told = {name: party.told(name) for name in ("legal_representative", "address", "postcode")}
    return {"kind": organization.kind, "name": party.name, **numbers, **told}
