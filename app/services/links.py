"""Linking cases that belong together; it moves neither of them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import policy
from app.domain.disputes import LinkNature
from app.domain.errors import RuleBroken
from app.domain.events import CaseLinked, CaseUnlinked, Happening
from app.models import Case, CaseLink, User
from app.queries import cases, links
from app.services import tasks
from app.services.acting import Acting


def link(session: Session, case: Case, *, number: str, nature: str, reason: str, by: User) -> CaseLink:
    """Link ``case`` with the one that has this number, which this person may see as well."""
    _check(session, case, by)
    other = links.other_case(session, by, number)
    if other.id == case.id:
        raise RuleBroken("不能与本案自身关联", field="number")
    _lock(session, case, other)
    both = (case.id, other.id)
    if session.scalar(select(CaseLink.id).where(CaseLink.case_id.in_(both), CaseLink.other_id.in_(both))):
        raise RuleBroken("这两件案件已经关联", field="number")
    row = CaseLink(case_id=case.id, other_id=other.id, nature=nature)
    session.add(row)
    why = {"nature": LinkNature(nature).label, "reason": reason}
    _record(session, by, case, CaseLinked(other=other.number, **why))
    _record(session, by, other, CaseLinked(other=case.number, **why))
    return row


def unlink(session: Session, case: Case, link_id: int, *, reason: str, by: User) -> None:
    """Take a link back; that it was there stays in both histories."""
    _check(session, case, by)
    if not reason.strip():
        raise RuleBroken("请写明理由", field="reason")
    other = links.link_of(session, by, case, link_id).other
    _lock(session, case, other)
    session.delete(session.get_one(CaseLink, link_id))
    _record(session, by, case, CaseUnlinked(other=other.number, reason=reason))
    _record(session, by, other, CaseUnlinked(other=case.number, reason=reason))


def _check(session: Session, case: Case, by: User) -> None:
    policy.check(by, "case.link", case)
    tasks.refuse_conflict(session, by, case)


def _lock(session: Session, *both: Case) -> None:
    for case_id in sorted(case.id for case in both):  # in one order, so that two people never wait for each other
        cases.locked(session, case_id)


def _record(session: Session, by: User, case: Case, event: Happening) -> None:
    Acting(session, case, by, acting_for=tasks.acting_for_in(session, by, case)).record(event)
