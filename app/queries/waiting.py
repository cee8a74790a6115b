"""Who is next: to whom a step goes back, and who hears that a task waits in a queue."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app import clock
from app.domain.roles import Role
from app.models import Case, Membership, Substitute, Task, User
from app.queries.conflicts import conflicts, conflicts_of


def did_it_last(session: Session, case: Case, key: str, role: Role) -> int | None:
    """Return who did the step ``key`` of a case before, where they could take it again; ``None`` where they could not."""
    before = (
        select(User)
        .join(Task, Task.done_by_id == User.id)
        .where(Task.case_id == case.id, Task.key == key, Task.state == "done")
        .order_by(Task.done_at.desc(), Task.id.desc())
        .limit(1)
    )
    user = session.scalar(before)
    if user is None or not user.active or not user.has_role(role, case.unit_id) or conflicts(session, user, case):
        return None
    return user.id


def who_could_take(session: Session, task: Task) -> list[int]:
    """Return the people who could take ``task`` from its queue now, without whoever caused it.

    For somebody who is away their deputy comes, where they hold the role too; nobody with a conflict in the case.
    """
    holders = _holders(session, task)
    deputies = _deputies(session, [u.id for u in holders])
    people = {u.id: u for u in holders if u.id not in deputies}
    for away in deputies.values():
        people |= {u.id: u for u in away if u.active and u.has_role(task.role) and u.id not in deputies}
    people.pop(task.opened_by_id or 0, None)
    if not people:
        return []
    barred = conflicts_of(session, list(people.values()), task.case)
    return sorted(user_id for user_id in people if not barred[user_id])


def _holders(session: Session, task: Task) -> list[User]:
    seat = select(Membership.user_id).where(Membership.role == task.role, Membership.unit_id == task.unit_id)
    return list(session.scalars(select(User).where(User.active, User.id.in_(seat))))


def _deputies(session: Session, ids: list[int]) -> dict[int, list[User]]:
    """Return for those among ``ids`` who are away today who stands in for them."""
    today = clock.today()
    running = select(Substitute).where(
        Substitute.user_id.in_(ids), Substitute.ended_at.is_(None), Substitute.first <= today, Substitute.last >= today
    )
    found: dict[int, list[User]] = {}
    for row in session.scalars(running.options(joinedload(Substitute.deputy))):
        found.setdefault(row.user_id, []).append(row.deputy)
    return found
