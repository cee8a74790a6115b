"""Taking a task, giving it back, passing it on; one by one and many at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import clock, models
from app.domain.errors import NotAllowed, NotFound, RuleBroken, Stale
from app.domain.roles import Role
from app.models import Deadline, DeclaredRelation, Draft, Event, Membership, MessageOutbox, Submission, Task, User, db
from app.queries.tasks import task_for
from app.services import tasks, tokens, urging
from app.services.changing import changing
from tests.conftest import Today
from tests.factories import people
from tests.flows.office import POINTS, Case, Office, Person
from tests.web.browser import Browser

ACCEPT = {"check": "accept", "points": POINTS}
CORRECT = {"check": "correct", "points": ["claims"], "items": ["缺登记簿副本第 2 页"], "days": 10}
CORRECTED = {"items": [{"item": 1, "answer": "补交第 2 页"}]}


def user(person: Person) -> User:
    return db.session.get_one(User, person.id)


def does(what: str, task_id: int, *, by: Person, **given: Any) -> None:
    """Do something with a task in one transaction."""
    db.session.rollback()
    with changing(db.session):
        if "to" in given:
            given["to"] = user(given["to"]) if isinstance(given["to"], Person) else given["to"]
        getattr(tasks, what)(db.session(), task_id, by=user(by), **given)


def holder(task_id: int) -> int | None:
    db.session.rollback()
    return db.session.scalar(select(Task.assignee_id).where(Task.id == task_id))


def check_of(office: Office) -> tuple[Case, int]:
    case = office.files()
    return case, case.task("formality_check", office.clerk)


def comes_back(office: Office, by: Person, after: Callable[[Office], None] = lambda _: None) -> int | None:
    """Let ``by`` ask for a correction; return who holds the check when the correction has come in."""
    case, _ = check_of(office)
    by.answers(case, "formality_check", **CORRECT)
    db.session.rollback()
    after(office)
    office.requester.answers(case, "correct_materials", **CORRECTED)
    return holder(case.task("formality_check", office.second_clerk))


# -- a step that comes back --------------------------------------------------------------------------------------------


def test_a_step_that_comes_back_goes_to_who_did_it_last(either_office: Office) -> None:
    assert comes_back(either_office, either_office.clerk) == either_office.clerk.id


def test_a_service_that_failed_stays_with_who_tried(office: Office) -> None:
    case = office.accepted()
    assert holder(case.task("serve_request", office.clerk)) is None
    failed = office.record(case, office.responding, result="failed", received_on=None, receiver="", note="查无此人")
    office.second_clerk.answers(case, "serve_request", records=[failed], give_up=False)
    assert holder(case.task("serve_request", office.clerk)) == office.second_clerk.id


def leaves(office: Office) -> None:
    with changing(db.session):
        user(office.clerk).active = False


def becomes_a_mediator(office: Office) -> None:
    with changing(db.session):
        user(office.clerk).memberships[0].role = Role.MEDIATOR.value


def has_a_relation(office: Office) -> None:
    office.relates(office.clerk, office.responding)


@pytest.mark.parametrize("happens", [leaves, becomes_a_mediator, has_a_relation])
def test_a_step_goes_back_to_the_queue_where_who_did_it_cannot_take_it(
    office: Office, happens: Callable[[Office], None]
) -> None:
    assert comes_back(office, office.clerk, happens) is None


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
    with pytest.raises(RuleBroken, match="移交案件"):
        does("hand_over", task, by=office.director, to=office.second_mediator, reason="出差")


def test_an_urge_stays_on_record_and_reaches_who_is_to_act(office: Office) -> None:
    case, task = check_of(office)
    does("urge", task, by=office.supervisor, text="请尽快办理")
    assert "urged" in case.happened()
    told = select(MessageOutbox.user_id).where(MessageOutbox.kind == "urged", MessageOutbox.channel == "in_app")
    assert set(db.session.scalars(told)) == {office.clerk.id, office.second_clerk.id}
    with pytest.raises(NotAllowed):
        does("urge", task, by=office.clerk, text="请尽快办理")


def test_a_task_is_urged_once_a_day_whichever_way_somebody_comes_to_it(either_office: Office, today: Today) -> None:
    case, task = check_of(either_office)
    db.session.rollback()
    period = db.session.scalars(
        select(Deadline.id).where(Deadline.case_id == case.id, Deadline.task_key.is_not(None))
    ).one()
    does("urge", task, by=either_office.director, text="请尽快办理")
    for by in (either_office.director, either_office.supervisor):
        with pytest.raises(RuleBroken, match="今天已经催办过"):
            does("urge", task, by=by, text="请尽快办理")
        db.session.rollback()
        with pytest.raises(RuleBroken, match="今天已经催办过"), changing(db.session):
            urging.urge_period(db.session(), period, text="请尽快办理", by=user(by))
    today.moves(days=1)
    db.session.rollback()
    with changing(db.session):
        urging.urge_period(db.session(), period, text="请尽快办理", by=user(either_office.supervisor))
    assert case.happened().count("urged") == 2


# -- doing it ----------------------------------------------------------------------------------------------------------


def test_what_was_answered_is_kept_as_it_was_given_and_the_draft_is_gone(either_office: Office) -> None:
    office = either_office
    case, task = check_of(office)
    db.session.rollback()
    with changing(db.session):
        draft = {"check": "accept"}
        db.session.add(Draft(user_id=office.clerk.id, scope=f"task:{task}", answers=draft, saved_at=clock.now()))
    office.clerk.answers(case, "formality_check", **ACCEPT)
    kept = db.session.scalars(select(Submission).where(Submission.task_id == task)).one()
    assert (kept.by_id, kept.answers["check"], kept.acting_for_id) == (office.clerk.id, "accept", None)
    assert db.session.scalars(select(Draft)).all() == []


def test_a_refused_answer_leaves_no_trace(either_office: Office) -> None:
    office = either_office
    case = office.served()
    task = case.task("statement", office.respondent)
    before = case.happened()
    answers = {"stance": "consents", "opinion": "", "e_service": False, "files": [10**6]}
    office.respondent.does(f"/tasks/{task}/complete", {"answers": answers}, expects=422)
    assert case.happened() == before
    assert db.session.scalars(select(Submission).where(Submission.task_id == task)).all() == []


# -- many at once ------------------------------------------------------------------------------------------------------


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


@pytest.mark.parametrize("either_app", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_a_relation_declared_while_an_act_waits_for_its_case_still_bars_it(either_office: Office) -> None:
    office = either_office
    _, task = check_of(office)
    token = office.clerk.headers()["Authorization"].partition(" ")[2]
    db.session.rollback()
    clerk = tokens.owner(db.session(), token)
    assert clerk is not None and clerk.tied is False
    case = task_for(db.session(), clerk, task).case
    with Session(db.engine) as other:  # somebody else is faster, and holds the case until both rows are there
        other.execute(update(models.Case).where(models.Case.id == case.id).values(version=models.Case.version + 1))
        row = DeclaredRelation(
            user_id=clerk.id,
            organization_id=case.parties[0].organization_id,
            nature="亲属",
            declared_at=clock.now(),
        )
        other.add(row)
        other.commit()
    with pytest.raises(RuleBroken):
        tasks.complete(db.session(), task, ACCEPT, by=clerk)
    db.session.rollback()


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
