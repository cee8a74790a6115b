"""Cases that belong together, for somebody: a case that is not theirs to see is not named in another one either."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from app.domain.errors import NotFound, RuleBroken
from app.domain.events import CaseLinked, CaseUnlinked
from app.domain.identifiers import matter_number
from app.models import Case, CaseLink, Event, User
from app.queries.cases import visible_to

KINDS = (CaseLinked.kind, CaseUnlinked.kind)
UNKNOWN = "没有找到这一案件，请核对案号"


@dataclass(frozen=True, slots=True)
class Linked:
    """A link as it looks from one of its two cases: the other one, and why they belong together."""

    id: int
    other: Case
    nature: str


def linked(session: Session, user: User, case: Case) -> list[Linked]:
    """Return the cases that ``case`` is linked with, as far as this person may see them."""
    ends = or_(
        and_(CaseLink.case_id == case.id, CaseLink.other_id == Case.id),
        and_(CaseLink.other_id == case.id, CaseLink.case_id == Case.id),
    )
    rows = select(CaseLink, Case).join(Case, ends).where(visible_to(user)).order_by(CaseLink.id)
    return [Linked(link.id, other, link.nature) for link, other in session.execute(rows)]


def link_of(session: Session, user: User, case: Case, link_id: int) -> Linked:
    """Return one link of a case, or raise ``NotFound`` where it is not there or its other case is not theirs."""
    found = next((one for one in linked(session, user, case) if one.id == link_id), None)
    if found is None:
        raise NotFound("link")
    return found


def other_case(session: Session, user: User, number: str) -> Case:
    """Return the case with this number; one that is not theirs to see is refused like one that is not there."""
    try:
        wanted = matter_number(number)
    except RuleBroken:
        raise RuleBroken(UNKNOWN, field="number") from None
    case = session.scalar(
        select(Case).where(or_(Case.number == wanted, Case.receipt_number == wanted), visible_to(user))
    )
    if case is None:
        raise RuleBroken(UNKNOWN, field="number")
    return case


def without_hidden_cases(session: Session, user: User, events: list[Event]) -> list[Event]:
    """Return the events without those that name a case which is not this person's to see."""
    named = {e.data["other"] for e in events if e.kind in KINDS}
    if not named:
        return events
    seen = set(session.scalars(select(Case.number).where(Case.number.in_(named), visible_to(user))))
    return [e for e in events if e.kind not in KINDS or e.data["other"] in seen]
