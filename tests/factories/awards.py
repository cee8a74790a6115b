"""Calls and terms as the tests need them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from app.domain.awards.calls import CallMode, Terms
from app.models import AwardCall, User, db
from app.services import award_calls
from app.services.changing import changing

TERMS = Terms(
    title="2026 年度专利奖励申报",
    mode=CallMode.APPLICATION,
    awards=("AW11", "AW13", "AW16"),
    opens_on=date(2026, 3, 2),
    closes_on=date(2026, 6, 30),
    budget=Decimal(8_000_000),
)


def drawn_up(by: int, **changes: Any) -> AwardCall:
    """Return a draft of a call that says ``TERMS`` but for the changes."""
    with changing(db.session):
        return award_calls.begin(db.session(), replace(TERMS, **changes), by=db.session.get_one(User, by))


def published(drawer: int, director: int, **changes: Any) -> AwardCall:
    """Return a call that one person drew up and the director published."""
    call = drawn_up(drawer, **changes)
    with changing(db.session):
        award_calls.propose(db.session(), call, by=db.session.get_one(User, drawer))
    with changing(db.session):
        award_calls.publish(db.session(), call, by=db.session.get_one(User, director))
    return call
