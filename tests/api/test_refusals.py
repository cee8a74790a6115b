"""What the API and the pages answer to what they cannot do: the status says what was wrong."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from tests.flows.office import POINTS, Office, build
from tests.web.browser import Browser


@pytest.fixture
def office(app: Any, session: Any) -> Office:
    return build(app, session)


def cursor(*content: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode()


FORGED = {
    "no text": ("case", cursor([1], 1)),
    "before the first day": ("opened", cursor("0001-01-01T00:00:00+14:00", 1)),
    "after the last day": ("opened", cursor("9999-12-31T23:59:59-14:00", 1)),
    "yes instead of a number": ("opened", cursor("2026-01-01T00:00:00+00:00", True)),
    "a number instead of a day": ("due", cursor(1, 1)),
}


@pytest.mark.parametrize("what", FORGED)
def test_a_forged_cursor_is_refused_with_a_sentence(office: Office, what: str) -> None:
    sort, forged = FORGED[what]
    queue = "done" if sort == "opened" else "mine"
    for address in (f"/tasks?sort={sort}&cursor={forged}", f"/tasks?queue={queue}&sort={sort}&cursor={forged}"):
        assert "cursor" in office.clerk.sees(address, 422)["errors"]
    browser = Browser(office.app)
    browser.logs_in("clerk")
    for address in (f"/workbench?sort={sort}&cursor={forged}", f"/cases?cursor={forged}"):
        assert "翻页位置无效" in browser.gets(address, expects=422).text


@pytest.mark.parametrize("body", [{}, {"process": "nothing"}, {"process": 5}, {"process": ["mediation"]}])
def test_a_process_that_is_none_is_named(office: Office, body: dict[str, Any]) -> None:
    assert list(office.requester.does("/cases", body, 422)["errors"]) == ["process"]


@pytest.mark.parametrize("limit", ["0", "101", "-1", "x"])
def test_a_page_has_one_to_a_hundred_rows(office: Office, limit: str) -> None:
    assert "limit" in office.clerk.sees(f"/tasks?limit={limit}", 422)["errors"]
    office.clerk.sees("/tasks?limit=100")


def test_a_file_too_large_and_a_file_of_no_accepted_kind_have_their_own_status(office: Office) -> None:
    office.app.config["UPLOAD_LIMIT"] = 1024 * 1024 // 4
    assert "files" in office.requester.uploads(data=b"%PDF-1.7\n" + b"0" * 1024 * 300, expects=413)["errors"]
    assert office.requester.uploads("a.exe", b"MZ\x90\x00" + b"\x00" * 64, expects=415)["detail"]
    assert office.requester.uploads("a.pdf", b"", expects=422)["detail"]


def test_more_than_the_server_takes_at_once_is_refused_with_a_sentence(office: Office) -> None:
    office.app.config["MAX_CONTENT_LENGTH"] = 1024 * 1024
    answer = office.requester.client.post(
        "/api/v1/files",
        data=b"0" * 1024 * 1200,
        content_type="multipart/form-data; boundary=x",
        headers=office.requester.headers(),
    )
    assert "不能超过 1 MB" in answer.json["detail"]


def test_a_task_that_is_done_is_not_released_any_more(office: Office) -> None:
    case = office.files()
    task = case.task("formality_check", office.clerk)
    office.clerk.does(f"/tasks/{task}/claim")
    office.clerk.does(f"/tasks/{task}/complete", {"answers": {"check": "accept", "points": POINTS}})
    office.clerk.does(f"/tasks/{task}/release", {"reason": "请假"}, 409)


def test_who_looks_a_matter_up_too_often_is_told_so_with_429(office: Office) -> None:
    browser = Browser(office.app)
    for _ in range(10):
        browser.posts("/progress", {"number": "x", "tail": "0001"}, expects=422)
    assert "过于频繁" in browser.posts("/progress", {"number": "x", "tail": "0001"}, expects=429).text


def test_what_is_missing_is_said_in_the_language_that_was_asked_for(office: Office) -> None:
    english = {**office.clerk.headers(), "Accept-Language": "en"}
    client = office.clerk.client
    token = client.post("/api/v1/tokens", json={}, headers={"Accept-Language": "en"}).json
    file = client.post("/api/v1/files", data={"other": "x"}, content_type="multipart/form-data", headers=english).json
    task = office.files().task("formality_check", office.clerk)
    answers = client.post(f"/api/v1/tasks/{task}/complete", json={"answers": 1}, headers=english).json
    said = [*token["errors"]["username"], *file["errors"]["file"], *answers["errors"]["answers"]]
    assert len(said) == 3 and all(text.isascii() for text in said), said
