"""Standing in: for whom, how long, and never for more than one may do oneself."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock, policy
from app.domain.errors import NotFound, RuleBroken, Stale
from app.domain.roles import Role
from app.models import AccessLog, MessageOutbox, OrgUnit, Substitute, Task, User
from app.services import substitutes, tasks
from tests.conftest import Today
from tests.factories import people

FIRST, LAST = date(2026, 3, 3), date(2026, 3, 6)


@pytest.fixture
def unit(session: Session) -> OrgUnit:
    return people.unit(session)


@pytest.fixture
def absent(session: Session, unit: OrgUnit) -> User:
    return people.person(session, Role.INTAKE_CLERK, unit=unit, name="陈慧敏")


@pytest.fixture
def deputy(session: Session, unit: OrgUnit) -> User:
    return people.person(session, Role.INTAKE_CLERK, unit=unit, name="梁国强")


def appoint(session: Session, by: User, deputy: User, first: date = FIRST, last: date = LAST) -> Substitute:
    row = substitutes.appoint(session, deputy=deputy, first=first, last=last, reason="出差", by=by)
    session.commit()
    return row


def test_a_deputy_acts_on_the_days_that_were_named_and_no_other(
    session: Session, absent: User, deputy: User, today: Today
) -> None:
    appoint(session, absent, deputy)
    assert policy.stands_in_for(deputy) == []
    today.is_at("2026-03-03 00:00:00")
    assert policy.stands_in_for(deputy) == [absent]
    today.is_at("2026-03-06 23:59:59")
    assert policy.stands_in_for(deputy) == [absent]
    today.moves(seconds=2)
    assert policy.stands_in_for(deputy) == []


def test_both_are_told_and_it_is_written_down(session: Session, absent: User, deputy: User) -> None:
    appoint(session, absent, deputy)
    told = session.scalars(select(MessageOutbox.user_id).where(MessageOutbox.channel == "in_app"))
    assert set(told) == {absent.id, deputy.id}
    assert session.scalars(select(AccessLog.kind)).all() == ["substitution_set"]


def test_ended_early_is_ended_at_once_and_only_by_oneself(
    session: Session, absent: User, deputy: User, today: Today
) -> None:
    row = appoint(session, absent, deputy)
    today.is_at("2026-03-04 09:00")
    with pytest.raises(NotFound):
        substitutes.end(session, row.id, by=deputy)
    substitutes.end(session, row.id, by=absent)
    assert policy.stands_in_for(deputy) == []
    with pytest.raises(Stale):
        substitutes.end(session, row.id, by=absent)


@pytest.mark.parametrize("role", [Role.MEDIATOR, Role.DIRECTOR])
def test_a_colleague_with_another_role_cannot_stand_in(
    session: Session, absent: User, unit: OrgUnit, role: Role
) -> None:
    with pytest.raises(RuleBroken) as refusal:
        appoint(session, absent, people.person(session, role, unit=unit))
    assert refusal.value.field == "deputy"


def test_nobody_from_another_unit_nobody_whose_account_is_closed_and_not_oneself(
    session: Session, absent: User, deputy: User
) -> None:
    deputy.active = False
    elsewhere = people.person(session, Role.INTAKE_CLERK, unit=people.unit(session))
    for other in (elsewhere, deputy, absent):
        with pytest.raises(RuleBroken):
            appoint(session, absent, other)


@pytest.mark.parametrize(
    ("first", "last"),
    [(date(2026, 3, 6), date(2026, 3, 9)), (date(2026, 3, 2), date(2026, 3, 3)), (date(2026, 3, 4), date(2026, 3, 4))],
)
def test_two_arrangements_do_not_overlap(session: Session, absent: User, deputy: User, first: date, last: date) -> None:
    appoint(session, absent, deputy)
    with pytest.raises(RuleBroken, match="已经设置"):
        appoint(session, absent, deputy, first, last)


def test_nobody_is_stood_in_for_longer_than_a_year(session: Session, absent: User, deputy: User) -> None:
    with pytest.raises(RuleBroken, match="最长一年"):
        appoint(session, absent, deputy, FIRST, date(2126, 12, 20))


def test_the_next_arrangement_may_begin_the_day_after(session: Session, absent: User, deputy: User) -> None:
    appoint(session, absent, deputy)
    appoint(session, absent, deputy, date(2026, 3, 7), date(2026, 3, 8))


def test_days_that_are_over_or_the_wrong_way_round_are_refused(session: Session, absent: User, deputy: User) -> None:
    for first, last in ((date(2026, 2, 1), date(2026, 3, 1)), (LAST, FIRST)):
        with pytest.raises(RuleBroken) as refusal:
            appoint(session, absent, deputy, first, last)
        assert refusal.value.field == "ends"


def test_a_deputy_of_a_deputy_gains_nothing(
    session: Session, absent: User, deputy: User, unit: OrgUnit, today: Today
) -> None:
    third = people.person(session, Role.INTAKE_CLERK, unit=unit)
    appoint(session, absent, deputy)
    appoint(session, deputy, third)
    today.is_at("2026-03-04 09:00")
    assert policy.stands_in_for(third) == [deputy]


def test_who_is_away_is_not_named_as_a_deputy(session: Session, absent: User, deputy: User, unit: OrgUnit) -> None:
    third = people.person(session, Role.INTAKE_CLERK, unit=unit)
    appoint(session, deputy, third)
    with pytest.raises(RuleBroken, match="另选一位"):
        appoint(session, absent, deputy)


def test_the_colleague_who_is_named_is_one_whose_task_it_is(session: Session, absent: User) -> None:
    there = people.unit(session, "佛山市顺德区市场监督管理局", kind="district_bureau")
    elsewhere = people.person(session, Role.INTAKE_CLERK, unit=there, name="何志强")
    deputy = people.person(session, Role.INTAKE_CLERK, unit=there, name="梁国强")
    for one in (elsewhere, absent):
        row = Substitute(user=one, deputy=deputy, first=clock.today(), last=clock.today(), created_at=clock.now())
        session.add(row)
        session.flush()  # the deputy of both, in this order
    waiting = Task(role=Role.INTAKE_CLERK, unit_id=absent.memberships[0].unit_id, assignee_id=None)
    assert tasks.acting_for(deputy, waiting) is absent
