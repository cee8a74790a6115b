"""Whose list a task stands in: held, asked of a party, in a queue, followed, done."""

from __future__ import annotations

from app.domain.roles import Role
from app.models import Case, User, db
from app.queries import inbox
from app.services import desk
from app.services.changing import changing
from tests.conftest import Today
from tests.factories import people
from tests.flows.office import POINTS, Office, Person

ACCEPT = {"check": "accept", "points": POINTS}


def user(person: Person) -> User:
    return db.session.get_one(User, person.id)


def ids(person: Person, queue: str) -> list[int]:
    return [t["id"] for t in person.sees(f"/tasks?queue={queue}")["items"]]


def test_what_i_have_just_done_is_true_on_the_next_page(either_office: Office) -> None:
    office = either_office
    case = office.files()
    task = case.task("formality_check", office.clerk)
    office.clerk.does(f"/tasks/{task}/claim")
    assert (ids(office.clerk, "mine"), ids(office.clerk, "group")) == ([task], [])
    office.clerk.answers(case, "formality_check", **ACCEPT)
    assert (ids(office.clerk, "mine"), ids(office.clerk, "done")) == ([], [task])


def test_a_party_has_its_own_tasks_and_no_queue(office: Office) -> None:
    case = office.served()
    assert ids(office.respondent, "mine") == [case.task("statement", office.respondent)]
    assert ids(office.requester, "mine") == ids(office.stranger, "mine") == []
    assert ids(office.respondent, "group") == []


def test_the_numbers_beside_the_lists_are_those_of_the_lists(either_office: Office) -> None:
    office = either_office
    cases = [office.files() for _ in range(3)]
    office.clerk.does(f"/tasks/{cases[0].task('formality_check', office.clerk)}/claim")
    office.clerk.answers(cases[1], "formality_check", **ACCEPT)
    db.session.rollback()
    with changing(db.session):
        assert desk.toggle_follow(db.session(), _case(cases[2].id), by=user(office.clerk)) is True
    found = inbox.counts(db.session(), user(office.clerk))
    clerks = {(q.role, q.unit_id): q.number for q in found.queues}
    assert (found.mine, found.following, found.done_today) == (1, 1, 1)
    assert clerks == {(Role.INTAKE_CLERK, office.unit.id): 2}
    for queue, number in (("mine", 1), ("group", 2), ("following", 1), ("done", 1)):
        assert inbox.page(db.session(), user(office.clerk), inbox.Filter(queue=queue)).total == number


def _case(case_id: int) -> Case:
    return db.session.get_one(Case, case_id)


def test_what_was_done_yesterday_is_not_counted_as_done_today(office: Office, today: Today) -> None:
    office.clerk.answers(office.files(), "formality_check", **ACCEPT)
    today.is_at("2026-03-03 00:00:01")
    assert inbox.counts(db.session(), user(office.clerk)).done_today == 0


def test_following_a_case_shows_its_tasks_only_while_the_case_may_be_seen(office: Office) -> None:
    case = office.docketed()
    db.session.rollback()
    with changing(db.session):
        desk.toggle_follow(db.session(), _case(case.id), by=user(office.mediator))
    assert len(ids(office.mediator, "following")) == 1
    office.requester.acts(case, "recuse", ground="interest", reason="调解员曾任职于对方公司")
    office.director.answers(case, "decide_recusal", decision="upheld", reason="经查属实")
    office.clerk.answers(case, "reappoint", mediator=office.second_mediator.id)
    assert ids(office.mediator, "following") == []
    assert inbox.counts(db.session(), user(office.mediator)).following == 0


def test_a_colleague_of_another_unit_has_another_queue(office: Office) -> None:
    office.files()
    with changing(db.session):
        elsewhere = people.person(db.session(), Role.INTAKE_CLERK, unit=people.unit(db.session()))
    page = inbox.page(db.session(), elsewhere, inbox.Filter(queue="group"))
    assert (page.items, page.total) == ([], 0)
