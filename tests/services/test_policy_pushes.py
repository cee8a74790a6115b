"""Pushes: a policy reaches the members of the roster whom it fits, once each, and the units answer."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from app import clock
from app.domain.errors import NotAllowed, NotFound, RuleBroken, Stale
from app.domain.policies import Answer, Topic
from app.domain.roster.members import Exit, Industry
from app.models import MessageOutbox, PolicyPush, PublishedPolicy, RosterMember, User, db
from app.queries import policy_pushes as queries
from app.services import policy_pushes, policy_subscriptions, published_policies
from app.services.changing import changing
from app.services.roster import keeping
from app.services.roster.keeping import Removed
from tests.conftest import Today
from tests.factories import awards
from tests.factories.policies import lets_in, published, user
from tests.flows.moment import at_once
from tests.flows.office import Office
from tests.flows.programme import populate

CALL = {"calls_for_projects": True, "closes_on": date(2026, 3, 31), "topics": (Topic.PROJECTS,)}


class Members:
    """A roster of three: appliances and robots in Nanhai, robots in Chancheng."""

    def __init__(self, office: Office) -> None:
        self.programme = populate(office)
        director = self.programme.people["director"]
        nanhai, chancheng = self.programme.unit("nanhai"), self.programme.unit("chancheng")
        self.appliances = lets_in(office.requesting, nanhai, "appliances", director).id
        self.robots = lets_in(office.responding, nanhai, "robots", director).id
        self.others = lets_in(office.elsewhere, chancheng, "robots", director).id

    def publishes(self, **changes: object) -> PublishedPolicy:
        return published(self.programme.people["xieminyi"], self.programme.people["director"], **changes)

    def pushes(self, row: PublishedPolicy, by: str = "wuxueqin") -> list[PolicyPush]:
        with changing(db.session):
            return policy_pushes.push(db.session(), row, by=self.programme.user(by))

    def user(self, name: str) -> User:
        return user(getattr(self.programme.office, name).id)


@pytest.fixture
def members(either_office: Office) -> Members:
    return Members(either_office)


def reached() -> list[int]:
    return list(db.session.scalars(select(PolicyPush.member_id).order_by(PolicyPush.member_id)))


def told(kind: str) -> list[int | None]:
    rows = select(MessageOutbox.user_id).where(MessageOutbox.kind == kind, MessageOutbox.channel == "in_app")
    return sorted(db.session.scalars(rows))


def test_a_policy_for_all_reaches_every_member_when_it_is_published(members: Members) -> None:
    members.publishes()
    assert reached() == [members.appliances, members.robots, members.others]
    assert told("policy_pushed") == sorted(members.user(name).id for name in ("requester", "respondent", "stranger"))


def test_a_policy_reaches_those_whom_it_fits(members: Members) -> None:
    nanhai = members.programme.units["nanhai"]
    members.publishes(industries=(Industry.ROBOTS,), districts=(nanhai,))
    assert reached() == [members.robots]


def test_a_policy_that_asks_for_no_push_waits_for_whoever_keeps_the_roster(members: Members) -> None:
    row = members.publishes(pushes=False)
    assert reached() == []
    with pytest.raises(NotAllowed):
        members.pushes(row, by="luoyi")
    assert len(members.pushes(row)) == 3
    with pytest.raises(RuleBroken, match="都已推送过"):
        members.pushes(row)


def test_who_comes_onto_the_roster_later_is_reached_then_and_who_has_left_is_not(members: Members) -> None:
    row = members.publishes(pushes=False)
    with changing(db.session):
        gone = Removed(db.session.get_one(RosterMember, members.robots), Exit.ITS_OWN_WISH, "来函")
        keeping.decide(db.session(), removed=[gone], reason="退出", by=members.programme.user("director"))
    members.pushes(row)
    assert reached() == [members.appliances, members.others]
    again = lets_in(
        members.programme.office.responding,
        members.programme.unit("nanhai"),
        "robots",
        members.programme.people["director"],
    )
    assert [one.member_id for one in members.pushes(row)] == [again.id]


def test_nobody_hears_of_a_policy_twice(members: Members) -> None:
    requester, clerk = members.user("requester"), members.user("clerk")
    with changing(db.session):
        policy_subscriptions.choose(db.session(), [Topic.PATENTS], by=requester)
        policy_subscriptions.choose(db.session(), [Topic.PATENTS], by=clerk)
    members.publishes()
    assert told("policy_published") == [clerk.id]


def test_what_is_over_is_not_pushed(members: Members, today: Today) -> None:
    row = members.publishes(pushes=False)
    with changing(db.session):
        director = members.programme.user("director")
        published_policies.repeal(db.session(), row, on=clock.today(), reason="佛府〔2026〕9号", by=director)
    with pytest.raises(RuleBroken, match="已经失效"):
        members.pushes(row)
    guide = members.publishes(pushes=False, **CALL)
    today.moves(days=60)
    with pytest.raises(RuleBroken, match="已经截止"):
        members.pushes(guide)


def test_a_unit_answers_and_may_answer_otherwise_later_but_not_the_same_twice(members: Members) -> None:
    members.publishes()
    [push] = queries.received(db.session(), members.user("requester"))
    with pytest.raises(NotAllowed), changing(db.session):
        policy_pushes.answer(db.session(), push, Answer.NOTED, "", by=members.user("respondent"))
    for said in (Answer.NOTED, Answer.WILL_APPLY):
        with changing(db.session):
            policy_pushes.answer(db.session(), push, said, "", by=members.user("requester"))
    with pytest.raises(Stale, match="没有重复提交"), changing(db.session):
        policy_pushes.answer(db.session(), push, Answer.WILL_APPLY, "", by=members.user("requester"))
    assert (push.answer, push.receipt_by_id) == ("will_apply", members.user("requester").id)


def test_a_unit_sees_its_own_pushes_and_no_others(members: Members) -> None:
    members.publishes()
    [theirs] = queries.received(db.session(), members.user("respondent"))
    with pytest.raises(NotFound):
        queries.push_for(db.session(), members.user("requester"), theirs.id)
    assert queries.received(db.session(), members.user("clerk")) == []


def test_answers_are_counted_by_district_for_those_who_may_see_them(members: Members) -> None:
    row = members.publishes()
    for name, said in (("requester", Answer.WILL_APPLY), ("stranger", Answer.NOT_FOR_US)):
        [push] = queries.received(db.session(), members.user(name))
        with changing(db.session):
            policy_pushes.answer(db.session(), push, said, "", by=members.user(name))
    with changing(db.session):
        mine = db.session.get_one(RosterMember, members.appliances)
        liaison, keeper = members.programme.user("luoyi"), members.programme.user("wuxueqin")
        keeping.appoint_liaison(db.session(), mine, liaison, by=keeper)

    def seen_by(name: str) -> list[tuple[str, int, int, int]]:
        pushes = queries.pushes_of(db.session(), members.programme.user(name), row)
        districts, total = queries.by_district(pushes)
        counts = queries.counts(db.session(), members.programme.user(name))
        assert counts.get(row.id, total) == total
        return [(unit.code, one.pushed, one.answered, one.will_apply) for unit, one in districts]

    assert sorted(seen_by("wuxueqin")) == [("chancheng", 1, 1, 0), ("nanhai", 2, 1, 1)]
    assert seen_by("luoyi") == [("nanhai", 1, 1, 1)]
    assert seen_by("tannanhai") == [("nanhai", 2, 1, 1)]
    assert seen_by("lichancheng") == [("chancheng", 1, 1, 0)]
    assert seen_by("xieminyi") == []


def test_a_call_for_awards_is_pushed_by_the_same_means(members: Members) -> None:
    call = awards.published(members.programme.people["xieminyi"], members.programme.people["director"])
    with changing(db.session):
        made = policy_pushes.push(db.session(), call, by=members.programme.user("wuxueqin"))
    assert {one.title for one in made} == {call.title} and len(made) == 3
    [push] = queries.received(db.session(), members.user("requester"))
    assert push.call is call
    assert len(queries.pushes_of(db.session(), members.programme.user("director"), call)) == 3


def test_two_who_push_at_once_push_once(members: Members) -> None:
    row = members.publishes(pushes=False)
    row_id, keeper = row.id, members.programme.people["wuxueqin"]
    done: list[int] = []

    def pushes(_n: int) -> None:
        try:
            with changing(db.session):
                policy_pushes.push(db.session(), db.session.get_one(PublishedPolicy, row_id), by=user(keeper))
            done.append(row_id)
        except (Stale, RuleBroken):
            pass

    at_once(members.programme.office.app, 4, pushes)
    assert done == [row_id]
    assert len(reached()) == 3
