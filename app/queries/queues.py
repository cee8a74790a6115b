"""Which tasks stand in somebody's lists: their own, the queues they take from, the cases they follow, what they did."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, false, or_, select
from sqlalchemy.orm import Session, joinedload

from app import policy
from app.models import Agent, Case, Follow, Membership, Party, Task, User, proven
from app.queries import sight
from app.queries.cases import visible_to
from app.queries.conflicts import clear, conflicts_of
from app.queries.viewers import viewer

Condition = ColumnElement[bool]


def parts(user: User, queue: str, role: str = "", unit: int | None = None) -> list[Condition]:
    """Return the conditions of which a task in the list ``queue`` fulfils at least one.

    ``role`` and ``unit`` name one queue among those of the group.
    """
    if queue == "done":
        seen = exists().where(Case.id == Task.case_id, visible_to(user))
        return [and_(Task.state == "done", Task.done_by_id == user.id, seen)]
    if queue == "following":
        followed = select(Follow.case_id).where(Follow.user_id == user.id)
        return [and_(Task.state == "open", Task.case_id.in_(followed), visible_to(user), sight.asked_of(viewer(user)))]
    found = _group(user, role, unit) if queue == "group" else mine(user)
    return [and_(Task.state == "open", part) for part in found]


def mine(user: User) -> list[Condition]:
    """What this person holds, what their party is asked, and what the colleagues they stand in for hold."""
    held: Condition = Task.assignee_id == user.id
    absent = [p.id for p in policy.stands_in_for(user)]
    if absent:
        held = or_(held, and_(Task.assignee_id.in_(absent), clear(viewer(user), Task.case_id)))
    if user.is_official:
        return [held]
    asked = [_of_ones_own(user)] if user.organization_ids else []
    return [held, *asked, _as_agent(user)]


def _of_ones_own(user: User) -> Condition:
    """What the person's organisation is asked, where they are known to be of it."""
    known = exists().where(Party.id == Task.party_id, proven(user.id))
    return and_(Task.organization_id.in_(user.organization_ids), known)


def _as_agent(user: User) -> Condition:
    return Task.party_id.in_(select(Agent.party_id).where(Agent.user_id == user.id, Agent.until.is_(None)))


def of(user: User) -> list[tuple[str, int]]:
    """Return the queues (role, unit) this person may take tasks from, also for those they stand in for."""
    pairs = {
        (m.role, m.unit_id)
        for person in (user, *policy.stands_in_for(user))
        for m in person.memberships
        if m.unit_id is not None and user.has_role(m.role)
    }
    return sorted(pairs)


def _group(user: User, role: str, unit: int | None) -> list[Condition]:
    pairs = [(r, u) for r, u in of(user) if role in ("", r) and unit in (None, u)]
    return [in_queue(user, r, u) for r, u in pairs] or [false()]


def in_queue(user: User, role: str, unit: int) -> Condition:
    """What this person may take from a queue; a case that a conflict bars them from is not in it."""
    return and_(Task.assignee_id.is_(None), Task.role == role, Task.unit_id == unit, clear(viewer(user), Task.case_id))


def takers(session: Session, task: Task) -> list[User]:
    """Return who could take over a task: the active holders of its role in its unit, without its present holder and who is barred."""
    found = session.scalars(
        select(User)
        .join(Membership)
        .where(
            Membership.role == task.role,
            Membership.unit_id == task.unit_id,
            User.active,
            User.id != (task.assignee_id or 0),
        )
        .options(joinedload(User.memberships))
        .order_by(User.id)
    ).unique()
    people = list(found)
    barred = conflicts_of(session, people, task.case)
    return [one for one in people if not barred[one.id]]
