"""No route and no call shows, counts or changes anything of a case to people who are not of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app import policy
from app.api.routes import OPERATIONS
from app.models import Base, Deadline, Document, Organization, Task, User, db
from app.services.acting import ACTS, STARTS
from app.web.access import OPEN, PAGES
from tests.access.town import MISSING, NOTE, OUTSIDERS, Town, Visitor

ROOT = Path(__file__).parents[2]
OF_THE_OTHER = ("stranger", "other_mediator")
WERE_OF_IT = ("mediator", "ex_agent")
API = "/api/v1"
WORDS = {
    "name": "withdraw",
    "act": "recuse",
    "what": "phone",
    "process": "mediation",
    "key": "mediation",
    "filename": "none.css",
    "digest": "0" * 64,
    "token": "of-nobody",
    "number": "1",
    "award": "AW05",
    "indicator_key": "inventions",
    "call_id": "1",
    "batch_id": "1",
    "grant_id": "1",
    "list_id": "1",
    "since": "2020-01-01",
    "notice": "2026-1",
    "objection_id": "1",
    "file_id": "1",
    "target_id": "K04",
    "value_id": "1",
    "district_task_id": "1",
    "support_id": "1",
    "member_id": "1",
    "bar_id": "1",
    "need_id": "1",
    "course_id": "1",
    "seat_id": "1",
    "certificate": "PX2026-22222222",
    "contact_id": "1",
    "item_id": "1",
    "plan_id": "1",
    "policy_id": "1",
    "push_id": "1",
}
TYPED = {"reason": "理由写得足够长", "text": "请尽快办理", "to": "1", "name": "视图", "answer": "confirm"}


# -- the tables --------------------------------------------------------------------------------------------------------


def test_every_page_has_a_line_and_no_line_is_left_over(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules() if not rule.endpoint.startswith("api.")}
    assert endpoints == set(PAGES)


def test_every_call_has_a_line_and_no_line_is_left_over(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.startswith("api.")}
    assert endpoints == set(OPERATIONS)


def test_every_action_has_a_line_in_the_policy_and_no_line_is_left_over(app: Flask) -> None:
    sources = [*ROOT.glob("app/**/*.py"), *ROOT.glob("app/templates/**/*.html")]
    asked: set[str] = set()
    for source in sources:
        text = source.read_text()
        asked.update(re.findall(r"\b(?:may|check)\([^)]*?[\"'](\w+\.\w+)[\"']", text))
    asked.update(f"act.{name}" for name in ACTS)
    asked.update(f"case.start.{name}" for name in STARTS)
    assert asked == set(policy.MAY)


def test_an_action_without_a_line_is_nobodys(app: Flask, town: Town) -> None:
    for user in db.session.scalars(select(User)):
        assert not policy.may(user, "case.burn")


# -- strangers ---------------------------------------------------------------------------------------------------------


def test_a_stranger_is_sent_to_the_door_from_everywhere_but_the_open_pages(app: Flask, town: Town) -> None:
    stranger = Visitor(app, "")
    for rule, method in _ways(app):
        path = _path(rule, town.ids)
        if rule.endpoint.startswith("api."):
            expected = {401} if not OPERATIONS[rule.endpoint].open else {200, 400, 415, 422}
            found = stranger.calls(method, path, {} if method == "POST" else None)
        else:
            found = stranger.gets(path) if method == "GET" else stranger.posts(path, TYPED)
            if PAGES[rule.endpoint] is OPEN:
                assert found.status_code < 500 or rule.endpoint == "health.ready", path
                continue
            expected = {303}
            assert found.location.startswith("/login"), path
        assert found.status_code in expected, (path, found.status_code)


@pytest.mark.parametrize("username", ["left"])
def test_a_closed_account_opens_nothing(app: Flask, town: Town, username: str) -> None:
    visitor = Visitor(app, username)
    assert visitor.gets("/profile").location.startswith("/login")
    answer = visitor.person.client.post(
        f"{API}/tokens", json={"username": username, "password": "right-Horse-7-battery"}
    )
    assert answer.status_code == 401


# -- people who are not of the case ------------------------------------------------------------------------------------


@pytest.mark.parametrize("username", OUTSIDERS, ids=lambda name: OUTSIDERS[name])
def test_what_is_not_theirs_looks_like_what_is_not_there(app: Flask, town: Town, username: str) -> None:
    visitor = Visitor(app, username)
    differ = []
    for rule, method in _ways(app):
        if not rule.arguments or (
            username == "admin" and rule.endpoint.startswith(("people.", "administration.", "calendar."))
        ):
            continue
        for theirs, nothing in _numbers(rule, town, username):
            found = _asks(visitor, rule, method, theirs, town)
            missing = _asks(visitor, rule, method, nothing, town)
            _holds_nothing(found, town, f"{method} {rule.rule}")
            assert found.status_code < 500 and missing.status_code < 500, (method, rule.rule, found.status_code)
            if _plain(found) != _plain(missing):
                differ.append((method, rule.rule, theirs, found.status_code, missing.status_code))
    assert not differ


@pytest.mark.parametrize("username", OUTSIDERS, ids=lambda name: OUTSIDERS[name])
def test_no_page_names_the_case_to_who_is_not_of_it(app: Flask, town: Town, username: str) -> None:
    visitor = Visitor(app, username)
    for path in _pages(app, town):
        page = visitor.gets(path)
        assert page.status_code < 500 or path == "/readyz", path
        if username == "admin" and path.startswith(("/people", "/administration/incidents")):
            continue  # who acts for which organisation, and what broke in which case, is theirs to administer
        if username in WERE_OF_IT and path == "/messages":
            continue  # what they were told while they were of the case stays with them
        _holds_nothing(page, town, path)
    for queue in ("mine", "group", "following", "done"):
        _holds_nothing(visitor.calls("GET", f"{API}/tasks?queue={queue}&limit=100"), town, queue)
        _holds_nothing(visitor.gets(f"/workbench?queue={queue}"), town, queue)


@pytest.mark.parametrize("username", OUTSIDERS, ids=lambda name: OUTSIDERS[name])
def test_a_new_case_of_others_changes_no_number_that_they_see(app: Flask, town: Town, username: str) -> None:
    visitor, requester = Visitor(app, username), Visitor(app, "requester")
    visitor.person.headers()  # a token is a line on one's own page
    paths = [*_lists(town)]
    calls = [f"{API}/tasks?queue={q}" for q in ("mine", "group", "following", "done")]
    before = [_plain(visitor.gets(p)) for p in paths] + [_plain(visitor.calls("GET", p)) for p in calls]
    _files_another(requester, town)
    after = [_plain(visitor.gets(p)) for p in paths] + [_plain(visitor.calls("GET", p)) for p in calls]
    for path, was, now in zip([*paths, *calls], before, after, strict=True):
        assert was == now, path


@pytest.mark.parametrize("username", ["stranger", "requester"])
def test_a_file_that_somebody_else_uploaded_is_refused_like_one_that_is_not_there(
    app: Flask, town: Town, username: str
) -> None:
    visitor = Visitor(app, username)
    owner = Visitor(app, "respondent")
    theirs = owner.person.uploads("别人的.pdf")
    answers = []
    for number in (theirs, MISSING):
        given = {**_request(visitor, town), "right_files": [number]}
        answer = visitor.calls("POST", f"{API}/cases", {"process": "mediation", "answers": given})
        assert answer.status_code == 422 and "files" in answer.json["errors"], answer.text
        answers.append(_plain(answer))
        assert visitor.gets(f"/files/{number}").status_code == 404
    assert answers[0] == answers[1]


# -- the two sides of one case -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("username", ["requester", "respondent", "agent"])
def test_a_party_opens_only_the_papers_periods_and_tasks_that_its_file_lists(
    app: Flask, town: Town, username: str
) -> None:
    visitor = Visitor(app, username)
    case_id = town.ids["case_id"]
    file = visitor.calls("GET", f"{API}/cases/{case_id}").json
    listed = {name: {row["id"] for row in file[name]} for name in ("documents", "deadlines", "tasks")}
    for table, name, path in (
        (Document, "documents", f"/files/cases/{case_id}/{{}}"),
        (Deadline, "deadlines", f"/cases/{case_id}/clocks/{{}}"),
        (Task, "tasks", "/tasks/{}"),
    ):
        numbers = db.session.scalars(select(table.id).where(table.case_id == case_id)).all()
        open_to = {n for n in numbers if visitor.gets(path.format(n)).status_code != 404}
        closed = {n for n in open_to if name == "tasks" and not db.session.get_one(Task, n).is_open}
        assert open_to - closed == listed[name], name
    assert NOTE not in visitor.gets(f"/cases/{case_id}?tab=notes").text


@pytest.mark.parametrize("username", ["requester", "respondent"])
def test_beside_a_form_a_party_sees_no_paper_that_it_may_not_open(app: Flask, town: Town, username: str) -> None:
    visitor = Visitor(app, username)
    case_id = town.ids["case_id"]
    hidden = db.session.scalars(
        select(Document.title).where(Document.case_id == case_id, Document.seen_by != "all")
    ).all()
    assert hidden
    seen = {d["title"] for d in visitor.calls("GET", f"{API}/cases/{case_id}").json["documents"]}
    for number in db.session.scalars(select(Task.id).where(Task.case_id == case_id)):
        page = visitor.gets(f"/tasks/{number}")
        assert not [title for title in hidden if title not in seen and title in page.text], number


def test_a_mediator_does_not_put_a_case_into_a_queue_where_others_read_it(app: Flask, town: Town) -> None:
    mediator = Visitor(app, "second_mediator")
    held = select(Task.id).where(Task.assignee_id == town.users["second_mediator"], Task.state == "open")
    number = db.session.scalars(held).one()
    assert mediator.calls("POST", f"{API}/tasks/{number}/release", {"reason": "换一位"}).status_code == 403


# -- every way in ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("username", ["clerk", "director", "supervisor", "admin", "requester", "second_mediator"])
def test_looking_changes_nothing(app: Flask, town: Town, username: str) -> None:
    visitor = Visitor(app, username)
    visitor.person.headers()
    before = _rows()
    for rule, method in _ways(app):
        if method == "GET":
            path = _path(rule, town.ids)
            found = visitor.calls("GET", path) if rule.endpoint.startswith("api.") else visitor.gets(path)
            assert found.status_code < 500 or rule.endpoint == "health.ready", path
    assert _rows() == before


def test_a_form_without_its_token_is_refused_everywhere(app: Flask, town: Town) -> None:
    visitor = Visitor(app, "clerk")
    before = _rows()
    for rule, method in _ways(app):
        if method == "POST" and not rule.endpoint.startswith("api."):
            answer = visitor._goes("post", _path(rule, town.ids), data=TYPED)
            assert answer.status_code == 400, rule.rule
    assert _rows() == before


def test_numbers_that_no_row_can_have_lead_nowhere(app: Flask, town: Town) -> None:
    visitor = Visitor(app, "clerk")
    for number in (0, 2**31, 2**63, 10**40):
        for path in (f"/cases/{number}", f"/tasks/{number}", f"/files/{number}"):
            assert visitor.gets(path).status_code == 404, path
        assert visitor.calls("GET", f"{API}/cases/{number}").status_code == 404
    bulk = visitor.posts("/workbench/bulk", {"task": ["9" * 30, "²", "x"], "action": "claim"})
    assert bulk.status_code == 422


def test_a_page_that_takes_only_forms_says_so(app: Flask, town: Town) -> None:
    answer = Visitor(app, "clerk").gets("/logout")
    assert (answer.status_code, set(answer.allow)) == (405, {"OPTIONS", "POST"})
    assert "<h1>" in answer.text


def test_characters_that_no_database_takes_are_refused(app: Flask, town: Town) -> None:
    visitor = Visitor(app, "clerk")
    for path in ("/cases?text=a%00b", "/cases/new/%00", "/workbench?process=%00", "/guides/%00"):
        assert visitor.gets(path).status_code == 400, path


# -- helpers -----------------------------------------------------------------------------------------------------------


def _ways(app: Flask) -> list[tuple[Rule, str]]:
    rules = sorted(app.url_map.iter_rules(), key=lambda r: r.rule)
    return [(rule, method) for rule in rules for method in ("GET", "POST") if method in (rule.methods or ())]


def _path(rule: Rule, numbers: dict[str, int]) -> str:
    values = {**WORDS, **numbers, "scope": f"act:{numbers['case_id']}:withdraw"}
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda m: str(values[m[1]]), rule.rule)


def _numbers(rule: Rule, town: Town, username: str) -> list[tuple[dict[str, int], dict[str, int]]]:
    """Return pairs of numbers: of the case that is not theirs, and of nothing; with their own case where they have one."""
    nothing = dict.fromkeys(town.ids, MISSING)
    pairs = [(town.ids, nothing)]
    if "case_id" in rule.arguments and len(rule.arguments & set(town.ids)) > 1 and username in OF_THE_OTHER:
        pairs.append(({**town.ids, "case_id": town.own_case}, {**nothing, "case_id": town.own_case}))
    return pairs


def _asks(visitor: Visitor, rule: Rule, method: str, numbers: dict[str, int], town: Town) -> TestResponse:
    path = _path(rule, numbers)
    if rule.endpoint.startswith("api."):
        return visitor.calls(method, path, {"answers": {}} if method == "POST" else None)
    if method == "GET":
        return visitor.gets(path)
    return visitor.posts(path, {**TYPED, "task": str(numbers["task_id"])})


_CHANGING = re.compile(
    r'name="csrf-token" content="[^"]*"|name="csrf_token"[^>]*>|\b\d{1,2}:\d{2}(:\d{2})?\b|E[0-9A-F]{8}|\?v=\w+'
    r'|<div class="flash-line[^>]*>[^<]*</div>|\s'  # what the request before had to say
)


def _plain(answer: TestResponse) -> tuple[int, str, str]:
    """Return what somebody could tell answers apart by: status, kind, and text without numbers that they asked with."""
    text = _CHANGING.sub("", re.sub(r'name="once" value="[^"]+"', "", answer.get_data(as_text=True)))
    where = answer.headers.get("Location", "")
    return answer.status_code, answer.mimetype or "", re.sub(r"(?<=[/:=])\d+", "#", f"{where}\n{text}")


def _holds_nothing(answer: TestResponse, town: Town, where: str) -> None:
    text = answer.get_data().decode("utf-8", "replace")
    typed = unquote(where)  # a search shows what was sought
    told = [secret for secret in town.secrets if secret in text and secret not in typed]
    assert not told, (where, told)


def _pages(app: Flask, town: Town) -> list[str]:
    plain = [r.rule for r, method in _ways(app) if method == "GET" and not r.arguments and not r.rule.startswith(API)]
    return sorted({*plain, *_lists(town)})


def _lists(town: Town) -> list[str]:
    return [
        "/cases",
        *(f"/cases?text={quote(secret)}" for secret in town.secrets[:4]),
        "/cases?state=open",
        *(f"/workbench?queue={q}" for q in ("mine", "group", "following", "done")),
        "/matters",
        "/messages",
        "/profile",
        *(f"/supervision{path}" for path in ("", "?target=internal", "/figures", "/bottlenecks")),
    ]


def _request(visitor: Visitor, town: Town) -> dict[str, Any]:
    other = db.session.scalars(select(Organization).where(Organization.name == town.secrets[3])).one()
    entry = {"kind": "enterprise", "name": other.name, "uscc": other.uscc, "address": "广东省佛山市南海区"}
    form = {
        "requester_organization": town.organizations[visitor.username],
        "respondents": [{**entry, "legal_representative": "王晨光"}],
        "right_type": "design",
        "right_number": "ZL 2023 3 0418812.8",
        "right_name": "电热水壶",
        "right_holder": "权利人",
        "standing": "holder",
        "dispute_kind": "infringement",
        "requests": ["停止销售被控产品"],
        "facts": "请求人在展会上发现被请求人销售与其外观设计相同的电热水壶。",
        "no_suit": True,
        "e_service": True,
    }
    return {**form, "right_files": [visitor.person.uploads("权利证明.pdf")]}


def _files_another(requester: Visitor, town: Town) -> None:
    answer = requester.calls("POST", f"{API}/cases", {"process": "mediation", "answers": _request(requester, town)})
    assert answer.status_code == 201, answer.text


def _rows() -> dict[str, int]:
    db.session.rollback()
    tables = Base.metadata.sorted_tables
    return {t.name: db.session.scalar(select(func.count()).select_from(t)) or 0 for t in tables}
