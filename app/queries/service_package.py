"""The services agreed with a member, for whoever may open the file of the member."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app import policy
from app.domain.errors import NotFound
from app.models import PackageItem, RosterMember, User


def items(session: Session, member: RosterMember) -> list[PackageItem]:
    """Return what was agreed with a member: what is open first, by its day."""
    rows = select(PackageItem).where(PackageItem.member_id == member.id).options(joinedload(PackageItem.changed_by))
    found = session.scalars(rows.order_by(PackageItem.until, PackageItem.id))
    return sorted(found, key=lambda one: one.state == "done")


def item_for(session: Session, user: User, member: RosterMember, item_id: int) -> PackageItem:
    """Return one service of a member for who may change it. Raises ``NotFound``."""
    rows = select(PackageItem).where(PackageItem.id == item_id, PackageItem.member_id == member.id)
    found = session.scalar(rows) if policy.looks_after(user, member) else None
    if found is None:
        raise NotFound("package_item")
    return found
