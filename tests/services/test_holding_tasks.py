"""Taking a task, giving it back, passing it on."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from app.domain.errors import NotAllowed, NotFound, RuleBroken, Stale
from app.domain.roles import Role
from app.models import Event, MessageOutbox, db
from app.services.changing import changing
from tests.factories import people
from tests.flows.office import POINTS, Office
from tests.services.desks import ACCEPT, check_of, does, holder, user
from tests.web.browser import Browser

# -- taking it and giving it back --------------------------------------------------------------------------------------


def test_who_claims_a_task_holds_it_and_the_next_one_is_told(either_office: Office) -> None:
    _, task = check_of(either_office)
    does("claim", task, by=either_office.clerk)
    assert holder(task) == either_office.clerk.id
    with pytest.raises(Stale):
        does("claim", task, by=either_office.second_clerk)


def test_a_task_that_a_colleague_holds_is_not_done_behind_their_back(office: Office) -> None:
    case, task = check_of(office)
    does("claim", task, by=office.clerk)
    office.second_clerk.does(f"/tasks/{task}/complete", {"answers": ACCEPT}, expects=403)
    assert case.state == "requested"


def test_a_task_is_not_claimed_with_a_conflict(either_office: Office) -> None:
    _, task = check_of(either_office)
    either_office.relates(either_office.clerk, either_office.responding)
    with pytest.raises(RuleBroken, match="应当回避"):
        does("claim", task, by=either_office.clerk)
    assert holder(task) is None


def test_nobody_claims_what_is_offered_to_another_role_or_to_a_party(office: Office) -> None:
    _, task = check_of(office)
    for person in (office.mediator, office.director, office.requester, office.admin):
        with pytest.raises(NotAllowed):
            does("claim", task, by=person)
    served = office.served()
    with pytest.raises(NotAllowed):
        does("claim", served.task("statement", office.clerk), by=office.clerk)


def test_what_is_done_or_was_never_there_is_not_claimed(office: Office) -> None:
    case, task = check_of(office)
    office.clerk.answers(case, "formality_check", **ACCEPT)
    with pytest.raises(Stale):
        does("claim", task, by=office.clerk)
    with pytest.raises(NotFound):
        does("claim", 999, by=office.clerk)


def test_a_released_task_is_in_the_queue_again_and_the_reason_stays(either_office: Office) -> None:
    case, task = check_of(either_office)
    does("claim", task, by=either_office.clerk)
    does("release", task, by=either_office.clerk, reason="明天休假")
    does("claim", task, by=either_office.second_clerk)
    released = select(Event.data).where(Event.case_id == case.id, Event.kind == "task_released")
    assert db.session.scalars(released).one()["reason"] == "明天休假"


def test_only_the_holder_releases(office: Office) -> None:
    _, task = check_of(office)
    does("claim", task, by=office.clerk)
    for person in (office.second_clerk, office.mediator, office.admin):
        with pytest.raises(NotAllowed):
            does("release", task, by=person, reason="…")
    assert holder(task) == office.clerk.id


# -- passing it on -----------------------------------------------------------------------------------------------------


def test_a_task_is_handed_to_a_colleague_who_is_told_why(either_office: Office) -> None:
    office = either_office
    case, task = check_of(office)
    does("claim", task, by=office.clerk)
    does("hand_over", task, by=office.clerk, to=office.second_clerk, reason="出差")
    assert holder(task) == office.second_clerk.id
    assert "task_handed_over" in case.happened()
    told = select(MessageOutbox.facts).where(
        MessageOutbox.kind == "task_handed_over",
        MessageOutbox.user_id == office.second_clerk.id,
        MessageOutbox.channel == "in_app",
    )
    assert db.session.scalars(told).one()["reason"] == "出差"


@pytest.mark.parametrize("to", ["mediator", "director", "admin", "requester"])
def test_a_task_is_not_handed_to_somebody_without_its_role(office: Office, to: str) -> None:
    _, task = check_of(office)
    with pytest.raises(RuleBroken) as refusal:
        does("hand_over", task, by=office.clerk, to=getattr(office, to), reason="出差")
    assert refusal.value.field == "to"


def test_a_task_is_not_handed_to_a_colleague_of_another_unit(office: Office) -> None:
    _, task = check_of(office)
    with changing(db.session):
        elsewhere = people.person(db.session(), Role.INTAKE_CLERK, unit=people.unit(db.session()), name="黎晓")
    with pytest.raises(RuleBroken):
        does("hand_over", task, by=office.clerk, to=elsewhere, reason="出差")


def test_a_task_is_not_handed_to_somebody_with_a_conflict(either_office: Office) -> None:
    office = either_office
    _, task = check_of(office)
    office.relates(office.second_clerk, office.requesting)
    with pytest.raises(RuleBroken, match="应当回避") as refusal:
        does("hand_over", task, by=office.clerk, to=office.second_clerk, reason="出差")
    assert (refusal.value.field, holder(task)) == ("to", None)


def test_a_task_is_not_handed_to_a_closed_account_nor_to_who_holds_it_already(office: Office) -> None:
    _, task = check_of(office)
    does("claim", task, by=office.clerk)
    with pytest.raises(Stale):
        does("hand_over", task, by=office.clerk, to=office.clerk, reason="出差")
    db.session.rollback()
    with changing(db.session):
        user(office.second_clerk).active = False
    with pytest.raises(RuleBroken):
        does("hand_over", task, by=office.clerk, to=office.second_clerk, reason="出差")


def test_a_director_assigns_in_the_unit_and_a_colleague_does_not(office: Office) -> None:
    _, task = check_of(office)
    does("claim", task, by=office.clerk)
    with pytest.raises(NotAllowed):
        does("hand_over", task, by=office.second_clerk, to=office.second_clerk, reason="我来办")
    does("hand_over", task, by=office.director, to=office.second_clerk, reason="均衡工作量")
    assert holder(task) == office.second_clerk.id


def test_the_mediator_changes_with_the_case_not_with_a_task(office: Office) -> None:
    case = office.docketed()
    task = case.task("schedule_session", office.mediator)
    with pytest.raises(RuleBroken, match="随案件走"):
        does("hand_over", task, by=office.director, to=office.second_mediator, reason="出差")


# -- a page from before ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "more"),
    [("claim", {}), ("release", {"reason": "外出"}), ("hand-over", {"reason": "外出"})],
    ids=["claim", "release", "hand over"],
)
def test_a_page_from_before_somebody_elses_change_is_answered_with_where_the_task_is_now(
    office: Office, what: str, more: dict[str, str]
) -> None:
    case, task = check_of(office)
    if what != "claim":
        does("claim", task, by=office.clerk)
    browser = Browser(office.app)
    browser.logs_in("clerk")
    page = browser.gets(f"/tasks/{task}").text
    shown = {**more, "holder": re.findall(r'name="holder" value="([^"]*)"', page)[0]}
    if what == "hand-over":
        shown["to"] = str(office.second_clerk.id)
    does("hand_over", task, to=office.second_clerk, reason="均衡", by=office.director)
    refused = browser.posts(f"/tasks/{task}/{what}", shown, expects=409).text
    assert f"这一任务现由 {office.second_clerk.name} 承办" in refused
    does("release", task, reason="退回", by=office.second_clerk)
    if what != "claim":
        assert "已放回队列" in browser.posts(f"/tasks/{task}/{what}", shown, expects=409).text
    office.clerk.answers(case, "formality_check", check="accept", points=POINTS)
    browser.posts(f"/tasks/{task}/{what}", shown, expects=409)


def test_whoever_releases_or_hands_over_a_moment_later_is_told_that_somebody_was_first(office: Office) -> None:
    _, task = check_of(office)
    does("claim", task, by=office.clerk)
    does("release", task, reason="外出", by=office.clerk)
    with pytest.raises(Stale):
        does("release", task, reason="外出", by=office.clerk)
    does("hand_over", task, to=office.second_clerk, reason="均衡", by=office.director)
    with pytest.raises(Stale, match="已经是承办人"):
        does("hand_over", task, to=office.second_clerk, reason="均衡", by=office.director)
    assert holder(task) == office.second_clerk.id
