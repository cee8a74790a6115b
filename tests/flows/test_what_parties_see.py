"""What a party is told of a case: its own tasks, never those of others, and nothing from the moment it has left."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app import clock
from app.models import db
from tests.flows.office import PASSWORD, Case, Office, Person
from tests.flows.test_who_takes_part import with_one_who_declined
from tests.web.browser import Browser

VENUE = "302 调解室"


def signed_in(office: Office, person: Person) -> Browser:
    browser = Browser(office.app)
    browser.logs_in(person.username, PASSWORD)
    return browser


def followed(office: Office, case: Case, person: Person) -> Browser:
    """Return the browser of somebody who follows the case."""
    browser = signed_in(office, person)
    browser.posts(f"/cases/{case.id}/follow")
    db.session.rollback()
    return browser


def later() -> None:
    clock.set_shift(clock.shift() + timedelta(minutes=10))


@pytest.fixture
def left(office: Office) -> Case:
    """Return a case in which a session is fixed with the one respondent that stayed, after the other declined."""
    case = office.accepted(respondents=[office.entry(office.responding), office.entry(office.elsewhere)])
    records = [office.record(case, o) for o in (office.responding, office.elsewhere)]
    office.clerk.answers(case, "serve_request", records=records, give_up=False)
    office.stranger.answers(case, "statement", stance="declines", opinion="不愿意", e_service=False)
    later()
    office.respondent.answers(case, "statement", stance="consents", opinion="愿意", e_service=False)
    office.clerk.answers(case, "docket", mediator=office.mediator.id)
    office.schedules(case)
    return case


def keys(person: Person, queue: str) -> set[str]:
    return {t["key"] for t in person.sees(f"/tasks?queue={queue}")["items"]}


def test_a_party_that_follows_a_case_sees_what_it_is_asked_and_nothing_that_others_are(office: Office) -> None:
    case = office.served()
    followed(office, case, office.requester)
    followed(office, case, office.respondent)
    assert keys(office.requester, "following") == set()
    assert keys(office.respondent, "following") == {"statement"}


def test_a_party_sees_no_task_of_the_office_in_any_list_nor_its_internal_targets(office: Office) -> None:
    case = office.docketed()
    browser = followed(office, case, office.requester)
    assert {q: keys(office.requester, q) for q in ("mine", "group", "following", "done")} == {
        q: set() for q in ("mine", "group", "following", "done")
    }
    assert "安排调解" not in browser.gets("/workbench?queue=following").text
    followed(office, case, office.supervisor)
    assert keys(office.supervisor, "following") == {"schedule_session"}


def test_whoever_left_is_told_neither_when_nor_where_the_session_is(office: Office, left: Case) -> None:
    browser = followed(office, left, office.stranger)
    for path in ("/workbench?queue=following", "/matters", f"/cases/{left.id}", f"/cases/{left.id}?tab=clocks"):
        assert VENUE not in browser.gets(path).text, path
    assert keys(office.stranger, "following") == set()
    assert VENUE in signed_in(office, office.respondent).gets("/matters").text


def test_whoever_left_is_told_where_the_case_stood_then_and_what_others_had_answered_by_then(
    office: Office, left: Case
) -> None:
    seen = left.seen_by(office.stranger)
    assert (seen["state"], left.seen_by(office.respondent)["state"]) == ("awaiting_statement", "mediating")
    assert {p["name"]: p["stance"] for p in seen["parties"]} == {
        office.requesting.name: None,
        office.responding.name: None,
        office.elsewhere.name: "declines",
    }
    assert {p["name"]: p["stance"] for p in left.seen_by(office.requester)["parties"]}[
        office.responding.name
    ] == "consents"


def test_no_page_tells_whoever_left_who_mediates_or_that_there_is_mediation(office: Office, left: Case) -> None:
    browser = signed_in(office, office.stranger)
    pages = ("", "?tab=answers", "?tab=documents", "?tab=clocks", "/paper", "/diagram")
    for path in ("/matters", "/cases", *(f"/cases/{left.id}{page}" for page in pages)):
        text = browser.gets(path).text
        assert office.mediator.name not in text, path
        assert "调解中" not in text, path
    assert browser.gets(f"/cases/{left.id}/diagram.json").json == {"done": [], "now": [], "waiting": []}
    assert signed_in(office, office.requester).gets(f"/cases/{left.id}/diagram.json").json["now"]


def test_no_search_tells_whoever_left_how_the_case_stands(office: Office, left: Case) -> None:
    stranger, requester = signed_in(office, office.stranger), signed_in(office, office.requester)
    agent = {"party": left.party(office.requesting.name), "name": "欧阳律师", "special": False}
    office.requester.acts(left, "add_agent", files=[office.requester.uploads()], **agent)
    for query in ("state=mediating", "text=欧阳律师"):
        assert left.number not in stranger.gets(f"/cases?{query}").text, query
        assert left.number in requester.gets(f"/cases?{query}").text, query
    assert left.number in stranger.gets("/cases?state=open").text
    done = "/workbench?queue=done&columns=parties,state"
    assert left.number in stranger.gets(done).text
    assert "待被请求人答复</td>" in stranger.gets(done).text and "调解中</td>" not in stranger.gets(done).text
    assert left.number not in stranger.gets(f"{done}&state=mediating").text


def test_a_requester_that_has_withdrawn_is_not_asked_to_the_session(office: Office) -> None:
    case = office.docketed(co_requesters=[office.entry(office.elsewhere)])
    office.stranger.acts(case, "withdraw", reason="退出")
    later()
    office.schedules(case)
    browser = signed_in(office, office.stranger)
    for path in ("/messages", "/matters", f"/cases/{case.id}"):
        assert VENUE not in browser.gets(path).text, path
    assert VENUE in signed_in(office, office.requester).gets("/messages").text


def test_that_the_case_is_closed_everybody_in_it_is_told(office: Office, left: Case) -> None:
    office.requester.acts(left, "withdraw", reason="不再请求")
    seen = left.seen_by(office.stranger)
    assert (seen["state"], seen["outcome"]) == ("withdrawn", "withdrawn")
    assert [e["kind"] for e in seen["events"]][-1] == "case_closed"


def test_whoever_left_before_looks_on_as_little_as_whoever_left_last(office: Office) -> None:
    case = with_one_who_declined(office)
    assert case.seen_by(office.stranger)["tasks"] == []
    assert case.seen_by(office.stranger)["deadlines"] == [] or all(
        d["state"] not in ("running", "paused") for d in case.seen_by(office.stranger)["deadlines"]
    )
