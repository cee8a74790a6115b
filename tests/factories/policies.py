"""Policies as the tests need them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from app.domain.policies import Level, Terms, Topic
from app.models import Organization, OrgUnit, PublishedPolicy, RosterMember, User, db
from app.services import published_policies
from app.services.changing import changing
from app.services.roster import keeping
from app.services.roster.keeping import Admitted

TERMS = Terms(
    title="佛山市知识产权资助办法",
    level=Level.CITY,
    issuer="佛山市市场监督管理局",
    document_number="佛市监〔2026〕8号",
    topics=(Topic.PATENTS, Topic.AWARDS),
    issued_on=date(2026, 1, 5),
    summary="对获得专利奖的单位给予资助。",
)


def user(user_id: int) -> User:
    """Return somebody."""
    return db.session.get_one(User, user_id)


def drawn_up(by: int, files: Iterable[int] = (), **changes: Any) -> PublishedPolicy:
    """Return a draft that says ``TERMS`` but for the changes."""
    with changing(db.session):
        return published_policies.begin(db.session(), replace(TERMS, **changes), files, by=user(by))


def proposed(by: int, **changes: Any) -> PublishedPolicy:
    """Return a policy that waits to be published."""
    row = drawn_up(by, **changes)
    with changing(db.session):
        published_policies.propose(db.session(), row, by=user(by))
    return row


def published(drawer: int, director: int, **changes: Any) -> PublishedPolicy:
    """Return a policy that one person drew up and the director published."""
    row = proposed(drawer, **changes)
    with changing(db.session):
        published_policies.publish(db.session(), row, by=user(director))
    return row


def lets_in(organization: Organization, district: OrgUnit, industry: str, director: int) -> RosterMember:
    """Let a unit onto the roster."""
    with changing(db.session):
        admitted = [Admitted(organization, district, industry)]
        keeping.decide(db.session(), admitted=admitted, reason="年度评选", by=user(director))
    rows = db.select(RosterMember).where(
        RosterMember.organization_id == organization.id, RosterMember.left_on.is_(None)
    )
    found: RosterMember = db.session.scalars(rows).one()
    return found
