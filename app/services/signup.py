"""Signing up: somebody new, for whom they act, and the privacy notice that they accept."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app import clock, notifications
from app.domain import identifiers, passwords
from app.domain.errors import RuleBroken
from app.domain.roles import Role
from app.models import Membership, Organization, Party, User
from app.services import access_log, accounts
from app.services.organizations import known_or_entered

PRIVACY_NOTICE = "2026-1"  # the version of the notice that a newcomer accepts (PIPL art. 17)


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """Somebody who signs up: their name, how they are reached, and the name and password they chose."""

    username: str
    password: str
    name: str
    email: str
    phone: str
    language: str = "zh_CN"


@dataclass(frozen=True, kw_only=True)
class Represented:
    """For whom they sign up: an organisation with its code, or themselves with their resident number."""

    kind: str
    name: str
    uscc: str = ""
    resident_id: str = ""
    legal_representative: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


def sign_up(session: Session, who: Newcomer, body: Represented, *, address: str = "") -> User:
    """Return a new person who acts for an organisation, or for themselves; they accepted the privacy notice.

    An organisation that is known and that no open account acts for is the same one, and what it says of itself holds. It is
    not verified by that: a code or a number is no secret, and whoever knows one must not read the case in which it was
    named. The answer is the same whether or not there is such a case.
    """
    organization = _organization(session, body)
    user = new_person(session, who, organization)
    note_arrival(session, user, organization, address)
    return user


def _organization(session: Session, body: Represented) -> Organization:
    individual = body.kind == "individual"
    number = identifiers.resident_id(body.resident_id) if individual else identifiers.uscc(body.uscc)
    said = {name: getattr(body, name) for name in ("legal_representative", "address", "phone", "email")}
    organization, new = known_or_entered(
        session,
        {"resident_id" if individual else "uscc": number},
        kind=body.kind,
        name=body.name,
        **said,
    )
    if new:
        return organization
    session.refresh(organization, with_for_update=True)  # one after the other: the second sees whom the first let in
    _refuse_taken_body(session, organization, "resident_id" if individual else "uscc")
    _let_go(session, organization)
    organization.verified = False  # it was before these people came
    organization.name = organization.name or body.name  # the cases that name it go on under the name they have
    for name, value in said.items():
        setattr(organization, name, value)
    return organization


def _refuse_taken_body(session: Session, organization: Organization, field: str) -> None:
    """Raise ``RuleBroken`` where somebody with an open account acts for a known organisation."""
    acting = select(Membership.id).join(Membership.user).where(Membership.organization_id == organization.id)
    if session.scalar(acting.where(User.active).limit(1)):
        raise RuleBroken(accounts.TAKEN_BODY, field=field)


def _let_go(session: Session, organization: Organization) -> None:
    """Take the organisation from accounts that are closed, whose people may have been anybody.

    Whoever comes after them has not filed what they filed, and sees it when they have proven who they are. Until then the
    cases that name the organisation go on with what was on file about it: their papers go where they went.
    """
    closed = delete(Membership).where(Membership.organization_id == organization.id).returning(Membership.user_id)
    for user_id in session.scalars(closed).all():
        access_log.record(session, "role_taken", of=user_id, role=Role.APPLICANT, organization=organization.id)
    for party in session.scalars(select(Party).where(Party.organization_id == organization.id)):
        party.keep_as_told()


def new_person(session: Session, who: Newcomer, organization: Organization | None) -> User:
    """Return a new person who acts for ``organization``; for ``None``, as somebody's agent only."""
    username = accounts.username_of(who.username)
    passwords.check_password(who.password, username)
    accounts.refuse_taken(session, username)
    now = clock.now()
    user = User(
        username=username,
        name=who.name,
        password_hash=passwords.hash_password(who.password),
        email=who.email,
        phone=who.phone or None,
        language=who.language,
        session_epoch=0,
        password_changed_at=now,
        created_at=now,
        memberships=[Membership(role=Role.APPLICANT, organization=organization)] if organization else [],
    )
    session.add(user)
    accounts.flush_new(session)
    return user


def note_arrival(session: Session, user: User, organization: Organization | None, address: str) -> None:
    """Write down that somebody came and accepted the privacy notice, and welcome them."""
    access_log.record(
        session, "signed_up", user=user, address=address, organization=organization.id if organization else None
    )
    access_log.record(session, "privacy_accepted", user=user, address=address, version=PRIVACY_NOTICE)
    notifications.account_welcome(session, user)
