"""The API is what its description says, whatever is sent to it."""

from __future__ import annotations

import json
from contextvars import Context
from io import BytesIO
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from sqlalchemy.orm import Session

from app.models import db
from tests.flows.office import PDF, Office, Person, build

API = "/api/v1"
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture
def office(app: Flask, session: Session) -> Office:
    """Return a small office."""
    return build(app, session)


@pytest.mark.parametrize("caller", ["clerk", "requester"])
def test_whatever_is_sent_the_answer_is_as_described(office: Office, caller: str) -> None:
    office.served()  # there are a case, tasks and papers
    person: Person = getattr(office, caller)
    schema = schemathesis.openapi.from_wsgi(f"{API}/openapi.json", office.app)
    for found in schema.get_all_operations():
        operation = found.ok()
        for mode in GenerationMode:
            _holds(operation, mode, person)


def _holds(operation: Any, mode: GenerationMode, person: Person) -> None:
    """Send an operation what its description allows, or what it forbids, and look at what comes back."""
    lenient = any(
        p.location == "query" for p in operation.iter_parameters()
    )  # a filter that is unknown filters nothing
    checks = CHECKS if lenient else [*CHECKS, negative_data_rejection]

    @seed(20260302)
    @settings(
        max_examples=10,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def holds(case: Case) -> None:
        if mode is GenerationMode.POSITIVE:  # small numbers, so that some of them are those of rows
            numbers = case.path_parameters or {}
            case.path_parameters = {k: v % 12 + 1 if isinstance(v, int) else v for k, v in numbers.items()}
        response = Context().run(case.call, headers=person.headers())
        db.session.rollback()
        case.validate_response(response, checks=checks)

    holds()


# -- what a description cannot say -------------------------------------------------------------------------------------


@pytest.fixture
def client(office: Office) -> FlaskClient:
    """Return a program of the requester's that sends what it likes."""
    client = office.app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = office.requester.headers()["Authorization"]
    return client


def sends(client: FlaskClient, method: str, path: str, **more: Any) -> Any:
    answer = Context().run(client.open, f"{API}{path}", method=method, **more)
    db.session.rollback()
    if answer.status_code >= 400:
        assert answer.mimetype == "application/problem+json"
        assert answer.json["status"] == answer.status_code and answer.json["title"]
    return answer


def test_an_address_that_leads_nowhere_is_a_problem_and_not_a_page(client: FlaskClient) -> None:
    for path in ("/nowhere", "/cases/abc", f"/tasks/{2**31}", f"/tasks/{10**30}", "/cases/-1", "/"):
        assert sends(client, "GET", path).status_code == 404, path


def test_another_method_is_refused_with_those_that_are_taken(client: FlaskClient) -> None:
    answer = sends(client, "DELETE", "/tasks/1")
    assert (answer.status_code, "GET" in answer.allow, "DELETE" in answer.allow) == (405, True, False)


def test_what_is_no_object_of_text_and_numbers_is_refused(office: Office, client: FlaskClient) -> None:
    case = office.files()
    office.clerk.answers(
        case, "formality_check", check="correct", points=["claims"], items=["缺登记簿副本第 2 页"], days=5
    )
    task = case.task("correct_materials", office.requester)
    for path in ("/cases", f"/tasks/{task}/complete", "/tokens", f"/cases/{case.id}/acts/withdraw"):
        for data, kind, status in NO_OBJECTS:
            answer = sends(client, "POST", path, data=data, content_type=kind)
            assert answer.status_code == status, (path, data[:40], answer.text)


NO_OBJECTS = (
    (b"{}", "text/plain", 415),
    (b"{}", "application/x-www-form-urlencoded", 415),
    (b"", "application/json", 400),
    (b"{", "application/json", 400),
    (b"\xff\xfe", "application/json", 400),
    (b"[]", "application/json", 400),
    (b'"text"', "application/json", 400),
    (b"[" * 100_000, "application/json", 400),
    (b'{"process": "mediation", "answers": {"reason": "a\\u0000b"}}', "application/json", 400),
    (b'{"process": "mediation", "answers": {"reason": "\\ud800"}}', "application/json", 400),
    (b'{"process": "mediation", "answers": {"\\udfff": 1}}', "application/json", 400),
    (b'{"process": "mediation", "answers": {"days": NaN}}', "application/json", 400),
    (b'{"process": "mediation", "answers": {"days": ' + b"9" * 5000 + b"}}", "application/json", 400),
)


def test_a_value_that_cannot_be_is_named_and_never_breaks_anything(office: Office, client: FlaskClient) -> None:
    good = office.request()
    for field in ("amount_claimed", "requester_organization", "right_files", "right_type", "respondents", "facts"):
        for value in (2**63, -(2**70), 1e300, "9" * 30, [{}], {}, [2**64], ["x"], "2026-02-30"):
            given = {"process": "mediation", "answers": {**good, field: value}}
            answer = sends(client, "POST", "/cases", json=given)
            assert answer.status_code == 422 or (field, answer.status_code) == ("facts", 201), (
                field,
                value,
                answer.text,
            )


def test_a_list_asked_for_wrongly_says_what_is_wrong(client: FlaskClient) -> None:
    for query in QUERIES:
        assert sends(client, "GET", f"/tasks?{query}").status_code in (200, 400, 414, 422), query


QUERIES = (
    "limit=99999999999999999999",
    "limit=0",
    "limit=-1",
    "unit=2147483648",
    "due_before=2026-02-30",
    "due_before=yesterday",
    "queue=all",
    "sort=price",
    "lamp=blue",
    "cursor=%5B%5D",
    "cursor=WyJ4IiwgMV0",
    "cursor=WyIyMDI2LTAxLTAxIiwgMTAwMDAwMDAwMDAwMDAwMDAwMDAwMF0",
    "cursor=WyIyMDI2LTAxLTAxVDEwOjAwIiwgMV0&queue=done",
    "cursor=" + "W" * 5000,
    "text=%00",
    "text=" + "%F0%9F%90%89" * 200,
)


def test_a_strange_file_name_breaks_nothing(client: FlaskClient) -> None:
    for name in ("a\x00b.pdf", "../../etc/passwd", "图" * 400 + ".pdf", "x"):
        answer = sends(client, "POST", "/files", data={"file": (BytesIO(PDF), name)})
        assert answer.status_code in (201, 422), name


def test_files_come_as_a_form_with_a_file(client: FlaskClient) -> None:
    assert sends(client, "POST", "/files", data=json.dumps({}), content_type="application/json").status_code == 415
    assert sends(client, "POST", "/files", data={"note": "x"}, content_type="multipart/form-data").status_code == 422
    broken = sends(client, "POST", "/files", data=b"--x\r\n", content_type="multipart/form-data; boundary=x")
    assert broken.status_code in (400, 422)


def test_a_token_that_is_none_is_refused_with_the_way_to_ask(office: Office) -> None:
    for header in ("Bearer", "Bearer ", "Basic abc", "Bearer \xff", "Bearer " + "x" * 5000):
        answer = Context().run(office.app.test_client().get, f"{API}/tasks", headers={"Authorization": header})
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
