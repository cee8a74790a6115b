"""Calls: one draws up, another publishes; what is published has more money at most."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app.domain.errors import NotAllowed, NotFound, RuleBroken, Stale
from app.domain.roles import Role
from app.models import AccessLog, AwardCall, OrgUnit, User, db
from app.queries import award_calls as queries
from app.services import award_calls
from app.services.changing import changing
from tests.factories.awards import TERMS, drawn_up, published
from tests.flows.moment import at_once
from tests.flows.office import Office, account

People = tuple[Office, int, int, int]


@pytest.fixture
def people(either_office: Office) -> People:
    """Return the office, two who review awards, and the director."""
    unit = db.session.get_one(OrgUnit, either_office.unit.id)
    reviewers = [account("xie", "谢敏仪", Role.REVIEWER, unit), account("deng", "邓嘉荣", Role.REVIEWER, unit)]
    db.session.add_all(reviewers)
    db.session.commit()
    return either_office, reviewers[0].id, reviewers[1].id, either_office.director.id


def user(user_id: int) -> User:
    return db.session.get_one(User, user_id)


def test_a_call_is_drawn_up_by_one_and_published_by_another(people: People) -> None:
    _, reviewer, other, director = people
    call = published(reviewer, director)
    assert (call.number, call.state, call.made_by_id, call.decided_by_id) == (1, "published", reviewer, director)
    assert queries.open_on(db.session(), date(2026, 6, 30)) == [call]
    assert queries.open_on(db.session(), date(2026, 7, 1)) == []
    assert published(other, director).number == 2


def test_who_drew_it_up_does_not_publish_it(people: People) -> None:
    office, _, _, director = people
    head = user(director)
    head.memberships.append(
        account("x", "x", Role.REVIEWER, db.session.get_one(OrgUnit, office.unit.id)).memberships[0]
    )
    db.session.commit()
    call = drawn_up(director)
    with changing(db.session):
        award_calls.propose(db.session(), call, by=user(director))
    with pytest.raises(RuleBroken), changing(db.session):
        award_calls.publish(db.session(), call, by=user(director))
    assert call.state == "draft"


def test_only_reviewers_draw_up_and_only_the_director_publishes(people: People) -> None:
    office, reviewer, *_ = people
    with pytest.raises(NotAllowed):
        drawn_up(office.clerk.id)
    call = drawn_up(reviewer)
    with changing(db.session):
        award_calls.propose(db.session(), call, by=user(reviewer))
    with pytest.raises(NotAllowed), changing(db.session):
        award_calls.publish(db.session(), call, by=user(office.clerk.id))
    with pytest.raises(NotFound):
        queries.call_for(db.session(), user(office.requester.id), call.id)
    with pytest.raises(NotFound):
        queries.numbered(db.session(), 1)
    with pytest.raises(Stale), changing(db.session):
        award_calls.rewrite(db.session(), call, TERMS, by=user(reviewer))


def test_a_call_that_is_sent_back_is_drawn_up_further(people: People) -> None:
    _, reviewer, _, director = people
    call = drawn_up(reviewer)
    with changing(db.session):
        award_calls.propose(db.session(), call, by=user(reviewer))
    with changing(db.session):
        award_calls.send_back(db.session(), call, by=user(director))
    with changing(db.session):
        award_calls.rewrite(db.session(), call, replace(TERMS, title="改过的标题"), by=user(reviewer))
    assert call.title == "改过的标题"
    with changing(db.session):
        award_calls.discard(db.session(), call, by=user(reviewer))
    with pytest.raises(NotFound):
        queries.call_for(db.session(), user(reviewer), call.id)


def test_a_published_call_takes_more_money_with_a_reason(people: People) -> None:
    _, reviewer, _, director = people
    call = published(reviewer, director)
    with changing(db.session):
        award_calls.add_budget(db.session(), call, Decimal(500_000), reason="佛财〔2026〕12号", by=user(director))
    assert call.budget == Decimal(8_500_000)
    logged = db.session.scalars(select(AccessLog).where(AccessLog.kind == "budget_added")).one()
    assert logged.detail == {"number": 1, "amount": "500000.00", "reason": "佛财〔2026〕12号"}
    for amount in (Decimal(0), Decimal(-1), Decimal(10) ** 11):
        with pytest.raises(RuleBroken), changing(db.session):
            award_calls.add_budget(db.session(), call, amount, reason="x", by=user(director))
    with pytest.raises(NotAllowed), changing(db.session):
        award_calls.add_budget(db.session(), call, Decimal(1), reason="x", by=user(reviewer))


@pytest.mark.parametrize("values", [{"committed": 9_000_000}, {"committed": -1}, {"paid": 1}])
def test_the_database_knows_that_no_more_is_promised_than_there_is(people: People, values: dict[str, Any]) -> None:
    _, reviewer, _, director = people
    call = published(reviewer, director)
    with pytest.raises(IntegrityError), changing(db.session):
        db.session.execute(update(AwardCall).where(AwardCall.id == call.id).values(**values))


def test_two_who_publish_at_once_publish_one_call(people: People) -> None:
    office, reviewer, _, director = people
    call = drawn_up(reviewer)
    with changing(db.session):
        award_calls.propose(db.session(), call, by=user(reviewer))
    call_id = call.id

    done: list[int] = []

    def publishes(_n: int) -> None:
        try:
            with changing(db.session):
                award_calls.publish(db.session(), db.session.get_one(AwardCall, call_id), by=user(director))
            done.append(call_id)
        except Stale:
            pass

    at_once(office.app, 4, publishes)
    assert done == [call_id]
