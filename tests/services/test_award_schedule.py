"""Versions of the schedule: one person writes, another publishes, and each day has the version of its time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.awards import schedule
from app.domain.errors import NotAllowed, NotFound, RuleBroken, Stale
from app.domain.roles import Role
from app.models import AccessLog, AwardSchedule, Membership, OrgUnit, User, db
from app.queries import award_options, versions
from app.queries import award_schedule as queries
from app.services import award_options as services
from app.services import award_schedule
from app.services.changing import changing
from tests.conftest import Today
from tests.flows.moment import at_once
from tests.flows.office import Office, account

NEXT_YEAR = date(2027, 1, 1)


@pytest.fixture
def people(either_office: Office) -> tuple[Office, int, int, int]:
    """Return the office, two who review awards, and the director."""
    unit = db.session.get_one(OrgUnit, either_office.unit.id)
    reviewers = [account("xie", "谢敏仪", Role.REVIEWER, unit), account("deng", "邓嘉荣", Role.REVIEWER, unit)]
    db.session.add_all(reviewers)
    db.session.commit()
    return either_office, reviewers[0].id, reviewers[1].id, either_office.director.id


def user(user_id: int) -> User:
    return db.session.get_one(User, user_id)


def drawn_up(by: int, **changes: Any) -> int:
    """Begin a version that changes the award for well-known marks; return its number."""
    with changing(db.session):
        version = award_schedule.begin(db.session(), by=user(by))
        was = schedule.on_day(queries.lines_of(version), "AW05", date(2026, 5, 1))
        line = replace(was, **(changes or {"amount": 350_000}))
        award_schedule.put_line(db.session(), version, line, was=(was.id, was.since), by=user(by))
        return version.number


def proposed(by: int, day: date = NEXT_YEAR, **changes: Any) -> AwardSchedule:
    version = versions.numbered(db.session(), AwardSchedule, drawn_up(by, **changes))
    with changing(db.session):
        award_schedule.propose(db.session(), version, effective_from=day, reason="资金办法修订", by=user(by))
    return version


def publishes(version: AwardSchedule, by: int) -> None:
    with changing(db.session):
        award_schedule.publish(db.session(), version, by=user(by))


def on(day: date, award: str = "AW05") -> int | None:
    return schedule.on_day(queries.lines_of(versions.in_force(db.session(), AwardSchedule, day)), award, day).amount


def test_each_day_has_the_version_of_its_time(people: Any) -> None:
    _, reviewer, _, director = people
    publishes(proposed(reviewer), director)
    assert (on(date(2026, 12, 31)), on(NEXT_YEAR)) == (300_000, 350_000)
    with pytest.raises(NotFound):
        versions.in_force(db.session(), AwardSchedule, date(2019, 12, 31))
    [kept] = db.session.scalars(select(AccessLog).where(AccessLog.kind == "schedule_published"))
    assert kept.detail["number"] == 2


def test_whoever_writes_does_not_publish(people: Any) -> None:
    office, reviewer, _, director = people
    unit = db.session.get_one(OrgUnit, office.unit.id)
    db.session.add(Membership(role=Role.REVIEWER.value, unit=unit, user=user(director)))
    db.session.commit()
    version = proposed(director)
    with pytest.raises(RuleBroken, match="另一人"):
        publishes(version, director)
    db.session.rollback()
    with pytest.raises(NotAllowed):
        publishes(version, reviewer)
    db.session.rollback()
    assert versions.numbered(db.session(), AwardSchedule, version.number).state == "draft"


def test_what_is_proposed_is_changed_no_more_until_it_is_sent_back(people: Any) -> None:
    _, reviewer, other, director = people
    version = proposed(reviewer)
    line = queries.lines_of(version)[0]
    for act in (
        lambda: award_schedule.put_line(db.session(), version, line, was=None, by=user(other)),
        lambda: award_schedule.drop_line(db.session(), version, (line.id, line.since), by=user(other)),
        lambda: award_schedule.discard(db.session(), version, by=user(reviewer)),
    ):
        with pytest.raises(Stale), changing(db.session):
            act()
    with changing(db.session):
        award_schedule.send_back(db.session(), version, by=user(director))
    with pytest.raises(Stale), changing(db.session):
        award_schedule.publish(db.session(), version, by=user(director))
    with changing(db.session):
        award_schedule.discard(db.session(), version, by=user(reviewer))
    with pytest.raises(NotFound):
        versions.numbered(db.session(), AwardSchedule, version.number)
    assert drawn_up(other) == version.number + 1


@pytest.mark.parametrize(
    ("day", "why"), [("2026-03-02", "今天之后"), ("2020-01-01", "今天之后"), ("2026-06-01", "晚于上一版本")]
)
def test_a_version_begins_after_today_and_after_the_one_before(people: Any, day: str, why: str) -> None:
    _, reviewer, other, director = people
    publishes(proposed(reviewer, date(2026, 7, 1)), director)
    with pytest.raises(RuleBroken, match=why) as refused:
        proposed(other, date.fromisoformat(day), amount=400_000)
    assert refused.value.field == "effective_from"


def test_what_was_proposed_too_long_ago_is_not_published(people: Any, today: Today) -> None:
    _, reviewer, _, director = people
    version = proposed(reviewer, date(2026, 3, 10))
    today.moves(days=8)
    with pytest.raises(RuleBroken, match="今天之后"):
        publishes(version, director)


def test_flaws_and_nothing_new_are_not_proposed(people: Any) -> None:
    _, reviewer, _, _ = people
    with pytest.raises(RuleBroken, match="没有变化"):
        proposed(reviewer, NEXT_YEAR, amount=300_000)
    db.session.rollback()
    version = versions.draft(db.session(), AwardSchedule)
    assert version is not None
    lines = queries.lines_of(version)
    with changing(db.session):
        award_schedule.drop_line(db.session(), version, (lines[0].id, lines[0].since), by=user(reviewer))
    with pytest.raises(RuleBroken, match="AW01 缺少这一奖项"), changing(db.session):
        award_schedule.propose(db.session(), version, effective_from=NEXT_YEAR, reason="x", by=user(reviewer))
    for wrong in ({"amount": 0}, {"since": lines[2].since, "id": "AW03"}):
        line = replace(lines[4], **wrong)
        with pytest.raises(RuleBroken), changing(db.session):
            award_schedule.put_line(db.session(), version, line, was=(lines[4].id, lines[4].since), by=user(reviewer))


def test_only_one_version_is_drawn_up_at_a_time_also_by_many_at_once(people: Any) -> None:
    office, reviewer, other, _ = people
    begun: list[int] = []

    def one(n: int) -> None:
        try:
            with changing(db.session):
                begun.append(award_schedule.begin(db.session(), by=user((reviewer, other)[n % 2])).number)
        except Stale:
            pass

    at_once(office.app, 6, one)
    assert begun == [2]
    assert versions.draft(db.session(), AwardSchedule) is not None


def test_a_version_is_published_once_by_many_at_once(people: Any) -> None:
    office, reviewer, _, director = people
    number = proposed(reviewer).number
    done: list[str] = []

    def one(n: int) -> None:
        try:
            with changing(db.session):
                version = versions.numbered(db.session(), AwardSchedule, number)
                if n % 2:
                    award_schedule.publish(db.session(), version, by=user(director))
                else:
                    award_schedule.send_back(db.session(), version, by=user(director))
            done.append("published" if n % 2 else "sent back")
        except Stale:
            pass

    at_once(office.app, 6, one)
    assert len(done) == 1


def test_nobody_else_draws_up_or_publishes(people: Any) -> None:
    office, *_ = people
    for person in (office.clerk, office.mediator, office.requester, office.director):
        with pytest.raises(NotAllowed), changing(db.session):
            award_schedule.begin(db.session(), by=user(person.id))


def test_the_office_settles_what_the_programme_leaves_open(people: Any) -> None:
    office, reviewer, _, director = people
    assert award_options.chosen(db.session())["award.year"] == "application"
    with changing(db.session):
        values = {"award.year": "payment", "award.notice_days": 7, "award.rounding": "yuan"}
        changed = services.choose(db.session(), values, by=user(director))
    assert changed == ["award.year", "award.notice_days"]
    assert award_options.chosen(db.session(), "award.notice_days") == {"award.notice_days": 7}
    for wrong in ({"award.year": "some"}, {"award.notice_days": 4}, {"award.notice_days": True}):
        with pytest.raises(RuleBroken), changing(db.session):
            services.choose(db.session(), wrong, by=user(director))
    for person in (reviewer, office.clerk.id):
        with pytest.raises(NotAllowed), changing(db.session):
            services.choose(db.session(), {"award.year": "payment"}, by=user(person))
    [first, *_] = db.session.scalars(select(AccessLog).where(AccessLog.kind == "award_option_changed"))
    assert (first.detail["was"], first.detail["value"]) == ("application", "payment")
