"""What a supervisor watches: which cases, and of which units."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from app import policy
from app.domain.roles import Role
from app.models import Case, OrgUnit, User
from app.queries.conflicts import open_to
from app.queries.viewers import viewer


def watched(user: User) -> ColumnElement[bool]:
    """Return the condition on ``Case`` that holds for the cases this person watches.

    They are those of the units in which they supervise or direct, all of them for a supervisor of the city bureau;
    never one that a conflict hides from them (decision 0009). Each of them they may also open.
    """
    return and_(_of_unit(user, Case.unit_id), open_to(viewer(user), Case.id))


def _of_unit(user: User, unit_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    if policy.supervises_all(user):
        return true()
    own = {m.unit_id for m in user.memberships if m.role in (Role.SUPERVISOR, Role.DIRECTOR)}
    return unit_id.in_({unit for unit in own if unit is not None})


def units(session: Session, user: User) -> list[OrgUnit]:
    """Return the units that have cases this person watches."""
    rows = select(OrgUnit).where(OrgUnit.id.in_(select(Case.unit_id).where(watched(user))))
    return list(session.scalars(rows.order_by(OrgUnit.id)))
