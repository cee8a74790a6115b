"""Cases, for somebody: what is not theirs to see is not there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, inspect, or_, select, true
from sqlalchemy.orm import Session, joinedload, lazyload, selectinload, undefer
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.util import identity_key

from app import policy
from app.domain.errors import NotFound
from app.domain.families import PROCESSES, Family
from app.models import AwardApplication, Base, Case, CaseStaff, Party, User
from app.queries.conflicts import open_to
from app.queries.sight import speaks_for
from app.queries.viewers import Shape, Viewer, viewer

Row = TypeVar("Row", bound=Base)
Built = Callable[[tuple[Shape, ...]], Select[Row]]

LARGEST_ID = 2**31 - 1

_MOVED = select(Case.version, Case.position).where(Case.id == bindparam("case")).with_for_update()
_ANEW = (
    select(Case)
    .where(Case.id == bindparam("case"))
    .options(undefer(Case.position), lazyload(Case.parties).joinedload(Party.agents))
    .with_for_update(of=Case)
)


def visible_to(user: User) -> ColumnElement[bool]:
    """Return the condition on ``Case`` that holds for the cases this person may see.

    Directors, heads of section and supervisors see the cases of their unit (a supervisor of the city bureau sees
    all), clerks the disputes, reviewers and finance the applications for awards, a district those of its
    applicants, whoever keeps the roster what belongs to it; a mediator the cases they hold, or held until they
    handed them over, but not one they were recused from; a deputy what the absent colleague sees. An official with
    a conflict of interest sees a case only while it is in their own hands (decision 0009). Outside people see the
    cases in which their organisation is a party or they hold a power of attorney. An administrator sees no case.
    """
    return seen_by(*viewers(user))


def viewers(user: User) -> tuple[Viewer, ...]:
    """Return through whose eyes this person sees cases: their own, and for an official those of absent colleagues."""
    who = viewer(user)
    return (who, *map(viewer, policy.stands_in_for(user))) if who.official else (who,)


def seen_by(who: Viewer, *absent: Viewer) -> ColumnElement[bool]:
    """Return what ``visible_to`` returns, for viewers who may be known by name only."""
    if not who.official:
        return exists().where(Party.case_id == Case.id, speaks_for(who))
    seen = [and_(_official(person), open_to(person, Case.id)) for person in (who, *absent)]
    return and_(or_(*seen), open_to(who, Case.id))


def _official(who: Viewer) -> ColumnElement[bool]:
    if who.everywhere:
        return true()
    held = exists().where(
        CaseStaff.case_id == Case.id,
        CaseStaff.user_id == who.id,
        or_(CaseStaff.left_because.is_(None), CaseStaff.left_because != "recused"),
    )
    seen: list[ColumnElement[bool]] = [held]
    if who.units is not None:
        seen.append(Case.unit_id.in_(who.units))
    for family, units in (
        (Family.DISPUTE, who.dispute_units),
        (Family.AWARD, who.award_units),
        (Family.ROSTER, who.roster_units),
    ):
        if units is not None:
            seen.append(and_(Case.unit_id.in_(units), Case.kind.in_(PROCESSES[family])))
    if who.districts is not None:
        of_theirs = AwardApplication.district_id.in_(who.districts)
        theirs = exists().where(AwardApplication.case_id == Case.id, of_theirs)
        seen.append(theirs.correlate(Case))  # also where the query around it reads applications
    return or_(*seen)


def case_for(session: Session, user: User, case_id: int) -> Case:
    """Return the case with what it is about, its parties and people; ``NotFound`` where it is not there or not theirs."""
    case = for_viewers(session, _case_seen_by, viewers(user), case=case_id)
    if case is None:
        raise NotFound("case")
    return case


def may_see(session: Session, user: User, case_id: int) -> bool:
    """Say whether this person may see the case."""
    return session.scalar(select(Case.id).where(Case.id == case_id, visible_to(user))) is not None


@cache
def _case_seen_by(shapes: tuple[Shape, ...]) -> Select[Case]:
    return (
        select(Case)
        .where(Case.id == bindparam("case"), seen_by(*named(shapes)))
        .options(
            selectinload(Case.parties).joinedload(Party.agents),
            selectinload(Case.staff),
            joinedload(Case.unit),
            joinedload(Case.mediation),
            joinedload(Case.adjudication),
            joinedload(Case.award),
        )
    )


def for_viewers(session: Session, built: Built[Row], people: Sequence[Viewer], **values: Any) -> Row | None:
    """Return the row that a statement finds which is built once for all people of these shapes."""
    for place, who in enumerate(people):
        values |= who.bound(f"viewer{place}")
    return session.scalar(built(tuple(who.shape for who in people)), values)


def named(shapes: tuple[Shape, ...]) -> list[Viewer]:
    """Return anybody of these shapes, under the names that ``for_viewers`` binds."""
    return [shape.named(f"viewer{place}") for place, shape in enumerate(shapes)]


def locked(session: Session, case_id: int) -> Case:
    """Return the case with its position, locked until the transaction ends, with everything as it is now.

    What was read of it just before stays where its version has not moved: every act moves it, under this lock.
    Otherwise everything that was read is read anew, the ties and powers of people too. Parties and people come when
    they are asked for.
    """
    seen = read_before(session, Case, case_id, "version")
    if seen is not None:
        row = session.execute(_MOVED, {"case": case_id}).one()
        if row.version == seen.version:
            set_committed_value(seen, "position", row.position)
            return seen
    session.flush()  # what was changed before is not lost with what was read
    session.expire_all()
    case = session.scalar(_ANEW, {"case": case_id})
    if case is None:
        raise NotFound("case")
    return case


def read_before(session: Session, table: type[Row], row_id: int, *names: str) -> Row | None:
    """Return the row if this transaction has read it before, with the attributes ``names``; asks no database."""
    row = session.identity_map.get(identity_key(table, row_id))
    if row is None or inspect(row).modified or not inspect(row).dict.keys() >= set(names):
        return None
    return row


def case_by_number(session: Session, number: str) -> Case:
    """Return the case with this number, for commands at the desk; raise ``NotFound`` where there is none."""
    case = session.scalar(select(Case).where(and_(Case.number == number)))
    if case is None:
        raise NotFound("case")
    return case
