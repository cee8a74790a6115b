"""The ledger of contacts with members: who enters, who reads, what is shared, what was promised."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app import clock
from app.domain.errors import NotAllowed, NotFound, RuleBroken, Stale
from app.domain.roles import Role
from app.domain.roster.contacts import ContactKind
from app.models import Contact, Organization, RosterMember, User, db
from app.queries import contacts as queries
from app.queries import roster
from app.services.changing import changing
from app.services.roster import contacts, keeping
from app.services.roster.contacts import Entry
from app.services.roster.keeping import Admitted
from tests.flows.assisting import LiaisonOffice, build_liaison_office
from tests.flows.office import account

DAY = timedelta(days=1)


@pytest.fixture
def office(either_app: Any) -> LiaisonOffice:
    return build_liaison_office(either_app, db.session())


def other_member(office: LiaisonOffice) -> RosterMember:
    """Return a second member, in the care of the second liaison."""
    unit = db.session.get_one(Organization, office.responding.id)
    with changing(db.session):
        keeping.decide(
            db.session(),
            admitted=[Admitted(unit, office.member().district, "robots")],
            reason="增补",
            by=office.user(office.director),
        )
    found = next(one for one in roster.members(db.session(), clock.today()) if one.organization_id == unit.id)
    with changing(db.session):
        keeping.appoint_liaison(db.session(), found, office.user(office.second_liaison), by=office.user(office.keeper))
    return found


def visit(*members: RosterMember, **changes: Any) -> Entry:
    good = Entry(
        kind=ContactKind.VISIT,
        held_on=clock.today(),
        members=members,
        took_part="林直联；总经理赵某",
        summary="走访了解质押融资需求",
        minutes="希望对接两家银行。",
    )
    return replace(good, **changes)


def enters(office: LiaisonOffice, *members: RosterMember, by: User | None = None, **changes: Any) -> Contact:
    with changing(db.session):
        return contacts.enter(db.session(), visit(*members, **changes), by=by or office.user(office.liaison))


def seen(user: User, **asked: Any) -> list[Contact]:
    return queries.contacts(db.session(), user, **asked)


def test_a_liaison_enters_contacts_with_members_in_their_care_and_no_others(office: LiaisonOffice) -> None:
    other = other_member(office)
    enters(office, office.member())
    with pytest.raises(RuleBroken, match="不由您联络") as refused:
        enters(office, office.member(), other)
    assert refused.value.field == "members"
    forum = enters(office, office.member(), other, by=office.user(office.keeper), kind=ContactKind.FORUM)
    assert len(forum.members) == 2
    with pytest.raises(NotAllowed):
        enters(office, office.member(), by=office.user(office.director))


def test_a_liaison_reads_what_concerns_their_members_and_the_leaders_all(office: LiaisonOffice) -> None:
    other = other_member(office)
    mine = enters(office, office.member())
    theirs = enters(office, other, by=office.user(office.second_liaison))
    both = enters(office, office.member(), other, by=office.user(office.keeper), summary="座谈会")
    assert seen(office.user(office.liaison)) == [both, mine]
    assert seen(office.user(office.second_liaison)) == [both, theirs]
    assert seen(office.user(office.director)) == [both, theirs, mine]
    with pytest.raises(NotFound):
        queries.contact_for(db.session(), office.user(office.liaison), theirs.id)
    assert [i for i, _ in queries.in_the_ledger(db.session(), office.user(office.director))] == sorted(
        (office.member_id, other.id), key=lambda i: db.session.get_one(RosterMember, i).organization.name
    )


def test_others_read_nothing_of_it(office: LiaisonOffice) -> None:
    entry = enters(office, office.member(), shared=True)
    expert = account("expert", "专家", Role.EVALUATOR, office.member().district)
    db.session.add(expert)
    db.session.commit()
    for person in (expert, office.user(office.clerk), office.user(office.requester)):
        with pytest.raises(NotFound):
            queries.contact_for(db.session(), person, entry.id)


def test_a_unit_reads_the_summary_of_what_is_shared_with_it(office: LiaisonOffice) -> None:
    enters(office, office.member())
    enters(office, office.member(), shared=True, summary="座谈了解政策需求")
    day = clock.today()
    assert queries.shared_with(db.session(), office.user(office.requester)) == [("visit", day, "座谈了解政策需求")]
    assert queries.shared_with(db.session(), office.user(office.respondent)) == []


def test_the_list_is_filtered_by_member_kind_and_period(office: LiaisonOffice) -> None:
    other = other_member(office)
    keeper = office.user(office.keeper)
    early = enters(office, office.member(), held_on=clock.today() - 10 * DAY)
    late = enters(office, other, by=keeper, kind=ContactKind.PHONE)
    assert seen(keeper, member_id=other.id) == [late]
    assert seen(keeper, kind="visit") == [early]
    assert seen(keeper, first=clock.today() - DAY) == [late]
    assert seen(keeper, last=clock.today() - DAY) == [early]


def test_the_same_contact_is_entered_once(office: LiaisonOffice) -> None:
    enters(office, office.member())
    with pytest.raises(Stale):
        enters(office, office.member())


def test_a_day_to_come_and_a_promise_without_a_day_are_refused(office: LiaisonOffice) -> None:
    today = clock.today()
    for changes, field in (
        ({"held_on": today + DAY}, "held_on"),
        ({"promised": "联系银行"}, "due_on"),
        ({"due_on": today}, "promised"),
        ({"promised": "联系银行", "due_on": today - DAY}, "due_on"),
        ({"promised": "联系银行", "due_on": today, "done_on": today + DAY}, "done_on"),
        ({"members": ()}, "members"),
    ):
        with pytest.raises(RuleBroken) as refused:
            enters(office, office.member(), **changes)
        assert refused.value.field == field


def test_a_promise_is_noted_as_kept_once(office: LiaisonOffice) -> None:
    entry = enters(office, office.member(), promised="联系银行", due_on=clock.today() + 5 * DAY)
    assert entry.waits
    with pytest.raises(RuleBroken), changing(db.session):
        contacts.finish(db.session(), entry, clock.today() - DAY, by=office.user(office.liaison))
    with changing(db.session):
        contacts.finish(db.session(), entry, clock.today(), by=office.user(office.liaison))
    assert not entry.waits
    with pytest.raises(Stale), changing(db.session):
        contacts.finish(db.session(), entry, clock.today(), by=office.user(office.liaison))


def test_a_correction_keeps_the_former_entry(office: LiaisonOffice) -> None:
    first = enters(office, office.member())
    by = office.user(office.liaison)
    with changing(db.session):
        second = contacts.correct(
            db.session(), first, visit(office.member(), minutes="希望对接三家银行。"), reason="写错了", by=by
        )
    assert (first.in_force, second.in_force, second.reason) == (False, True, "写错了")
    assert queries.former(second) == [first]
    assert queries.successor(db.session(), first) is second
    assert seen(by) == [second]
    with pytest.raises(Stale), changing(db.session):
        contacts.correct(db.session(), first, visit(office.member()), reason="再改", by=by)
    with pytest.raises(NotAllowed), changing(db.session):
        contacts.correct(
            db.session(), second, visit(office.member()), reason="别人的", by=office.user(office.second_liaison)
        )
