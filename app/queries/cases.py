"""Cases, for somebody: what is not theirs to see is not there."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import ColumnElement, and_, bindparam, exists, inspect, or_, select, true
from sqlalchemy.orm import Session, joinedload, lazyload, selectinload, undefer
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.util import identity_key

from app import policy
from app.domain.errors import NotFound
from app.domain.roles import Role
from app.models import Base, Case, CaseStaff, Party, User
from app.queries.conflicts import open_to
from app.queries.sight import speaks_for

Row = TypeVar("Row", bound=Base)

UNIT_ROLES = (Role.INTAKE_CLERK, Role.DIRECTOR, Role.SUPERVISOR)
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

    Clerks, directors and supervisors see the cases of their unit (a supervisor of the city bureau sees all); a
    mediator the cases they hold, or held until they handed them over, but not one they were recused from; a deputy
    what the absent colleague sees. An official with a conflict of interest sees a case only while it is in their own
    hands (decision 0009). Outside people see the cases in which their organisation is a party or they hold a power of
    attorney. An administrator sees no case.
    """
    if not user.is_official:
        return exists().where(Party.case_id == Case.id, speaks_for(user))
    seen = [and_(_official(person), open_to(person, Case.id)) for person in (user, *policy.stands_in_for(user))]
    return and_(or_(*seen), open_to(user, Case.id))


def _official(user: User) -> ColumnElement[bool]:
    if policy.supervises_all(user):
        return true()
    units = {m.unit_id for m in user.memberships if m.role in UNIT_ROLES and m.unit_id is not None}
    held = exists().where(
        CaseStaff.case_id == Case.id,
        CaseStaff.user_id == user.id,
        or_(CaseStaff.left_because.is_(None), CaseStaff.left_because != "recused"),
    )
    return or_(Case.unit_id.in_(units), held) if units else held


def case_for(session: Session, user: User, case_id: int) -> Case:
    """Return the case with what it is about, its parties and people; ``NotFound`` where it is not there or not theirs."""
    case = session.scalar(
        select(Case)
        .where(Case.id == case_id, visible_to(user))
        .options(
            selectinload(Case.parties).joinedload(Party.agents),
            selectinload(Case.staff),
            joinedload(Case.unit),
            joinedload(Case.mediation),
        )
    )
    if case is None:
        raise NotFound("case")
    return case


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
    if row is None or inspect(row).modified or inspect(row).unloaded & set(names):
        return None
    return row


def case_by_number(session: Session, number: str) -> Case:
    """Return the case with this number, for commands at the desk; raise ``NotFound`` where there is none."""
    case = session.scalar(select(Case).where(and_(Case.number == number)))
    if case is None:
        raise NotFound("case")
    return case
