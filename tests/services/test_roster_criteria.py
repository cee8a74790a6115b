"""Versions of the criteria: one person writes, another publishes, and each day has the version of its time."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.errors import NotAllowed, NotFound, RuleBroken, Stale
from app.domain.roles import Role
from app.models import AccessLog, OrgUnit, RosterCriteria, User, db
from app.queries import roster_criteria as queries
from app.queries import versions
from app.services import roster_criteria
from app.services.changing import changing
from tests.flows.moment import at_once
from tests.flows.office import Office, account

NEXT_YEAR = date(2027, 1, 1)


@pytest.fixture
def people(either_office: Office) -> tuple[Office, int, int]:
    """Return the office, who keeps the roster, and the director."""
    unit = db.session.get_one(OrgUnit, either_office.unit.id)
    keeper = account("wu", "吴雪琴", Role.ROSTER_MANAGER, unit)
    db.session.add(keeper)
    db.session.commit()
    return either_office, keeper.id, either_office.director.id


def user(user_id: int) -> User:
    return db.session.get_one(User, user_id)


def begun(by: int) -> RosterCriteria:
    with changing(db.session):
        return roster_criteria.begin(db.session(), by=user(by))


def proposes(version: RosterCriteria, by: int, day: date = NEXT_YEAR, least: int = 65) -> None:
    with changing(db.session):
        roster_criteria.propose(db.session(), version, effective_from=day, least=least, reason="年度评估", by=user(by))


def publishes(version: RosterCriteria, by: int) -> None:
    with changing(db.session):
        roster_criteria.publish(db.session(), version, by=user(by))


def least_on(day: date) -> int:
    return queries.said_by(versions.in_force(db.session(), RosterCriteria, day)).least


def test_each_day_has_the_version_of_its_time(people: Any) -> None:
    _, keeper, director = people
    version = begun(keeper)
    proposes(version, keeper)
    publishes(version, director)
    assert (least_on(date(2026, 12, 31)), least_on(NEXT_YEAR)) == (60, 65)
    with pytest.raises(NotFound):
        least_on(date(2019, 12, 31))
    [kept] = db.session.scalars(select(AccessLog).where(AccessLog.kind == "criteria_published"))
    assert kept.detail == {"number": 2, "digest": version.digest}


def test_only_who_keeps_the_roster_writes_and_only_the_director_publishes(people: Any) -> None:
    office, keeper, director = people
    for stranger in (director, office.clerk.id, office.requester.id):
        with pytest.raises(NotAllowed):
            begun(stranger)
        db.session.rollback()
    version = begun(keeper)
    proposes(version, keeper)
    for stranger in (keeper, office.clerk.id):
        with pytest.raises(NotAllowed):
            publishes(version, stranger)
        db.session.rollback()


def test_indicators_are_written_and_dropped_in_their_place(people: Any) -> None:
    _, keeper, _ = people
    version = begun(keeper)
    keys = [one.key for one in queries.said_by(version).indicators]
    first, second, *_ = queries.said_by(version).indicators
    with changing(db.session):
        roster_criteria.put_indicator(
            db.session(), version, replace(second, key="marks", weight=12), was=second.key, by=user(keeper)
        )
        roster_criteria.drop_indicator(db.session(), version, first.key, by=user(keeper))
        roster_criteria.put_indicator(db.session(), version, replace(first, weight=13), was=None, by=user(keeper))
    said = queries.said_by(version)
    assert [one.key for one in said.indicators] == ["marks", *keys[2:], first.key]
    assert sum(one.weight for one in said.indicators) == 100
    for wrong in (replace(first, key="marks"), replace(first, key="total")):
        with pytest.raises(RuleBroken, match="已有这一代码") as refused, changing(db.session):
            roster_criteria.put_indicator(db.session(), version, wrong, was=None, by=user(keeper))
        assert refused.value.field == "key"


def test_flaws_and_nothing_new_are_not_proposed(people: Any) -> None:
    _, keeper, _ = people
    version = begun(keeper)
    with pytest.raises(RuleBroken, match="没有变化"):
        proposes(version, keeper, least=60)
    digest = version.digest
    first = queries.said_by(version).indicators[0]
    with changing(db.session):
        roster_criteria.put_indicator(db.session(), version, replace(first, weight=14), was=first.key, by=user(keeper))
    with pytest.raises(RuleBroken, match="权重合计应当是 100，现在是 99"):
        proposes(version, keeper)
    for day in (date(2026, 3, 2), date(2020, 1, 1)):
        with changing(db.session):
            roster_criteria.put_indicator(db.session(), version, first, was=first.key, by=user(keeper))
        with pytest.raises(RuleBroken, match="今天之后"):
            proposes(version, keeper, day)
    db.session.refresh(version)
    assert version.is_drawn_up and version.digest == digest


def test_what_is_proposed_is_changed_no_more_until_it_is_sent_back(people: Any) -> None:
    _, keeper, director = people
    version = begun(keeper)
    proposes(version, keeper)
    first = queries.said_by(version).indicators[0]
    for act in (
        lambda: roster_criteria.put_indicator(db.session(), version, first, was=first.key, by=user(keeper)),
        lambda: roster_criteria.drop_indicator(db.session(), version, first.key, by=user(keeper)),
        lambda: roster_criteria.discard(db.session(), version, by=user(keeper)),
    ):
        with pytest.raises(Stale), changing(db.session):
            act()
    with changing(db.session):
        roster_criteria.send_back(db.session(), version, by=user(director))
    with pytest.raises(Stale):
        publishes(version, director)
    with changing(db.session):
        roster_criteria.discard(db.session(), version, by=user(keeper))
    assert begun(keeper).number == version.number + 1


def test_of_several_who_begin_at_once_one_begins(people: Any) -> None:
    office, keeper, _ = people

    begun_there: list[int] = []

    def one(_n: int) -> None:
        with suppress(Stale):
            begun_there.append(begun(keeper).number)

    at_once(office.app, 6, one)
    assert begun_there == [2]
    assert versions.draft(db.session(), RosterCriteria) is not None
