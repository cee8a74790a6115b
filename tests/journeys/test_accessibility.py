"""Every page for everybody: axe finds nothing, at the desk and on a phone, with long names, errors and empty lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
from flask import Flask, url_for
from sqlalchemy import select
from stdnum.cn import uscc

from app import clock
from app.models import CalendarChange, ProcessVersion
from app.web.guides import GUIDES
from tests.factories import notices
from tests.flows.office import Case, Office, Person
from tests.journeys.axe import bring_along, findings
from tests.journeys.visitor import Visitor

# Answers of these are not pages: files, data, and what machines ask.
NOT_PAGES = frozenset(
    {
        "static",
        "files.download",
        "files.document",
        "diagrams.xml",
        "diagrams.position",
        "administration.process_xml",
        "award_calls.list_form",
        "award_schedule.dmn",
        "payment_lists.sheet",
        "roster_criteria.dmn",
        "roster.export",
        "payment_lists.result_form",
        "targets.export",
        "target_values.evidence",
        "district_tasks.export",
        "district_tasks.evidence",
        "supports.export",
        "projects.export",
        "projects.tracking_export",
        "policies.file",
        "policy_pushes.export",
        "policy_pushes.export_call",
        "published_policies.file",
        "supports.evidence",
        "training.export",
        "training_people.sheet",
        "contacts.export",
        "contacts.evidence",
        "visits.export",
        "decisions.paper",
        "hearings.feed",
        "objections.paper",
        "supervision.diagram",
        "supervision.position",
    }
)
MACHINES = ("api.", "health.")
PEOPLE = ("requester", "respondent", "stranger", "clerk", "mediator", "director", "supervisor", "admin")
LONG = "广东粤港澳大湾区国家技术创新中心佛山先进陶瓷与功能材料产业化联合研究院暨知识产权运营服务与成果转化（有限合伙）第一分公司"
TABS = ("story", "documents", "clocks", "diagram", "notes")


@pytest.fixture
def cases(office: Office, monkeypatch: pytest.MonkeyPatch) -> list[Case]:
    """A fresh request with long names, a case in a session, one that is being performed; an objection to a notice."""
    notices.follows(monkeypatch)
    notices.staff(office)
    notices.files_one(notices.put_up(by="director"))
    body = "91440606MA5999999"
    long_name = {**office.entry(office.responding), "name": LONG, "uscc": body + uscc.calc_check_digit(body)}
    fresh = office.files(respondents=[long_name], right_name=LONG, right_holder=LONG, requests=[LONG * 3])
    return [fresh, office.in_session(), office.performing()]


def pages(app: Flask) -> set[str]:
    """Return the endpoints of all pages that can be opened."""
    gets = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    return {name for name in gets if name not in NOT_PAGES and not name.startswith(MACHINES)}


def facts(office: Office, cases: list[Case]) -> dict[str, list[Any]]:
    """Return the values that stand in the addresses of pages: of one case, and the open tasks of all."""
    seen = [case.seen_by(office.clerk) for case in cases]
    one = seen[1]
    office.adds(CalendarChange(at=clock.now(), by_id=office.clerk.id, days=[], moved=[]))
    digest = office.session.scalars(select(ProcessVersion.digest)).first()
    change = office.session.scalars(select(CalendarChange.id)).first()
    office.session.rollback()
    return {
        "case_id": [one["id"]],
        "task_id": [task["id"] for each in seen for task in each["tasks"]],
        "deadline_id": [one["deadlines"][0]["id"]],
        "party_id": [one["parties"][-1]["id"]],
        "what": ["phone"],
        "name": ["withdraw", "settle", "recuse", "register_service", "add_agent", "hand_over"],
        "process": ["mediation"],
        "key": list(GUIDES),
        "user_id": [office.clerk.id, office.requester.id],
        "unit_id": [office.unit.id],
        "organization_id": [office.responding.id],
        "digest": [digest],
        "change_id": [change],
        "number": [1],
        "call_id": [1],
        "batch_id": [1],
        "list_id": [1],
        "award": ["AW05"],
        "since": ["2020-01-01"],
        "indicator_key": ["inventions"],
        "notice": ["2026-1"],
        "objection_id": [1],
        "target_id": ["K04", "K16"],
        "value_id": [1],  # nothing is reported here: test_targets looks at what is
        "district_task_id": [1],
        "support_id": [1],
        "need_id": [1],  # test_training looks at what is there
        "course_id": [1],
        "seat_id": [1],
        "certificate": ["PX2026-22222222"],
        "contact_id": [1],
        "member_id": [1],
        "item_id": [1],
        "plan_id": [1],
        "policy_id": [1],  # none is published here: test_policies looks at one
        "push_id": [1],
        "publication_id": [1],  # none is published here: test_adjudication looks at one
    }


def addresses(app: Flask, cases: list[Case], values: dict[str, list[Any]]) -> Iterator[str]:
    """Return every address of every page with those values."""
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if rule.endpoint not in pages(app) or "GET" not in (rule.methods or ()):
                continue
            names = sorted(rule.arguments)
            for given in product(*(values[name] for name in names)):
                yield url_for(rule.endpoint, **dict(zip(names, given, strict=True)))
        yield from (url_for("cases.show", case_id=case.id) for case in cases)
        yield from (url_for("cases.show", case_id=cases[-1].id, tab=tab) for tab in TABS)
        yield from (url_for("workbench.index", queue=queue) for queue in ("group", "following", "done"))
        yield url_for("supervision.index", target="internal")
        yield url_for("supervision.sent", what="reminders")


@pytest.fixture
def looking(opening: Callable[..., Visitor]) -> Visitor:
    """Return a visitor who has axe along."""
    visitor = opening()
    bring_along(visitor.context)
    return visitor


@pytest.mark.slow
@pytest.mark.parametrize("who", PEOPLE)
def test_axe_finds_nothing_on_any_page_of(
    who: str, looking: Visitor, app: Flask, office: Office, cases: list[Case]
) -> None:
    person: Person = getattr(office, who)
    known = addresses(app, cases, facts(office, cases))
    looking.logs_in(person)
    found: list[str] = []
    refused: set[int] = set()
    for address in known:
        answer = looking.page.goto(looking.url + address)
        assert answer
        if answer.status != 200:  # a page of words, looked at once
            if answer.status in refused:
                continue
            refused.add(answer.status)
        found += findings(looking.page)
    assert not found, "\n".join(found)


def test_axe_finds_nothing_on_what_a_stranger_sees(looking: Visitor, app: Flask, office: Office) -> None:
    found: list[str] = []
    for path in (
        "/",
        "/guides",
        *(f"/guides/{key}" for key in GUIDES),
        "/privacy",
        "/progress",
        "/login",
        "/decisions",
        "/notices",
    ):
        looking.opens(path)
        found += findings(looking.page)
    for path in ("/signup", "/signup/invited", "/progress", "/login"):
        looking.opens(path)
        looking.page.locator("main form .btn-primary, main form button[type=submit]:not(.first-button)").first.click()
        found += findings(looking.page, "with errors")
    assert not found, "\n".join(found)


@pytest.mark.slow
def test_axe_finds_nothing_where_an_empty_form_comes_back(looking: Visitor, office: Office, cases: list[Case]) -> None:
    found: list[str] = []
    for who in ("clerk", "mediator", "requester"):
        person = getattr(office, who)
        looking.logs_in(person)
        tasks = [task["id"] for case in cases for task in person.sees("/tasks?queue=mine")["items"]]
        paths = [f"/tasks/{task_id}" for task_id in dict.fromkeys(tasks)]
        for path in [*paths, "/profile/password", *(["/cases/new/mediation"] if who == "requester" else [])]:
            looking.opens(path)
            sending = looking.page.locator("main form[method=post] .btn-primary[type=submit]")
            if sending.count():
                sending.first.click()
                found += findings(looking.page, "with errors")
        looking.logs_out()
    assert not found, "\n".join(found)


def test_axe_finds_nothing_where_panels_and_dialogs_are_open(
    looking: Visitor, office: Office, cases: list[Case]
) -> None:
    page = looking.page
    looking.logs_in(office.clerk, at="/workbench?queue=group")
    page.keyboard.press("?")
    found = findings(page, "with the keys open")
    page.keyboard.press("Escape")
    page.locator("details.account summary").click()
    found += findings(page, "with the account open")
    page.locator("[data-claim]").first.click()
    for panel in ("#release", "#hand-over"):
        page.locator(f"summary{panel}").click()
        found += findings(page, f"with {panel} open")
    assert not found, "\n".join(found)


def test_axe_finds_nothing_in_the_calendar_and_where_its_address_is_made(
    looking: Visitor, office: Office, cases: list[Case]
) -> None:
    page = looking.page
    looking.logs_in(office.clerk, at="/hearings")
    found = findings(page, "with meetings")
    page.locator("section[aria-labelledby=feed] button[type=submit]").click()
    found += findings(page, "with the address")
    looking.opens("/hearings?month=2031-02")
    page.locator("summary#renew-feed").click()
    found += findings(page, "with the question")
    assert not found, "\n".join(found)


def test_the_addresses_of_all_pages_are_known(app: Flask, office: Office, cases: list[Case]) -> None:
    values = facts(office, cases)
    asked = {name for rule in app.url_map.iter_rules() if rule.endpoint in pages(app) for name in rule.arguments}
    assert asked <= set(values)
