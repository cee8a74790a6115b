"""The roster on any day: who is let in and out by which version, and who is there for a member."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app import clock
from app.domain.errors import NotAllowed, NotFound, RuleBroken, Stale
from app.domain.roles import Role
from app.domain.roster.members import Exit
from app.models import Organization, OrgUnit, RosterMember, RosterVersion, User, db
from app.queries import measured, roster
from app.services.changing import changing
from app.services.roster import keeping
from app.services.roster.keeping import Admitted, Removed
from tests.conftest import Today
from tests.flows.office import Office, account

DAY = timedelta(days=1)


class Roster:
    """An office that keeps a roster."""

    def __init__(self, office: Office) -> None:
        unit = db.session.get_one(OrgUnit, office.unit.id)
        self.director = office.director.id
        self.district = OrgUnit(
            code="nanhai", name="南海区局", name_en="Nanhai", kind="district_bureau", region="440605"
        )
        people = [
            account(*one, unit) for one in (("wu", "吴雪琴", Role.ROSTER_MANAGER), ("lin", "林直联", Role.LIAISON))
        ]
        db.session.add_all([self.district, *people])
        db.session.commit()
        self.keeper, self.liaison = (one.id for one in people)

    def unit_named(self, name: str) -> Organization:
        found = Organization(name=name, created_at=clock.now())
        db.session.add(found)
        db.session.commit()
        return found

    def lets_in(self, *units: Organization) -> RosterVersion:
        admitted = [Admitted(one, self.district, "robots", note="2026 年第 1 批") for one in units]
        with changing(db.session):
            return keeping.decide(db.session(), admitted=admitted, reason="年度评选", by=user(self.director))

    def lets_out(self, member: RosterMember) -> RosterVersion:
        removed = [Removed(member, Exit.ITS_OWN_WISH, "单位来函")]
        with changing(db.session):
            return keeping.decide(db.session(), removed=removed, reason="单位申请退出", by=user(self.director))


def user(user_id: int) -> User:
    return db.session.get_one(User, user_id)


@pytest.fixture
def kept(either_office: Office) -> Roster:
    return Roster(either_office)


def names(day: date) -> list[str]:
    return [one.organization.name for one in roster.members(db.session(), day)]


def test_the_roster_of_any_day_can_be_shown(kept: Roster, today: Today) -> None:
    begun = clock.today()
    kept.lets_in(kept.unit_named("甲公司"), kept.unit_named("乙公司"))
    today.moves(days=10)
    second = kept.lets_out(roster.members(db.session(), clock.today())[1])
    assert names(begun - DAY) == []
    assert names(begun) == ["乙公司", "甲公司"]
    assert names(clock.today() - DAY) == ["乙公司", "甲公司"]
    assert names(clock.today()) == ["乙公司"]
    assert [one.number for one in roster.versions(db.session())] == [second.number, second.number - 1]
    gone = next(one for one in roster.members(db.session(), begun) if one.left_on)
    assert (gone.exit, gone.exit_note, gone.left_with) == ("its_own_wish", "单位来函", second)


def test_the_units_on_the_roster_and_the_batches_of_a_year_are_counted(kept: Roster, today: Today) -> None:
    kept.lets_in(kept.unit_named("甲公司"), kept.unit_named("乙公司"))
    session, year = db.session(), clock.today().year
    assert [measured.counted(session, key, year) for key in ("K02", "K03")] == [2, 1]
    assert measured.counted(session, "K02", year, kept.district.id) == 2
    assert [measured.counted(session, "K02", other) for other in (year - 1, year + 1)] == [None, None]


def test_who_comes_back_has_a_second_time_on_it(kept: Roster) -> None:
    unit = kept.unit_named("甲公司")
    kept.lets_in(unit)
    kept.lets_out(roster.members(db.session(), clock.today())[0])
    kept.lets_in(unit)
    assert [one.entry for one in roster.members(db.session(), clock.today())] == ["readmitted"]


def test_nobody_is_on_it_twice(kept: Roster) -> None:
    unit = kept.unit_named("甲公司")
    kept.lets_in(unit)
    with pytest.raises(Stale, match="甲公司已在名录中"):
        kept.lets_in(unit)
    member = roster.members(db.session(), clock.today())[0]
    kept.lets_out(member)
    with pytest.raises(Stale):
        kept.lets_out(member)


def test_only_the_director_decides_and_never_nothing(kept: Roster) -> None:
    with pytest.raises(NotAllowed), changing(db.session):
        keeping.decide(db.session(), reason="", by=user(kept.keeper))
    with pytest.raises(RuleBroken, match="没有要调入或者调出的单位"), changing(db.session):
        keeping.decide(db.session(), reason="", by=user(kept.director))


def test_a_liaison_is_there_for_a_member_and_sees_only_those(kept: Roster) -> None:
    kept.lets_in(kept.unit_named("甲公司"), kept.unit_named("乙公司"))
    mine, other = roster.members(db.session(), clock.today())
    with changing(db.session):
        keeping.appoint_liaison(db.session(), mine, user(kept.liaison), by=user(kept.keeper))
    assert roster.in_care_of(db.session(), user(kept.liaison), clock.today()) == [mine]
    assert roster.member_for(db.session(), user(kept.liaison), mine.id) is mine
    with pytest.raises(NotFound):
        roster.member_for(db.session(), user(kept.liaison), other.id)
    assert roster.member_for(db.session(), user(kept.keeper), other.id) is other
    with pytest.raises(RuleBroken, match="请选择直联专员"), changing(db.session):
        keeping.appoint_liaison(db.session(), other, user(kept.director), by=user(kept.keeper))


def test_a_member_sees_itself_and_nobody_else(kept: Roster) -> None:
    own = kept.unit_named("甲公司")
    kept.lets_in(own, kept.unit_named("乙公司"))
    person = account("jia", "甲经办", Role.APPLICANT, own)
    db.session.add(person)
    db.session.commit()
    today = clock.today()
    mine = roster.own_membership(db.session(), person, today)
    assert mine is not None
    assert mine.organization_id == own.id
    assert roster.is_member(db.session(), own.id, today)
    for one in roster.members(db.session(), today):
        if one is not mine:
            with pytest.raises(NotFound):
                roster.member_for(db.session(), person, one.id)
