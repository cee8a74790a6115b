"""Calls for awards: drawn up by a reviewer, published by the director, and never changed afterwards but for more money."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app import clock, policy
from app.domain.awards import calls
from app.domain.awards.calls import Terms
from app.domain.errors import RuleBroken
from app.models import AwardCall, User
from app.queries import award_schedule
from app.services import access_log, drawing_up


def begin(session: Session, terms: Terms, *, by: User) -> AwardCall:
    """Begin a call that says ``terms``."""
    policy.check(by, "award_call.draw_up")
    _refuse_misfits(session, terms)
    call = AwardCall(made_by_id=by.id, made_at=clock.now())
    _write(call, terms)
    session.add(call)
    return call


def rewrite(session: Session, call: AwardCall, terms: Terms, *, by: User) -> None:
    """Let a draft say ``terms``."""
    policy.check(by, "award_call.draw_up", call)
    drawing_up.take_draft(session, call)
    _refuse_misfits(session, terms)
    _write(call, terms)
    call.made_by_id, call.made_at = by.id, clock.now()


def propose(session: Session, call: AwardCall, *, by: User) -> None:
    """Hand a draft to whoever publishes it."""
    policy.check(by, "award_call.draw_up", call)
    drawing_up.take_draft(session, call)
    _refuse_misfits(session, call.terms)
    drawing_up.hand_over(call, by=by)


def publish(session: Session, call: AwardCall, *, by: User, address: str = "") -> None:
    """Publish what was proposed and number it; whoever drew it up does not (four eyes)."""
    policy.check(by, "award_call.publish", call)
    drawing_up.take_proposed(session, call)
    drawing_up.refuse_own(call, by)
    _refuse_misfits(session, call.terms)
    call.number = (session.scalar(select(func.max(AwardCall.number))) or 0) + 1
    drawing_up.decide(call, "published", by=by)
    access_log.record(session, "call_published", user=by, address=address, number=call.number)


def send_back(session: Session, call: AwardCall, *, by: User) -> None:
    """Give a proposed call back to be drawn up further."""
    policy.check(by, "award_call.publish", call)
    drawing_up.take_proposed(session, call)
    call.proposed_at = None


def discard(session: Session, call: AwardCall, *, by: User) -> None:
    """Throw a draft away."""
    policy.check(by, "award_call.draw_up", call)
    drawing_up.take_draft(session, call)
    drawing_up.decide(call, "discarded", by=by)


def add_budget(session: Session, call: AwardCall, amount: Decimal, *, reason: str, by: User, address: str = "") -> None:
    """Give a published call more money, in yuan, with the reason (追加预算)."""
    policy.check(by, "award_call.add_budget", call)
    if call.number is None:
        raise RuleBroken("未发布的通知直接修改预算")
    if not 0 < amount <= calls.MOST_BUDGET - call.budget:
        raise RuleBroken("预算应当大于 0，不超过 %(most)s 元", field="amount", most=f"{calls.MOST_BUDGET:,}")
    session.execute(update(AwardCall).where(AwardCall.id == call.id).values(budget=AwardCall.budget + amount))
    session.expire(call, ["budget"])
    access_log.record(
        session,
        "budget_added",
        user=by,
        address=address,
        number=call.number,
        amount=f"{amount:.2f}",
        reason=reason,
    )


def _refuse_misfits(session: Session, terms: Terms) -> None:
    lines = award_schedule.lines_on(session, terms.opens_on)
    calls.refuse_misfits(terms, lines, clock.today())


def _write(call: AwardCall, terms: Terms) -> None:
    call.title, call.mode, call.awards = terms.title, terms.mode.value, list(terms.awards)
    call.opens_on, call.closes_on, call.budget = terms.opens_on, terms.closes_on, terms.budget
    call.experts, call.members_only = terms.experts, terms.members_only
    call.audience, call.notes = terms.audience, terms.notes
