"""The services agreed with a member: agreed, and how far each has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock, policy
from app.domain.errors import RuleBroken, Stale
from app.domain.roster.package import Progress, Service
from app.models import PackageItem, RosterMember, User


@dataclass(frozen=True, slots=True)
class Agreed:
    """A service that the office and a unit agreed on, and until when."""

    service: Service
    what: str
    until: date
    note: str = ""


def agree(session: Session, member: RosterMember, agreed: Agreed, *, by: User) -> PackageItem:
    """Put a service into the package of a member. Raises ``Stale`` for one that is in it with the same words."""
    policy.check(by, "package.change", member)
    session.refresh(member, with_for_update=True)
    if member.left_on is not None:
        raise Stale("该单位已经调出名录")
    today = clock.today()
    if agreed.until < today:
        raise RuleBroken("约定的完成日期不能早于今天", field="until")
    same = select(PackageItem.id).where(
        PackageItem.member_id == member.id,
        PackageItem.service == agreed.service.value,
        PackageItem.what == agreed.what,
        PackageItem.until == agreed.until,
    )
    if session.scalar(same) is not None:
        raise Stale("这项服务已经在服务包中，没有重复加入")
    item = PackageItem(
        member=member,
        service=agreed.service.value,
        what=agreed.what,
        until=agreed.until,
        state=Progress.PLANNED.value,
        note=agreed.note,
        agreed_on=today,
        agreed_by=by,
        changed_at=clock.now(),
        changed_by=by,
    )
    session.add(item)
    return item


def report(session: Session, item: PackageItem, state: Progress, note: str, *, by: User) -> None:
    """Say how far a service has come. Raises ``Stale`` where that is what it says already."""
    policy.check(by, "package.change", item.member)
    session.refresh(item, with_for_update=True)
    if (item.state, item.note) == (state.value, note):
        raise Stale("这项服务的进展就是这样，没有改动")
    item.state, item.note = state.value, note
    item.changed_at, item.changed_by = clock.now(), by
