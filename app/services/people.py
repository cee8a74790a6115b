"""What an administrator does about people and units: accounts, roles, passwords. Nothing of a case is seen here."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import clock, policy
from app.domain import passwords
from app.domain.errors import NotAllowed, NotFound, RuleBroken
from app.domain.roles import SEATED, STAFF, Role
from app.models import Membership, OrgUnit, Substitute, Task, User
from app.services import access_log, second_factor, throttling
from app.services.accounts import NOT_CHOSEN, end_sessions, flush_new, refuse_taken, username_of

ONE_TIME_SIGNS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is misread


def _check(by: User) -> None:
    if not policy.may(by, "people.manage"):
        raise NotAllowed("只有系统管理员可以管理人员")


def create(
    session: Session,
    *,
    username: str,
    name: str,
    email: str = "",
    phone: str = "",
    by: User,
    address: str = "",
) -> tuple[User, str]:
    """Return a new person without a role, and the one-time password to hand to them."""
    _check(by)
    username = username_of(username)
    refuse_taken(session, username)
    secret = one_time_password()
    user = User(
        username=username,
        name=name,
        email=email,
        phone=phone or None,
        password_hash=passwords.hash_password(secret),
        session_epoch=0,
        password_changed_at=NOT_CHOSEN,
        created_at=clock.now(),
    )
    session.add(user)
    flush_new(session)
    access_log.record(session, "person_created", user=by, address=address, of=user.id, username=username)
    return user, secret


def one_time_password() -> str:
    """Return a password that is easily read out and hard to guess."""
    return "-".join("".join(secrets.choice(ONE_TIME_SIGNS) for _ in range(5)) for _ in range(4))


def update_person(session: Session, user: User, changes: Mapping[str, Any], *, by: User, address: str = "") -> None:
    """Change what the office says of a person: name, e-mail, employer, specialities, how many cases they can take."""
    _check(by)
    changed = [field for field, value in changes.items() if getattr(user, field) != value]
    for field in changed:
        setattr(user, field, changes[field])
    if changed:
        access_log.record(session, "person_changed", user=by, address=address, of=user.id, fields=changed)


def give_role(session: Session, user: User, *, role: str, unit: OrgUnit, by: User, address: str = "") -> None:
    """Give a person a role in a unit. Whoever administers has no part in cases, and the other way round (三员分立)."""
    _check(by)
    if role not in STAFF:
        raise RuleBroken("这一角色不能在部门中担任", field="role")
    if user.id == by.id and role != Role.ADMIN:
        raise RuleBroken("系统管理员不能给自己授予业务角色", field="role")
    if any((m.role == Role.ADMIN) != (role == Role.ADMIN) for m in user.memberships):
        raise RuleBroken("系统管理员不能同时担任业务角色", field="role")
    if user.organization_ids:
        raise RuleBroken("代表当事人的账号不能担任工作人员", field="role")
    if not unit.active:
        raise RuleBroken("这个部门已经停用", field="unit")
    if user.has_role(role, unit.id):
        raise RuleBroken("已经担任这一角色", field="role")
    user.memberships.append(Membership(role=role, unit=unit))
    access_log.record(session, "role_given", user=by, address=address, of=user.id, role=str(role), unit=unit.id)


def take_role(session: Session, user: User, membership_id: int, *, by: User, address: str = "") -> None:
    """Take a role from a person; tasks that they held in it go back to its queue."""
    _check(by)
    row = next((m for m in user.memberships if m.id == membership_id), None)
    if row is None:
        raise NotFound("membership")
    if row.role == Role.ADMIN:
        _refuse_last_admin(session, user)
    user.memberships.remove(row)
    session.delete(row)
    back = _give_back(session, user, row.role, row.unit_id)
    where: dict[str, Any] = {"unit": row.unit_id, "organization": row.organization_id}
    access_log.record(session, "role_taken", user=by, address=address, of=user.id, role=row.role, tasks=back, **where)


def _refuse_last_admin(session: Session, user: User) -> None:
    others = (
        select(func.count())
        .select_from(Membership)
        .join(User)
        .where(Membership.role == Role.ADMIN, User.active, User.id != user.id)
    )
    if not session.scalar(others):
        raise RuleBroken("这是最后一位系统管理员，请先指定另一位")


def _give_back(session: Session, user: User, role: str | None = None, unit_id: int | None = None) -> list[int]:
    """Put open tasks of a person back into their queues; who holds a case hands it over instead."""
    held = [Task.assignee_id == user.id, Task.state == "open", Task.role.not_in(SEATED), Task.unit_id.is_not(None)]
    if role is not None:
        held += [Task.role == role, Task.unit_id == unit_id]
    back = update(Task).where(*held).values(assignee_id=None, version=Task.version + 1).returning(Task.id)
    return list(session.scalars(back.execution_options(synchronize_session=False)))


def deactivate(session: Session, user: User, *, by: User, address: str = "") -> int:
    """Close an account: its sessions end, its tasks go back to their queues. Returns how many tasks went back."""
    _check(by)
    if not user.active:
        raise RuleBroken("这个账号已经停用")
    if user.has_role(Role.ADMIN):
        _refuse_last_admin(session, user)
    user.active = False
    end_sessions(session, user)
    back = _give_back(session, user)
    session.execute(
        update(Substitute)
        .where(or_(Substitute.user_id == user.id, Substitute.deputy_id == user.id), Substitute.ended_at.is_(None))
        .values(ended_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    access_log.record(session, "deactivated", user=by, address=address, of=user.id, tasks=back)
    return len(back)


def reactivate(session: Session, user: User, *, by: User, address: str = "") -> None:
    """Open a closed account again; its roles are as they were."""
    _check(by)
    if user.active:
        raise RuleBroken("这个账号没有停用")
    user.active = True
    access_log.record(session, "reactivated", user=by, address=address, of=user.id)


def reset_password(session: Session, user: User, *, by: User, address: str = "") -> str:
    """Return a one-time password: shown once, to be changed at the first login. All sessions end, a lock is lifted."""
    _check(by)
    secret = one_time_password()
    user.password_hash = passwords.hash_password(secret)
    user.password_changed_at = NOT_CHOSEN
    end_sessions(session, user)
    _unlock(session, user)
    access_log.record(session, "password_reset", user=by, address=address, of=user.id)
    return secret


def unlock(session: Session, user: User, *, by: User, address: str = "") -> None:
    """Lift the lock that failed logins have put on an account."""
    _check(by)
    _unlock(session, user)
    access_log.record(session, "unlocked", user=by, address=address, of=user.id)


def _unlock(session: Session, user: User) -> None:
    for kind in ("account", "locked"):  # in the order in which a failure writes them
        throttling.forget(session, throttling.keyed(kind, user.username))
    throttling.forget(session, second_factor.bucket(user))


def save_unit(
    session: Session, unit: OrgUnit | None, facts: Mapping[str, Any], *, by: User, address: str = ""
) -> OrgUnit:
    """Add a unit, or change one; ``facts`` are its columns."""
    _check(by)
    row = unit or OrgUnit()
    if facts.get("parent_id") is not None and facts["parent_id"] in _below(session, row):
        raise RuleBroken("上级部门不能是本部门或者本部门的下级", field="parent")
    for name, value in facts.items():
        setattr(row, name, value)
    session.add(row)
    try:
        session.flush()
    except IntegrityError as error:
        raise RuleBroken("这个部门代码已被使用", field="code") from error
    access_log.record(session, "unit_changed" if unit else "unit_added", user=by, address=address, unit=row.id)
    return row


def _below(session: Session, unit: OrgUnit) -> set[int]:
    """Return the unit itself and everything under it."""
    children: dict[int | None, list[int]] = {}
    for unit_id, parent_id in session.execute(select(OrgUnit.id, OrgUnit.parent_id)):
        children.setdefault(parent_id, []).append(unit_id)
    found: set[int] = set()
    waiting = [unit.id] if unit.id else []
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += children.get(one, [])
    return found
