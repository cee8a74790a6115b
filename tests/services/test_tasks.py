"""Doing a task: to whom a step comes back, what is kept of an answer, what an urge is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import clock, models
from app.domain.errors import NotAllowed, RuleBroken
from app.domain.roles import Role
from app.models import Deadline, DeclaredRelation, Draft, MessageOutbox, Submission, db
from app.queries.tasks import task_for
from app.services import tasks, tokens, urging
from app.services.changing import changing
from tests.conftest import Today
from tests.flows.office import Office, Person
from tests.services.desks import ACCEPT, check_of, does, holder, user

CORRECT = {"check": "correct", "points": ["claims"], "items": ["缺登记簿副本第 2 页"], "days": 10}
CORRECTED = {"items": [{"item": 1, "answer": "补交第 2 页"}]}


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


# -- an urge -----------------------------------------------------------------------------------------------------------


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
