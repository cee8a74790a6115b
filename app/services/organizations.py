"""Organisations: entered once, verified as who they say they are, and called what their licence says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock, policy
from app.domain.errors import NotFound, RuleBroken
from app.domain.events import PartyRenamed
from app.domain.naming import folded
from app.models import Organization, Party, StoredFile, Task, User
from app.models.types import blind_index
from app.queries import cases
from app.queries.organizations import known_by_number
from app.services import access_log, naming
from app.services.acting import Acting
from app.services.writing import insert


def known_or_entered(session: Session, numbers: Mapping[str, Any], **facts: Any) -> tuple[Organization, bool]:
    """Return the organisation with this code or number, and whether it is new and has these ``facts``.

    ``numbers``: ``uscc``, ``resident_id``, or ``country`` and ``foreign_number``.

    Of two who enter it at the same moment the second waits for the first and finds its row.
    """
    known = known_by_number(session, numbers)
    if known is not None:
        return known, False
    uscc, resident_id = numbers.get("uscc"), numbers.get("resident_id")
    row = insert(session, Organization).values(
        uscc=uscc or None,
        resident_id=resident_id or None,
        country=numbers.get("country") or "",
        foreign_number=numbers.get("foreign_number") or None,
        resident_index=blind_index(resident_id) if resident_id else None,
        created_at=clock.now(),
        **facts,
    )
    new = session.scalar(row.on_conflict_do_nothing().returning(Organization))
    if new is not None:
        return new, True
    known = known_by_number(session, numbers)
    assert known is not None  # it was in the way, and rows are only removed under the lock of their case
    return known, False


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
    access_log.record(
        session, "licence_handed_in", user=by, address=address, organization=organization.id, file=file.id
    )


def keep_licence(organization: Organization, file: StoredFile) -> None:
    """Put the licence on file that somebody of the organisation uploaded."""
    organization.licence_id = file.id


def verify(session: Session, organization: Organization, *, reason: str, by: User, address: str = "") -> None:
    """Let the organisation's people into the cases in which others named it."""
    policy.check(by, "organization.verify", organization)
    if organization.verified:
        raise RuleBroken("这家单位已经核验")
    organization.verified = True
    access_log.record(
        session,
        "organization_verified",
        user=by,
        address=address,
        organization=organization.id,
        reason=reason,
        licence=organization.licence_id,
    )


def rename(
    session: Session, organization: Organization, *, name: str, reason: str, by: User, address: str = ""
) -> None:
    """Correct the name of an organisation, whoever entered the wrong one; what a request called it stays with its case.

    Open cases go on under the right name and say so in their history; papers that were issued stay as they are.
    """
    policy.check(by, "organization.rename", organization)
    was = organization.name
    if name == was:
        raise RuleBroken("名称没有变化", field="name")
    organization.name = name
    access_log.record(
        session,
        "organization_renamed",
        user=by,
        address=address,
        organization=organization.id,
        was=was,
        now=name,
        reason=reason,
        licence=organization.licence_id,
    )
    # in one order, so that two people never wait for each other
    for party in session.scalars(
        select(Party).where(Party.organization_id == organization.id).order_by(Party.case_id)
    ).all():
        _rename_in(session, party, was, by)


def _rename_in(session: Session, party: Party, was: str, by: User) -> None:
    case = cases.locked(session, party.case_id)
    was = party.called or was
    if party.stated is not None or party.own_words:
        stated = {name: said for name, said in (party.stated or {}).items() if name != "called"}  # it is settled now
        party.stated = {"name": was, **stated}
    if not case.is_open or was == party.name:
        return
    naming.name_case(case)
    for task in session.scalars(select(Task).where(Task.case_id == case.id, Task.state == "open")):
        task.case_title, task.case_title_en = case.title, case.title_en
        task.search_text = folded(case.number, task.title, task.title_en, case.party_names)
    Acting(session, case, by).record(PartyRenamed(was=was, now=party.organization.name))
