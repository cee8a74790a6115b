"""A process that calls others: each part has its own drawing, with where the case stands in it."""

from __future__ import annotations

import re

import pytest
import sqlalchemy
from flask import Flask
from lxml import etree
from sqlalchemy.orm import Session

from app.engine.drawing import BPMN
from app.models import Case, Task, User
from app.queries import bottlenecks
from tests.factories.parts import in_a_part
from tests.flows import office as offices
from tests.flows.office import Office
from tests.web.browser import Browser

PARTS = [
    "adjudication",
    "service",
    "evidence",
    "hearing",
    "decision",
    "enforcement",
    "measure",
    "talks",
    "hearing_round",
]


@pytest.fixture
def office(app: Flask, session: Session) -> Office:
    return offices.build(app, session)


@pytest.fixture
def case(office: Office, session: Session) -> Case:
    """Return a case whose request is being served: it stands in a part of its process."""
    return session.get_one(Case, in_a_part(office, session))


def browser_of(office: Office, who: str) -> Browser:
    one = Browser(office.app)
    one.logs_in(getattr(office, who).username, offices.PASSWORD)
    return one


def stands_in(session: Session, case: Case, *steps: str) -> None:
    """Let the case have one open task for each of ``steps``."""
    (first,) = case.open_tasks
    kept = {
        c.key: getattr(first, c.key)
        for c in sqlalchemy.inspect(Task).column_attrs
        if c.key not in ("id", "key", "engine_id")
    }
    first.key = steps[0]
    session.add_all(Task(key=step, engine_id=step, **kept) for step in steps[1:])
    session.commit()


def steps_in(xml: str) -> set[str]:
    return {e.get("id", "") for e in etree.fromstring(xml.encode()).iter(f"{BPMN}userTask", f"{BPMN}callActivity")}


def test_a_case_offers_the_drawing_of_the_process_and_of_each_part_it_calls(office: Office, case: Case) -> None:
    clerk = browser_of(office, "clerk")
    page = clerk.gets(f"/cases/{case.id}/diagram").text
    assert re.findall(r'data-part="(\w+)"', page) == PARTS
    assert re.search(r'data-part="adjudication" aria-current="page"', page)
    assert re.findall(r'data-part="(\w+)"', clerk.gets(f"/cases/{case.id}?tab=diagram").text) == PARTS
    for href, name in re.findall(r'href="([^"]+)" data-part="\w+"[^>]*>([^<]+)', page):
        assert name in clerk.gets(href).text


def test_a_part_is_shown_by_its_own_drawing_in_the_language_of_the_reader(office: Office, case: Case) -> None:
    clerk = browser_of(office, "clerk")
    page = clerk.gets(f"/cases/{case.id}/diagram?part=service").text
    assert f"/cases/{case.id}/diagram.bpmn?part=service" in page
    assert steps_in(clerk.gets(f"/cases/{case.id}/diagram.bpmn").text) >= {"examine_request", "call_service"}
    drawn = clerk.gets(f"/cases/{case.id}/diagram.bpmn?part=service").text
    assert steps_in(drawn) == {"serve_case", "answer", "check_answer", "resign_answer", "serve_answer"}
    clerk.posts("/language", {"language": "en"})
    english = clerk.gets(f"/cases/{case.id}/diagram.bpmn?part=service").text
    assert "Service and answer" in english
    assert not re.search(r'name="[^"]*[\u3400-\u9fff]', english)


def test_the_position_marks_the_step_in_the_part_and_the_box_that_calls_it(office: Office, case: Case) -> None:
    position = browser_of(office, "clerk").gets(f"/cases/{case.id}/diagram.json").json
    assert position is not None
    assert position["now"] == ["call_service", "serve_case"]
    assert {"withdrawal", "recusal_requested"} <= set(position["waiting"])
    assert "decide_docketing" in position["done"]
    assert not {"call_service", "call_evidence"} & set(position["done"])


def test_the_outline_goes_on_into_the_parts(office: Office, case: Case) -> None:
    page = browser_of(office, "clerk").gets(f"/cases/{case.id}/diagram").text
    now = re.findall(r'aria-current="step">\s*<span class="fw-bold">([^<]+)', page)
    assert now[-1] == "送达请求书副本"
    assert "送达与答辩" in now
    assert re.findall(r'<h3 [^>]*id="part-(\w+)"', page) == PARTS


def test_a_part_that_the_process_does_not_call_is_not_found(office: Office, case: Case) -> None:
    clerk = browser_of(office, "clerk")
    for path in ("diagram", "diagram.bpmn"):
        clerk.gets(f"/cases/{case.id}/{path}?part=nothing", expects=404)


def test_a_process_without_parts_offers_no_choice_of_them(office: Office) -> None:
    assert "data-part" not in browser_of(office, "clerk").gets(f"/cases/{office.files().id}/diagram").text


def test_cases_are_counted_on_the_drawing_of_a_part_and_on_the_box_that_calls_it(
    office: Office, case: Case, session: Session
) -> None:
    stands_in(session, case, "serve_case")
    supervisor = browser_of(office, "supervisor")
    address = f"/supervision/bottlenecks/{case.process_digest}"
    assert supervisor.gets(f"{address}.json").json == {"counts": {"serve_case": 1, "call_service": 1}}
    page = supervisor.gets(f"{address}?part=service").text
    assert re.findall(r'data-part="(\w+)"', page) == PARTS
    assert f"{address}.bpmn?part=service" in page
    assert "serve_case" in steps_in(supervisor.gets(f"{address}.bpmn?part=service").text)


def test_a_case_that_stands_in_two_steps_of_a_part_counts_once_on_its_box(
    office: Office, case: Case, session: Session
) -> None:
    stands_in(session, case, "hold_hearing", "hearing_reply")
    calls = {"call_hearing": {"hold_hearing", "hearing_reply"}, "call_talks": {"mediate_inside"}}
    counted = bottlenecks.inside(session, session.get_one(User, office.supervisor.id), case.process_digest, calls)
    assert counted == {"call_hearing": 1}


def test_the_supervisor_is_shown_the_process_that_most_cases_are_in_first(office: Office, case: Case) -> None:
    office.files()
    page = browser_of(office, "supervisor").gets("/supervision/bottlenecks").text
    assert "data-part" in page
    office.files()
    assert "data-part" not in browser_of(office, "supervisor").gets("/supervision/bottlenecks").text


def test_the_administrator_looks_at_the_parts_of_a_version(office: Office, case: Case) -> None:
    admin = browser_of(office, "admin")
    page = admin.gets(f"/administration/processes/{case.process_digest}?part=talks").text
    assert re.search(r'data-part="talks" aria-current="page"', page)
