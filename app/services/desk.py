"""Small things at the desk of a case: remarks, following, and a look at what is protected."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app import clock, policy
from app.domain.errors import NotFound
from app.domain.events import ProtectedShown
from app.domain.masking import Protected
from app.models import Case, Follow, Note, Party, User
from app.queries import cases
from app.services import once, tasks, writing
from app.services.acting import Acting


def add_note(session: Session, case: Case, *, text: str, by: User) -> Note:
    """Add a remark for the officials who handle the case; no party ever sees it. One that is sent twice is kept once."""
    policy.check(by, "case.note", case)
    tasks.refuse_conflict(session, by, case, field="text")
    cases.locked(session, case.id)  # an equal remark waits here
    same = select(Note).where(Note.case_id == case.id, Note.by_id == by.id, Note.text == text)
    just_now = same.where(Note.at >= clock.now() - timedelta(seconds=once.MINUTE))
    if (kept := session.scalar(just_now.limit(1))) is not None:
        return kept
    note = Note(case_id=case.id, by_id=by.id, at=clock.now(), text=text)
    session.add(note)
    return note


def toggle_follow(session: Session, case: Case, *, by: User) -> bool:
    """Follow a case or stop following it; return whether it is followed now."""
    policy.check(by, "case.follow", case)
    followed = delete(Follow).where(Follow.user_id == by.id, Follow.case_id == case.id)
    if session.scalar(followed.returning(Follow.case_id)) is not None:
        return False
    writing.insert_missing(session, Follow, user_id=by.id, case_id=case.id, since=clock.now())
    return True


def reveal(session: Session, case_id: int, party_id: int, what: str, *, reason: str, by: User) -> str:
    """Return a protected value of a party in full; who looked, at what and why stays in the case's history."""
    case = cases.locked(session, case_id)
    policy.check(by, "case.reveal", case)
    party = next((p for p in case.parties if p.id == party_id), None)
    if party is None or what not in set(Protected):
        raise NotFound("party")
    acting = Acting(session, case, by, acting_for=tasks.acting_for_in(session, by, case))
    acting.record(ProtectedShown(what=Protected(what).label, of=party.name, reason=reason))
    return _protected(party, what)


def _protected(party: Party, what: str) -> str:
    if what == Protected.PHONE:
        return party.told("phone")
    return (party.organization.phone if what == Protected.PHONE_ON_FILE else party.organization.resident_id) or ""
