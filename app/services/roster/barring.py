"""What bars a unit from the roster: entered, looked at by the clock, and lifted (regulation, article 49; measure M03).

A member that is barred is not removed by that alone: its review is opened, and it is heard before anything is decided.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock, policy
from app.domain.errors import RuleBroken, Stale
from app.domain.roster import reviews
from app.domain.roster.members import Bar
from app.models import Organization, RosterBar, RosterReview, User
from app.queries import roster
from app.queries import roster_reviews as queries
from app.services import cases
from app.services.roster import reviewing


@dataclass(frozen=True, slots=True)
class Entry:
    """What bars a unit, from which day to which (both included; ``None``: for good), and where that is known from."""

    organization: Organization
    kind: Bar
    first: date
    last: date | None
    source: str


def enter(session: Session, entry: Entry, *, by: User) -> RosterBar:
    """Enter what bars a unit. Raises ``Stale`` for the same of the same day."""
    policy.check(by, "roster_bar.enter")
    if entry.first > clock.today():
        raise RuleBroken("起始日期不能晚于今天", field="first_day")
    if entry.last is not None and entry.last < entry.first:
        raise RuleBroken("截止日期早于起始日期", field="last_day")
    same = (RosterBar.organization_id == entry.organization.id, RosterBar.kind == entry.kind.value)
    if session.scalar(select(RosterBar.id).where(*same, RosterBar.first == entry.first, RosterBar.lifted_on.is_(None))):
        raise Stale("同一情形已经登记")
    return _made(session, entry, by)


def _made(session: Session, entry: Entry, by: User) -> RosterBar:
    bar = RosterBar(
        organization=entry.organization,
        kind=entry.kind.value,
        first=entry.first,
        last=entry.last,
        source=entry.source,
        entered_by_id=by.id,
        entered_at=clock.now(),
    )
    session.add(bar)
    session.flush()
    return bar


def lift(session: Session, bar: RosterBar, *, reason: str, by: User) -> None:
    """Let a bar hold no longer from today on, with the reason."""
    policy.check(by, "roster_bar.enter", bar)
    session.refresh(bar, with_for_update={"of": RosterBar})
    if bar.lifted_on is not None:
        raise Stale("这一情形已经解除")
    if not reason:
        raise RuleBroken("请写明解除的理由", field="reason")
    bar.lifted_on, bar.lifted_for = clock.today(), reason


def look(session: Session, bar_id: int, **_by: object) -> bool:
    """Open the review of a member that is barred, once; what the clock does, and an administrator's retry.

    Returns whether there was anything to do. A review that runs already is shown the bar beside it.
    """
    bar = session.get_one(RosterBar, bar_id)
    session.refresh(bar, with_for_update={"of": RosterBar})
    if bar.looked_at is not None or bar_id not in queries.to_look_at(session, clock.today()):
        return False
    bar.looked_at = clock.now()
    member = roster.membership(session, bar.organization_id, clock.today())
    if member is None or queries.open_review_of(session, member) is not None:
        return True
    reason = f"{Bar(bar.kind).label}（{bar.source}）"
    answers = {"member": member.id, "reason": reason}
    case = cases.begin(session, reviews.PROCESS, answers, reviewing.open_review, by=bar.entered_by)
    session.get_one(RosterReview, case.id).bar_id = bar.id
    return True


def refuse_barred(session: Session, organization: Organization, on: date, *, field: str) -> None:
    """Raise ``RuleBroken`` for a unit that is barred from the roster on that day."""
    for bar in queries.bars_of(session, organization.id, on):
        raise RuleBroken("%(name)s%(kind)s，不能自荐", field=field, name=organization.name, kind=Bar(bar.kind).label)
