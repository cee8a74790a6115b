"""Putting policies and calls before the members of the roster whom they fit, and what a unit answers (measure M06)."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app import clock, notifications, policy
from app.domain.errors import RuleBroken, Stale
from app.domain.policies import Answer, Standing
from app.models import AwardCall, PolicyPush, PublishedPolicy, User
from app.queries import policy_pushes as queries


def push(session: Session, pushed: PublishedPolicy | AwardCall, *, by: User) -> list[PolicyPush]:
    """Put a policy or a call before the members of today whom it fits and who have not been told of it."""
    policy.check(by, "policy_push.make", pushed)
    session.refresh(pushed, with_for_update=True)
    _refuse_over(pushed)
    made = reach(session, pushed, by=by)
    if not made:
        raise RuleBroken("名录中相符的单位都已推送过，或者没有相符的单位")
    return made


def reach(session: Session, pushed: PublishedPolicy | AwardCall, *, by: User) -> list[PolicyPush]:
    """Make the pushes of something that has just been published, or is still open, and tell the people of the units."""
    now = clock.now()
    what = {"policy": pushed} if isinstance(pushed, PublishedPolicy) else {"call": pushed}
    made = [
        PolicyPush(**what, member=member, pushed_at=now, by_id=by.id)
        for member in queries.to_reach(session, pushed, clock.today())
    ]
    session.add_all(made)
    session.flush()
    notifications.policy_pushed(session, pushed, queries.people_of(session, made))
    return made


def answer(session: Session, row: PolicyPush, said: Answer, note: str, *, by: User) -> None:
    """Give the receipt of a unit; it may say something else later. Raises ``Stale`` for the same once more."""
    policy.check(by, "policy_push.answer", row)
    session.refresh(row, with_for_update=True)
    if (row.answer, row.note) == (said.value, note):
        raise Stale("同样的回执已经提交，没有重复提交")
    row.answer, row.note = said.value, note
    row.receipt_at, row.receipt_by_id = clock.now(), by.id


def _refuse_over(pushed: PublishedPolicy | AwardCall) -> None:
    today = clock.today()
    if pushed.number is None:
        raise RuleBroken("还没有发布，不能推送")
    if pushed.closes_on is not None and pushed.closes_on < today:
        raise RuleBroken("申报已经截止，不能推送")
    if isinstance(pushed, PublishedPolicy) and pushed.standing(today) is not Standing.IN_FORCE:
        raise RuleBroken("这一政策已经失效，不能推送")
