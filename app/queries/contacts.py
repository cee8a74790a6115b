"""The ledger of contacts for somebody: an official sees those that concern them, a unit what was shared with it."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from app import clock, policy
from app.domain.errors import NotFound
from app.models import Contact, Organization, RosterMember, StoredFile, User
from app.models.contact import contact_member
from app.queries import roster


def contacts(
    session: Session,
    user: User,
    *,
    member_id: int | None = None,
    kind: str = "",
    first: date | None = None,
    last: date | None = None,
) -> list[Contact]:
    """Return what this official sees of the ledger, the latest first, by member, kind and period."""
    rows = _with_all().where(Contact.in_force, visible_to(user))
    if member_id is not None:
        rows = rows.where(Contact.members.any(RosterMember.id == member_id))
    if kind:
        rows = rows.where(Contact.kind == kind)
    if first is not None:
        rows = rows.where(Contact.held_on >= first)
    if last is not None:
        rows = rows.where(Contact.held_on <= last)
    return list(session.scalars(rows.order_by(Contact.held_on.desc(), Contact.id.desc())))


def visible_to(user: User) -> ColumnElement[bool]:
    """Return the condition on ``Contact``: whoever leads sees all, a liaison those with members in their care and their own."""
    if policy.sees_all_members(user, None):
        return true()
    return or_(Contact.members.any(RosterMember.liaison_id == user.id), Contact.entered_by_id == user.id)


def contact_for(session: Session, user: User, contact_id: int) -> Contact:
    """Return one entry for an official. Raises ``NotFound`` where it is not theirs to see."""
    found: Contact | None = None
    if policy.reads_contacts(user, None):
        found = session.scalar(_with_all().where(Contact.id == contact_id, visible_to(user)))
    if found is None:
        raise NotFound("contact")
    return found


def file_for(session: Session, user: User, contact_id: int, file_id: int) -> StoredFile:
    """Return a file of an entry. Raises ``NotFound``."""
    file = next((f for f in contact_for(session, user, contact_id).files if f.id == file_id), None)
    if file is None:
        raise NotFound("file")
    return file


def shared_with(session: Session, user: User) -> list[tuple[str, date, str]]:
    """Return what was shared with the units that this person acts for: kind, day and summary, and nothing else."""
    of_theirs = Contact.members.any(RosterMember.organization_id.in_(user.organization_ids))
    rows = select(Contact.kind, Contact.held_on, Contact.summary).where(Contact.in_force, Contact.shared, of_theirs)
    return [(kind, day, text) for kind, day, text in session.execute(rows.order_by(Contact.held_on.desc(), Contact.id))]


def former(entry: Contact) -> list[Contact]:
    """Return what stood in the place of an entry before it, the latest first."""
    found = []
    while entry.replaces is not None:
        entry = entry.replaces
        found.append(entry)
    return found


def successor(session: Session, entry: Contact) -> Contact | None:
    """Return the entry that stands in the place of this one."""
    return session.scalar(select(Contact).where(Contact.replaces_id == entry.id))


def members_of(session: Session, user: User) -> list[RosterMember]:
    """Return the members with whom this official may enter a contact: those in their care, or all, by name."""
    today = clock.today()
    if policy.keeps_the_roster(user, None):
        return sorted(roster.members(session, today), key=lambda one: one.organization.name)
    return roster.in_care_of(session, user, today)


def in_the_ledger(session: Session, user: User) -> list[tuple[int, str]]:
    """Return the members with whom there is anything that this official sees, to choose from."""
    entries = select(Contact.id).where(Contact.in_force, visible_to(user))
    seen = select(contact_member.c.member_id).where(contact_member.c.contact_id.in_(entries))
    rows = (
        select(RosterMember.id, Organization.name)
        .join(Organization, Organization.id == RosterMember.organization_id)
        .where(RosterMember.id.in_(seen))
    )
    return [(i, name) for i, name in session.execute(rows.order_by(Organization.name, RosterMember.id))]


def _with_all() -> Select[Any]:
    return select(Contact).options(
        joinedload(Contact.entered_by),
        selectinload(Contact.members).joinedload(RosterMember.organization),
        selectinload(Contact.files),
    )
