"""The API is what its description says, whatever is sent to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextvars import Context
from io import BytesIO
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, seed, settings
from schemathesis import Case
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
from tests.flows.office import Office, build

API = "/api/v1"
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]


@pytest.fixture
def office(app: Flask, session: Session) -> Iterator[Office]:
    """Return an office with a case on its way."""
    office = build(app, session)
    office.served()
    yield office
    db.session.rollback()


@pytest.fixture(params=["clerk", "requester"])
def described(request: pytest.FixtureRequest, office: Office) -> Any:
    """Return the description as the application serves it, and who is calling."""
    schema = schemathesis.openapi.from_wsgi(f"{API}/openapi.json", office.app)
    schema.caller = getattr(office, request.param)
    return schema


described_api = schemathesis.pytest.from_fixture("described")


@described_api.parametrize()
@seed(20260302)
@settings(
    max_examples=20,
    deadline=None,
    derandomize=False,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_whatever_is_sent_the_answer_is_as_described(case: Case, described: Any) -> None:
    if not (case.meta and case.meta.generation.mode.is_negative):
        # small numbers, so that some of them are those of rows
        case.path_parameters = {
            k: v % 12 + 1 if isinstance(v, int) else v for k, v in (case.path_parameters or {}).items()
        }
    response = Context().run(case.call, headers=described.caller.headers())
    case.validate_response(response, checks=CHECKS)


# -- what a description cannot say -------------------------------------------------------------------------------------


@pytest.fixture
def client(office: Office) -> FlaskClient:
    """Return a program of the clerk's that sends what it likes."""
    client = office.app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = office.clerk.headers()["Authorization"]
    return client


def sends(client: FlaskClient, method: str, path: str, **more: Any) -> Any:
    answer = Context().run(client.open, f"{API}{path}", method=method, **more)
    db.session.rollback()
    if answer.status_code >= 400:
        assert answer.mimetype == "application/problem+json"
        assert answer.json["status"] == answer.status_code and answer.json["title"]
    return answer


@pytest.mark.parametrize("path", ["/nowhere", "/cases/abc", f"/tasks/{2**31}", f"/tasks/{10**30}", "/cases/-1", "/"])
def test_an_address_that_leads_nowhere_is_a_problem_and_not_a_page(client: FlaskClient, path: str) -> None:
    assert sends(client, "GET", path).status_code == 404


def test_another_method_is_refused_with_those_that_are_taken(client: FlaskClient) -> None:
    answer = sends(client, "DELETE", "/tasks/1")
    assert (answer.status_code, "GET" in answer.allow, "DELETE" in answer.allow) == (405, True, False)


@pytest.mark.parametrize("path", ["/cases", "/tasks/1/complete", "/tasks/1/release", "/tokens", "/cases/1/acts/withdraw"])
@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [
        (b"{}", "text/plain", 415),
        (b"{}", "application/x-www-form-urlencoded", 415),
        (b"", "application/json", 400),
        (b"{", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[]", "application/json", 400),
        (b'"text"', "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"answers": {"reason": "a\\u0000b"}, "username": "a"}', "application/json", 400),
        (b'{"answers": {"reason": "\\ud800"}, "username": "a"}', "application/json", 400),
        (b'{"answers": {"\\udfff": 1}}', "application/json", 400),
        (b'{"answers": {"days": NaN}}', "application/json", 400),
        (b'{"answers": {"days": ' + b"9" * 5000 + b"}}", "application/json", 400),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_no_object_of_text_and_numbers_is_refused(
    client: FlaskClient, path: str, data: bytes, kind: str, status: int
) -> None:
    assert sends(client, "POST", path, data=data, content_type=kind).status_code in (status, 403, 404)


@pytest.mark.parametrize("value", [2**31, 2**63, -(2**70), 1e300, "9" * 30, True, [], {}, "2026-02-30", "9999-99-99"])
@pytest.mark.parametrize("field", ["amount_claimed", "requester_organization", "right_files", "right_type", "major"])
def test_a_value_that_cannot_be_is_named_and_never_breaks_anything(office: Office, field: str, value: Any) -> None:
    answer = office.requester.does("/cases", {"process": "mediation", "answers": office.request(**{field: value})}, ANY)
    assert "status" not in answer or answer["status"] in (403, 422), answer


class _Any(int):
    def __eq__(self, other: object) -> bool:
        return isinstance(other, int) and other < 500

    def __hash__(self) -> int:
        return 0


ANY = _Any()


@pytest.mark.parametrize(
    "query",
    [
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
    ],
)
def test_a_list_asked_for_wrongly_says_what_is_wrong(client: FlaskClient, query: str) -> None:
    assert sends(client, "GET", f"/tasks?{query}").status_code in (200, 400, 422)


@pytest.mark.parametrize("name", ["a\x00b.pdf", "../../etc/passwd", "图" * 400 + ".pdf", "\ud83d.pdf", "x"])
def test_a_strange_file_name_breaks_nothing(client: FlaskClient, name: str) -> None:
    body = {"file": (BytesIO(b"%PDF-1.4\n%%EOF\n"), name.encode("utf-8", "replace").decode())}
    assert sends(client, "POST", "/files", data=body).status_code in (201, 422)


def test_files_come_as_a_form_with_a_file(client: FlaskClient) -> None:
    assert sends(client, "POST", "/files", data=json.dumps({}), content_type="application/json").status_code == 415
    assert sends(client, "POST", "/files", data={"note": "x"}, content_type="multipart/form-data").status_code == 422
    broken = sends(client, "POST", "/files", data=b"--x\r\n", content_type="multipart/form-data; boundary=x")
    assert broken.status_code in (400, 422)


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Basic abc", "Bearer \xff", "Bearer " + "x" * 5000])
def test_a_token_that_is_none_is_refused_with_the_way_to_ask(office: Office, header: str) -> None:
    answer = Context().run(office.app.test_client().get, f"{API}/tasks", headers={"Authorization": header})
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
