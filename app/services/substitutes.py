"""Standing in for a colleague who is out of office: for some days, with a reason, never for more than they may do."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock, notifications
from app.domain.errors import NotFound, RuleBroken, Stale
from app.models import Substitute, User
from app.services import access_log

LONGEST = 366  # days


def appoint(
    session: Session, *, deputy: User, first: date, last: date, reason: str, by: User, address: str = ""
) -> Substitute:
    """Let ``deputy`` act for ``by`` from ``first`` to ``last``. What they may do is asked again at every act.

    Powers are not passed on: whoever stands in for a deputy has the deputy's own, nothing of the absent colleague's.
    """
    if last < first or last < clock.today():
        raise RuleBroken("结束日期不能早于开始日期，也不能早于今天", field="ends")
    if (last - first).days > LONGEST:
        raise RuleBroken("代办最长一年，到期可以再设", field="ends")
    if deputy.id == by.id or not deputy.active or not share_a_role(by, deputy):
        raise RuleBroken("代办人应当在同一部门担任相同的角色", field="deputy")
    session.scalar(select(User.id).where(User.id == by.id).with_for_update())  # two windows at once
    if _absent(session, by, first, last):
        raise RuleBroken("这段时间已经设置了代办，请先结束原来的", field="starts")
    if _absent(session, deputy, first, last):
        raise RuleBroken("%(name)s 在这段时间里也由他人代办，请另选一位", field="deputy", name=deputy.name)
    row = Substitute(user=by, deputy=deputy, first=first, last=last, reason=reason, created_at=clock.now())
    session.add(row)
    session.flush()  # the message needs its number
    access_log.record(
        session,
        "substitution_set",
        user=by,
        address=address,
        deputy=deputy.id,
        first=first.isoformat(),
        last=last.isoformat(),
        reason=reason,
    )
    notifications.substitution_set(session, row)
    return row


def share_a_role(one: User, other: User) -> bool:
    """Say whether two people hold the same role in the same unit."""
    return not _seats(one).isdisjoint(_seats(other))


def _seats(user: User) -> set[tuple[str, int]]:
    return {(m.role, m.unit_id) for m in user.memberships if m.unit_id is not None}


def _absent(session: Session, user: User, first: date, last: date) -> bool:
    running = select(Substitute.id).where(
        Substitute.user_id == user.id,
        Substitute.ended_at.is_(None),
        Substitute.first <= last,
        Substitute.last >= first,
    )
    return session.scalar(running.limit(1)) is not None


def end(session: Session, substitute_id: int, *, by: User, address: str = "") -> None:
    """End an arrangement of one's own before its last day."""
    row = session.scalar(select(Substitute).where(Substitute.id == substitute_id, Substitute.user_id == by.id))
    if row is None:
        raise NotFound("substitute")
    if row.ended_at is not None:
        raise Stale("这一代办已经结束")
    row.ended_at = clock.now()
    access_log.record(session, "substitution_ended", user=by, address=address, deputy=row.deputy_id)
