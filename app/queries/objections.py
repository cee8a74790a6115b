"""Objections: for those who handle what their notice is about, and one's own by receipt number and phone."""

from __future__ import annotations

import hmac
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app import policy
from app.domain.errors import NotFound, RuleBroken
from app.domain.identifiers import normalise
from app.domain.notices import UNDECIDED, ObjectionState, Subject
from app.models import Notice, Objection, StoredFile, User
from app.queries import cursors, filters

RECEIPT = "YY"  # how receipt numbers of objections begin (异议)
PAGE = 20
SHOWN = {"open": UNDECIDED, "done": tuple(state for state in ObjectionState if state not in UNDECIDED)}
NOT_FOUND = "没有找到相符的异议，请核对回执号和联系电话后四位"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which objections somebody looks for: those to be handled (``open``) or those that are done; about what."""

    shown: str = "open"
    subject: str = ""
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of objections and the cursor of the next one."""

    items: list[Objection]
    next: str


def wanted_from(values: Any) -> Wanted:
    """Read what is looked for from the parameters of an address. Raises ``RuleBroken`` naming what cannot be read."""
    return Wanted(
        shown=filters.one_of(values.get("shown"), SHOWN, "open", "shown", "请从列表中选择"),
        subject=filters.one_of(values.get("subject"), set(Subject), "", "subject", "请从列表中选择"),
        cursor=(values.get("cursor") or "")[:300],
    )


def undecided_about(session: Session, subject: str, subject_id: int) -> list[Objection]:
    """Return the objections to notices about one thing that nobody has decided yet."""
    about = (Notice.subject == subject, Notice.subject_id == subject_id)
    rows = select(Objection).join(Objection.notice).where(*about, Objection.state.in_(UNDECIDED))
    return list(session.scalars(rows.order_by(Objection.id)))


def page(session: Session, user: User, wanted: Wanted) -> Page:
    """Return the objections that this person handles: to be handled, the oldest in front; done, the newest."""
    oldest = wanted.shown == "open"
    rows = select(Objection).join(Objection.notice).where(_handled_by(user), Objection.state.in_(SHOWN[wanted.shown]))
    if wanted.subject:
        rows = rows.where(Notice.subject == wanted.subject)
    if wanted.cursor:
        rows = rows.where(_beyond(*cursors.read(wanted.cursor, datetime), oldest=oldest))
    order = (Objection.received_at, Objection.id)
    rows = rows.order_by(*(order if oldest else (column.desc() for column in order))).limit(PAGE + 1)
    found = list(session.scalars(rows.options(joinedload(Objection.notice))))
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(found[:PAGE], cursors.write(last.received_at, last.id) if last is not None else "")


def objection(session: Session, user: User, objection_id: int) -> Objection:
    """Return an objection for somebody who handles what it is about; ``NotFound`` for everybody else."""
    rows = select(Objection).join(Objection.notice).where(Objection.id == objection_id, _handled_by(user))
    people = (joinedload(Objection.handled_by), joinedload(Objection.decided_by))
    found = session.scalar(rows.options(joinedload(Objection.notice), selectinload(Objection.papers), *people))
    if found is None:
        raise NotFound("objection")
    return found


def paper(session: Session, user: User, objection_id: int, file_id: int) -> StoredFile:
    """Return a file that came with an objection, for somebody who handles it."""
    papers = objection(session, user, objection_id).papers
    found = next((one.file for one in papers if one.file_id == file_id), None)
    if found is None:
        raise NotFound("file")
    return found


def of_notice(session: Session, notice_id: int, states: Collection[str]) -> list[Objection]:
    """Return the objections to a notice that stand in one of ``states``, in the order in which they came."""
    rows = select(Objection).where(Objection.notice_id == notice_id, Objection.state.in_(states))
    return list(session.scalars(rows.order_by(Objection.id)))


def about(session: Session, subject: str, subject_id: int, states: Collection[str]) -> list[Objection]:
    """Return the objections to every notice about one subject that stand in one of ``states``, in their order."""
    same = (Notice.subject == subject, Notice.subject_id == subject_id)
    rows = select(Objection).join(Objection.notice).where(*same, Objection.state.in_(states))
    return list(session.scalars(rows.order_by(Objection.id)))


def is_receipt(number: str) -> bool:
    """Say whether what somebody typed is to be looked for among the objections."""
    return normalise(number).startswith(RECEIPT)


def look_up(session: Session, number: str, tail: str) -> Objection:
    """Return the objection with this receipt number to somebody who knows the last four of the phone it names.

    A wrong number and a wrong tail are told in the same words.
    """
    wanted, given = normalise(number).replace("-", ""), normalise(tail)
    rows = select(Objection).where(Objection.receipt_number == wanted)
    found = session.scalar(rows.options(joinedload(Objection.notice)))
    known = found is not None and hmac.compare_digest(normalise(found.phone)[-4:].encode(), given.encode())
    if found is None or not known:
        raise RuleBroken(NOT_FOUND, field="number")
    return found


def own(session: Session, notice: Notice, receipt_number: str) -> Objection:
    """Return what was filed against a notice under a receipt number that the asking browser was given."""
    rows = select(Objection).where(Objection.notice_id == notice.id, Objection.receipt_number == receipt_number)
    found = session.scalar(rows)
    if found is None:
        raise NotFound("objection")
    return found


def _handled_by(user: User) -> ColumnElement[bool]:
    return Notice.subject.in_([subject for subject in Subject if policy.may(user, "objection.handle", subject)])


def _beyond(at: Any, last_id: int, *, oldest: bool) -> ColumnElement[bool]:
    if oldest:
        return or_(Objection.received_at > at, and_(Objection.received_at == at, Objection.id > last_id))
    return or_(Objection.received_at < at, and_(Objection.received_at == at, Objection.id < last_id))
