"""The ledger of contacts with members: entered, corrected by an entry in the place of another, a promise noted as kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock, policy
from app.domain.errors import RuleBroken, Stale
from app.domain.roster import contacts as rules
from app.domain.roster.contacts import ContactKind
from app.models import Contact, RosterMember, User
from app.services import files as kept

CORRECTED = "这条联络刚才已被更正，请刷新后查看"


@dataclass(frozen=True, slots=True)
class Entry:
    """With which members there was a contact, when, what was said and promised."""

    kind: ContactKind
    held_on: date
    members: Sequence[RosterMember]
    took_part: str
    summary: str
    minutes: str
    promised: str = ""
    due_on: date | None = None
    done_on: date | None = None
    shared: bool = False
    files: Iterable[int] = ()


def enter(session: Session, entry: Entry, *, by: User) -> Contact:
    """Enter a contact. Raises ``Stale`` for one that is in the ledger with the same words."""
    policy.check(by, "contact.enter")
    _refuse_others(entry.members, by)
    made = _made(session, entry, by)
    same = select(Contact).where(
        Contact.kind == entry.kind.value,
        Contact.held_on == entry.held_on,
        Contact.summary == entry.summary,
        Contact.entered_by_id == by.id,
        Contact.in_force,
    )
    wanted = {one.id for one in entry.members}
    if any({one.id for one in other.members} == wanted for other in session.scalars(same)):
        raise Stale("同一天与同样的单位的这次联络已经登记，没有重复登记")
    session.add(made)
    return made


def correct(session: Session, former: Contact, entry: Entry, *, reason: str, by: User) -> Contact:
    """Enter what is right in the place of ``former``, which stays with its files, and say why."""
    policy.check(by, "contact.correct", former)
    session.refresh(former, with_for_update=True)
    if not former.in_force:
        raise Stale(CORRECTED)
    _refuse_others([one for one in entry.members if one not in former.members], by)
    made = _made(session, entry, by)
    made.files = made.files or list(former.files)
    former.in_force = False
    made.replaces, made.reason = former, reason
    session.add(made)
    return made


def finish(session: Session, contact: Contact, done_on: date, *, by: User) -> None:
    """Note that what was promised has been done."""
    policy.check(by, "contact.correct", contact)
    session.refresh(contact, with_for_update=True)
    if not contact.in_force:
        raise Stale(CORRECTED)
    if not contact.waits:
        raise Stale("没有待办的承诺，或者已经登记办结")
    rules.check_done(contact.held_on, done_on, clock.today())
    contact.done_on = done_on


def _refuse_others(members: Iterable[RosterMember], by: User) -> None:
    for one in members:
        if one.left_on is not None:
            raise RuleBroken("%(name)s 已经调出名录", field="members", name=one.organization.name)
        if not policy.looks_after(by, one):
            raise RuleBroken("%(name)s 不由您联络", field="members", name=one.organization.name)


def _made(session: Session, entry: Entry, by: User) -> Contact:
    rules.check_promise(entry.promised, entry.due_on, entry.done_on)
    rules.check_days(entry.held_on, entry.due_on, entry.done_on, clock.today())
    if not entry.members:
        raise RuleBroken("请选择联络的单位", field="members")
    return Contact(
        kind=entry.kind.value,
        held_on=entry.held_on,
        members=list(entry.members),
        took_part=entry.took_part,
        summary=entry.summary,
        minutes=entry.minutes,
        promised=entry.promised,
        due_on=entry.due_on,
        done_on=entry.done_on,
        shared=entry.shared,
        entered_by=by,
        entered_at=clock.now(),
        files=kept.uploaded_by(session, entry.files, by.id),
    )
