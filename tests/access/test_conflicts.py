"""What a conflict of interest hides: nothing an official can fetch shows that the case exists (decision 0009)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select, update

from app import clock
from app.jobs import announcing
from app.models import Agent, DeclaredRelation, Document, Membership, MessageOutbox, Recusal, Substitute, Task, User, db
from app.queries import messages
from app.services import tasks
from app.services.changing import changing
from tests.flows.office import POINTS, Case, Office, Person, build
from tests.web.browser import Browser

ACCEPT = {"check": "accept", "points": POINTS}
PAGES = (
    "/workbench?queue=mine",
    "/workbench?queue=group",
    "/workbench?queue=following",
    "/workbench?queue=done",
    "/workbench?queue=group&text={name}",
    "/cases",
    "/cases?text={name}",
    "/messages",
)
WATCHED = ("", "?target=internal", "?text={name}", "/figures", "/bottlenecks")
LISTS = (
    "/tasks?queue=mine",
    "/tasks?queue=group",
    "/tasks?queue=following",
    "/tasks?queue=done",
    "/tasks?queue=group&text={name}",
)


@pytest.fixture
def office(either_app: Flask) -> Office:
    """Return a small office on SQLite, and again on PostgreSQL."""
    return build(either_app, db.session())


def declared(office: Office, person: Person) -> None:
    office.relates(person, office.elsewhere)


def employed(office: Office, person: Person) -> None:
    db.session.execute(update(User).where(User.id == person.id).values(employer=office.elsewhere.name))
    db.session.commit()


def belonging(office: Office, person: Person) -> None:
    office.adds(Membership(user_id=person.id, role="applicant", organization_id=office.elsewhere.id))


def barred_case(office: Office) -> Case:
    """Return a case against the company, at work: served, watched by the clock, with a task in a queue."""
    case: Case = office.files(respondents=[office.entry(office.elsewhere)])
    office.second_clerk.answers(case, "formality_check", **ACCEPT)
    [party] = [p["id"] for p in case.seen_by(office.second_clerk)["parties"] if p["name"] == office.elsewhere.name]
    today = clock.today().isoformat()
    record = {"party": party, "method": "post", "sent_on": today, "result": "received", "received_on": today}
    office.second_clerk.answers(case, "serve_request", records=[{**record, "receiver": "前台"}], give_up=False)
    office.stranger.answers(case, "statement", stance="consents", opinion="愿意", e_service=False)
    announced()
    return case


def announced() -> None:
    db.session.rollback()
    for task_id in db.session.scalars(select(Task.id).where(Task.announce_at.is_not(None))).all():
        announcing.do(db.session(), task_id)


def everything(office: Office, person: Person) -> dict[str, object]:
    """Return all that a person can fetch without knowing what to ask for, apart from what changes with each answer."""
    name = office.elsewhere.name
    seen: dict[str, object] = {path: person.sees(path.format(name=name)) for path in LISTS}
    browser = Browser(office.app)
    browser.logs_in(person.username)
    supervises = person in (office.director, office.supervisor)
    for path in (*PAGES, *(f"/supervision{path}" for path in WATCHED if supervises)):
        text = browser.gets(path.format(name=name)).text
        seen[f"page {path}"] = re.sub(r'(csrf[-_]token"[^>]*?(?:content|value)=)"[^"]*"', r"\1", text)
    return seen


@pytest.mark.parametrize(
    ("who", "tie"),
    [("clerk", declared), ("director", employed), ("supervisor", belonging), ("mediator", declared)],
)
def test_for_an_official_with_a_conflict_the_case_does_not_exist(
    office: Office, who: str, tie: Callable[[Office, Person], None]
) -> None:
    person: Person = getattr(office, who)
    office.served()
    announced()
    tie(office, person)
    before = everything(office, person)
    case = barred_case(office)
    assert everything(office, person) == before
    for path in (f"/cases/{case.id}", f"/tasks/{case.task('docket', office.second_clerk)}"):
        assert person.sees(path, expects=404) == person.sees(re.sub(r"\d+", "99999", path, count=1), expects=404)


def test_without_a_conflict_the_same_look_shows_the_case(office: Office) -> None:
    office.served()
    before = everything(office, office.clerk)
    barred_case(office)
    after = everything(office, office.clerk)
    assert {path for path in before if before[path] != after[path]} >= {
        "/tasks?queue=group",
        "page /cases",
        "page /messages",
    }


def test_no_paper_of_the_case_is_handed_out(office: Office) -> None:
    case = barred_case(office)
    paper = db.session.scalars(select(Document.id).where(Document.case_id == case.id)).first()
    browser = Browser(office.app)
    browser.logs_in(office.clerk.username)
    declared(office, office.clerk)
    browser.gets(f"/files/cases/{case.id}/{paper}", expects=404)


def test_a_relation_declared_today_hides_what_was_seen_and_told_yesterday(office: Office) -> None:
    case = barred_case(office)
    browser = Browser(office.app)
    browser.logs_in(office.clerk.username)
    browser.posts(f"/cases/{case.id}/follow")
    told = messages.unread(db.session(), db.session.get_one(User, office.clerk.id))
    declared(office, office.clerk)
    assert told > 0
    assert messages.unread(db.session(), db.session.get_one(User, office.clerk.id)) == 0
    assert office.clerk.sees("/tasks?queue=following")["items"] == []


def test_what_is_in_their_own_hands_is_seen_until_they_have_given_it_away(office: Office) -> None:
    case = barred_case(office)
    task = case.task("docket", office.clerk)
    office.clerk.does(f"/tasks/{task}/claim")
    declared(office, office.clerk)
    assert [t["id"] for t in office.clerk.sees("/tasks?queue=mine")["items"]] == [task]
    office.clerk.sees(f"/cases/{case.id}")
    with changing(db.session):
        tasks.release(db.session(), task, reason="应当回避", by=db.session.get_one(User, office.clerk.id))
    office.clerk.sees(f"/cases/{case.id}", expects=404)
    office.clerk.sees(f"/tasks/{task}", expects=404)


def test_a_case_is_not_seen_through_an_absent_colleague(office: Office) -> None:
    case = office.docketed()
    away = {"first": date(2026, 3, 1), "last": date(2026, 3, 9), "created_at": clock.now()}
    office.adds(Substitute(user_id=office.mediator.id, deputy_id=office.second_mediator.id, **away))
    office.second_mediator.sees(f"/cases/{case.id}")
    about = {"organization_id": office.requesting.id, "nature": "亲属", "declared_at": clock.now()}
    office.adds(DeclaredRelation(user_id=office.second_mediator.id, **about))
    office.second_mediator.sees(f"/cases/{case.id}", expects=404)
    assert office.second_mediator.sees("/tasks?queue=mine")["items"] == []


def test_a_deputy_does_not_see_what_the_absent_colleague_sees_as_an_agent(office: Office) -> None:
    case = office.served()
    since = {"name": office.mediator.name, "since": clock.now()}
    office.adds(Agent(party_id=case.party(office.requesting.name), user_id=office.mediator.id, **since))
    away = {"first": date(2026, 3, 1), "last": date(2026, 3, 9), "created_at": clock.now()}
    office.adds(Substitute(user_id=office.mediator.id, deputy_id=office.second_mediator.id, **away))
    office.second_mediator.sees(f"/cases/{case.id}", expects=404)
    office.mediator.sees(f"/cases/{case.id}", expects=404)


def test_who_was_recused_does_not_see_the_case_as_a_clerk_either(office: Office) -> None:
    case, other = office.served(), office.served()
    asked = {"reason": "利害关系", "requested_on": clock.today(), "decided_on": clock.today()}
    office.adds(Recusal(case_id=case.id, user_id=office.clerk.id, decision="upheld", **asked))
    office.clerk.sees(f"/cases/{case.id}", expects=404)
    office.clerk.sees(f"/cases/{other.id}")


def test_an_email_that_waits_is_not_sent_to_whom_a_conflict_bars(office: Office) -> None:
    case = barred_case(office)
    row = db.session.scalars(select(MessageOutbox).where(MessageOutbox.user_id == office.clerk.id)).first()
    assert row is not None
    assert row.case_id == case.id
    assert messages.still_concerns(db.session(), row)
    declared(office, office.clerk)
    assert not messages.still_concerns(db.session(), row)
