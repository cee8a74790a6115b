"""Drawing by lot who reviews or evaluates a case: free of conflict, by a seed that anybody can repeat, each with a seat."""

from __future__ import annotations

import secrets
from collections.abc import Container, Sequence

from sqlalchemy import select

from app import clock
from app.domain import draws
from app.domain.errors import RuleBroken
from app.domain.events import ReviewersDrawn
from app.domain.roles import Role
from app.models import CaseStaff, Draw, Membership, Task, User
from app.queries.conflicts import conflicts_of
from app.services import stepping
from app.services.acting import Acting


def free(acting: Acting, role: Role, *, but: Container[int] = ()) -> list[User]:
    """Return who holds ``role`` (a reviewer in the unit of the case, an evaluator anywhere), without any conflict."""
    rows = select(User).join(Membership).where(Membership.role == role, User.active).order_by(User.id)
    if role is Role.REVIEWER:
        rows = rows.where(Membership.unit_id == acting.case.unit_id)
    users = list(acting.session.scalars(rows).unique())
    barred = conflicts_of(acting.session, users, acting.case)
    return [u for u in users if not barred[u.id] and u.id not in but]


def draw(acting: Acting, role: Role, candidates: Sequence[User], wanted: int, round: int) -> list[User]:
    """Draw so many of the candidates by a fresh seed, write down from whom, and give each who was drawn a seat."""
    seed = secrets.token_hex(16)
    drawn = [next(u for u in candidates if u.id == i) for i in draws.draw([u.id for u in candidates], wanted, seed)]
    acting.session.add(
        Draw(
            case_id=acting.case.id,
            round=round,
            role=role.value,
            seed=seed,
            candidates=[_named(u) for u in sorted(candidates, key=lambda u: u.id)],
            drawn=[_named(u) for u in drawn],
            at=clock.now(),
        )
    )
    acting.record(ReviewersDrawn(names=tuple(u.name for u in drawn), role=role.label, seed=seed))
    for user in drawn:
        _seat(acting, user, role)
    return drawn


def replace(acting: Acting, was: CaseStaff, round: int) -> User:
    """Draw somebody in the place of who steps aside, and let them have the open steps."""
    role = Role(was.role)
    was.until, was.left_because, was.resting = clock.now(), "recused", False
    seated = {s.user_id for s in acting.case.seats(role)} | {was.user_id}
    candidates = free(acting, role, but=seated)
    if not candidates:
        raise RuleBroken("没有可以接替的人员，请先增加人员再决定", field="decision")
    user = draw(acting, role, candidates, 1, round)[0]
    stepping.pass_on(acting, was, next(s for s in acting.case.seats(role) if s.user_id == user.id))
    return user


def clear(acting: Acting, *roles: Role) -> None:
    """Let whoever holds one of these roles in the case leave it."""
    for role in roles:
        for seat in acting.case.seats(role):
            seat.until, seat.left_because = clock.now(), "reassigned"


def seat_of(acting: Acting, task: Task, role: Role) -> CaseStaff | None:
    """Return the seat that a step belongs to."""
    return next((s for s in acting.case.seats(role) if s.id == task.seat_id), None)


def others_waited_for(acting: Acting, task: Task) -> bool:
    """Say whether another seat is still to answer in the same step."""
    acting.session.flush()  # this one has
    open_ones: Sequence[int] = acting.session.scalars(
        select(Task.id).where(Task.case_id == acting.case.id, Task.engine_id == task.engine_id, Task.state == "open")
    ).all()
    return bool(open_ones)


def _named(user: User) -> dict[str, int | str]:
    return {"id": user.id, "name": user.name}


def _seat(acting: Acting, user: User, role: Role) -> None:
    acting.case.staff.append(CaseStaff(user=user, user_id=user.id, role=role.value, since=clock.now()))
    acting.session.flush()  # tasks belong to the seat by id
