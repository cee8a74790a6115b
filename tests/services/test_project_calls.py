"""Calls for projects: one draws up, another publishes; whom they are for, and who has answered."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app import clock
from app.domain.errors import NotAllowed, NotFound, RuleBroken, Stale
from app.domain.roster.projects import ProjectKind
from app.models import AccessLog, MessageOutbox, Organization, ProjectCall, User, db
from app.queries import project_calls as queries
from app.services import project_calls
from app.services.changing import changing
from tests.flows.matching import TERMS, MatchingOffice, build_matching_office


@pytest.fixture
def office(either_app: Flask) -> MatchingOffice:
    """Return the office that matches projects, on SQLite and again on PostgreSQL."""
    return build_matching_office(either_app, db.session())


def test_a_call_is_drawn_up_by_one_and_published_by_another(office: MatchingOffice) -> None:
    call = office.calls()
    assert (call.number, call.state, call.made_by_id, call.decided_by_id) == (
        1,
        "published",
        office.liaison.id,
        office.keeper.id,
    )
    assert call.terms == TERMS
    assert queries.open_on(db.session(), date(2026, 6, 30)) == [call]
    assert queries.open_on(db.session(), date(2026, 7, 1)) == []
    assert office.calls().number == 2
    assert len(db.session.scalars(select(AccessLog).where(AccessLog.kind == "project_call_published")).all()) == 2


def test_who_drew_it_up_does_not_publish_it(office: MatchingOffice) -> None:
    with changing(db.session):
        call = project_calls.begin(db.session(), TERMS, by=office.user(office.keeper))
        project_calls.propose(db.session(), call, by=office.user(office.keeper))
    with pytest.raises(RuleBroken), changing(db.session):
        project_calls.publish(db.session(), call, by=office.user(office.keeper))
    with changing(db.session):
        project_calls.publish(db.session(), call, by=office.user(office.director))
    assert call.number == 1


@pytest.mark.parametrize("who", ["director", "officer", "evaluator", "supervisor", "clerk", "requester", "admin"])
def test_only_those_who_keep_the_roster_and_liaisons_draw_up(office: MatchingOffice, who: str) -> None:
    with pytest.raises(NotAllowed), changing(db.session):
        project_calls.begin(db.session(), TERMS, by=office.user(getattr(office, who)))


@pytest.mark.parametrize("who", ["second_liaison", "officer", "evaluator", "supervisor", "requester"])
def test_a_liaison_does_not_publish(office: MatchingOffice, who: str) -> None:
    call = office.proposed()
    with pytest.raises(NotAllowed), changing(db.session):
        project_calls.publish(db.session(), call, by=office.user(getattr(office, who)))


def test_what_is_published_or_handed_over_does_not_change(office: MatchingOffice) -> None:
    call = office.proposed()
    liaison, keeper = office.user(office.liaison), office.user(office.keeper)
    with pytest.raises(Stale), changing(db.session):
        project_calls.rewrite(db.session(), call, TERMS, by=liaison)
    with changing(db.session):
        project_calls.send_back(db.session(), call, by=keeper)
        project_calls.rewrite(db.session(), call, TERMS, by=liaison)
        project_calls.propose(db.session(), call, by=liaison)
        project_calls.publish(db.session(), call, by=keeper)
    for again in (project_calls.publish, project_calls.send_back):
        with pytest.raises(Stale), changing(db.session):
            again(db.session(), call, by=keeper)
    with pytest.raises(Stale), changing(db.session):
        project_calls.discard(db.session(), call, by=liaison)


def test_what_was_thrown_away_is_not_there(office: MatchingOffice) -> None:
    call = office.drawn_up()
    with changing(db.session):
        project_calls.discard(db.session(), call, by=office.user(office.liaison))
    assert queries.for_staff(db.session(), clock.today()) == []
    with pytest.raises(NotFound):
        queries.call_for(db.session(), office.user(office.keeper), call.id)


def test_a_call_is_for_the_members_of_its_industries(office: MatchingOffice) -> None:
    office.lets_in(office.requesting, industry="robots")
    office.lets_in(office.responding, industry="energy", liaison=False)
    call = office.calls(industries=("robots",))
    for_all = office.calls(title="2026 年市级标准项目")
    office.starts(call)
    matched = {one.call.id: (one.fitting, one.answered) for one in queries.for_staff(db.session(), clock.today())}
    assert matched == {call.id: (1, 1), for_all.id: (2, 0)}

    def names(who: Any, of: ProjectCall) -> dict[str, int]:
        found = queries.answers(db.session(), office.user(who), of, clock.today())
        return {one.member.organization.name: len(one.projects) for one in found}

    assert names(office.keeper, call) == {office.requesting.name: 1}
    assert names(office.liaison, for_all) == {office.requesting.name: 0}, "a liaison sees those in their care"
    assert names(office.officer, for_all) == {office.requesting.name: 0, office.responding.name: 0}
    assert names(office.second_liaison, for_all) == {}


def test_whom_a_call_is_for_is_told_of_it_and_so_is_their_liaison(office: MatchingOffice) -> None:
    office.lets_in(office.requesting, industry="robots")
    office.lets_in(office.responding, industry="energy")
    call = office.calls(industries=("robots",))
    rows = select(User.username, MessageOutbox.kind, MessageOutbox.link).join(User, User.id == MessageOutbox.user_id)
    told = {tuple(row) for row in db.session.execute(rows.where(MessageOutbox.kind.startswith("project_call")))}
    assert told == {
        ("requester", "project_call_published", "/projects"),
        ("liaison", "project_call_open", f"/roster/projects/{call.id}"),
    }


def test_who_withdrew_has_not_answered(office: MatchingOffice) -> None:
    office.lets_in(office.requesting)
    call = office.calls()
    case = office.starts(call)
    assert queries.how_many(db.session(), call) == 1
    office.requester.acts(case, "withdraw_project", reason="改报明年")
    assert queries.how_many(db.session(), call) == 0
    assert [one.answered for one in queries.for_staff(db.session(), clock.today())] == [0]


@pytest.mark.parametrize(
    "values",
    [
        {"taken": 2},
        {"taken": -1},
        {"places": 0},
        {"level": "village"},
        {"kind": "navigation"},
        {"closes_on": date(2026, 1, 1)},
        {"number": None},
    ],
    ids=lambda values: next(iter(values)),
)
def test_the_database_holds_what_must_never_be(office: MatchingOffice, values: dict[str, Any]) -> None:
    call = office.calls(places=1)
    with pytest.raises(IntegrityError):
        db.session.execute(update(ProjectCall).where(ProjectCall.id == call.id).values(**values))
    db.session.rollback()


def test_navigation_of_enterprises_is_published_for_members_only(office: MatchingOffice) -> None:
    with pytest.raises(RuleBroken), changing(db.session):
        project_calls.begin(
            db.session(),
            TERMS.__class__(**{**_of(TERMS), "kind": ProjectKind.NAVIGATION}),
            by=office.user(office.liaison),
        )
    call = office.calls(kind=ProjectKind.NAVIGATION, members_only=True)
    member = office.lets_in(db.session.get_one(Organization, office.requesting.id))
    assert queries.is_for(call, member)
    assert not queries.is_for(call, None)


def _of(terms: Any) -> dict[str, Any]:
    return {name: getattr(terms, name) for name in terms.__dataclass_fields__}
