"""Taking and assigning many tasks at once, each by itself."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.domain.roles import Role
from app.models import Membership, db
from app.services.changing import changing
from tests.flows.office import Office, Person
from tests.services.desks import check_of, does, holder
from tests.web.browser import Browser


def signed_in(office: Office, person: Person) -> Browser:
    browser = Browser(office.app)
    browser.logs_in(person.username)
    return browser


def test_of_many_rows_each_is_claimed_by_itself(either_office: Office) -> None:
    office = either_office
    free, taken = (check_of(office)[1] for _ in range(2))
    elsewhere = office.files(respondents=[office.entry(office.elsewhere)])
    barred = elsewhere.task("formality_check", office.clerk)
    does("claim", taken, by=office.second_clerk)
    office.relates(office.clerk, office.elsewhere)
    page = signed_in(office, office.clerk).posts(
        "/workbench/bulk", {"task": [free, taken, barred, 10**6], "action": "claim"}, expects=200
    )
    assert [holder(t) for t in (free, taken, barred)] == [office.clerk.id, office.second_clerk.id, None]
    for sentence in ("这一任务刚才已被认领", "已不在您的任务中"):
        assert sentence in page.text


def test_of_many_rows_each_is_assigned_by_itself(either_office: Office) -> None:
    office = either_office
    free = check_of(office)[1]
    elsewhere = office.files(respondents=[office.entry(office.elsewhere)])
    barred = elsewhere.task("formality_check", office.clerk)
    mediators = office.docketed().task("schedule_session", office.mediator)
    office.relates(office.second_clerk, office.elsewhere)
    chosen = {"task": [free, barred, mediators], "action": "assign", "to": office.second_clerk.id, "reason": "均衡"}
    signed_in(office, office.director).posts("/workbench/bulk", chosen, expects=200)
    assert [holder(t) for t in (free, barred, mediators)] == [office.second_clerk.id, None, office.mediator.id]


def test_assigning_to_a_stranger_assigns_nothing(office: Office) -> None:
    _, task = check_of(office)
    chosen = {"task": [task], "action": "assign", "to": office.stranger.id, "reason": "均衡"}
    page = signed_in(office, office.director).posts("/workbench/bulk", chosen, expects=422)
    assert holder(task) is None
    assert office.stranger.name not in page.text


@pytest.mark.parametrize(("field", "value"), [("reason", "长" * 501), ("action", "steal")])
def test_many_tasks_are_handed_over_by_the_same_form_as_one(office: Office, field: str, value: str) -> None:
    _, task = check_of(office)
    chosen = {"task": [task], "action": "assign", "to": office.clerk.id, "reason": "均衡", field: value}
    signed_in(office, office.director).posts("/workbench/bulk", chosen, expects=422)
    assert holder(task) is None


def test_marks_that_turn_the_text_around_do_not_get_into_the_story_with_a_reason_for_many(office: Office) -> None:
    case, task = check_of(office)
    chosen = {"task": [task], "action": "assign", "to": office.clerk.id, "reason": "均\u202e衡\x07"}
    signed_in(office, office.director).posts("/workbench/bulk", chosen, expects=200)
    told = [e["data"]["reason"] for e in case.seen_by(office.clerk)["events"] if e["kind"] == "task_handed_over"]
    assert told == ["均衡"]


def test_who_has_lost_the_role_since_the_page_was_opened_assigns_nothing(office: Office) -> None:
    _, task = check_of(office)
    browser = signed_in(office, office.director)
    browser.gets("/workbench?queue=group")
    with changing(db.session):
        row = db.session.scalars(select(Membership).where(Membership.user_id == office.director.id)).one()
        row.role = Role.MEDIATOR
    chosen = {"task": [task], "action": "assign", "to": office.second_clerk.id, "reason": "均衡"}
    browser.posts("/workbench/bulk", chosen, expects=200)
    assert holder(task) is None
