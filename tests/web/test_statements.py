"""A list asks the database as often for many rows as for few, and an act asks each thing once."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, update

from app import clock
from app.models import Invitation, Organization, db
from tests.flows.office import POINTS, Office
from tests.web.browser import Browser

LISTS = (
    ("supervisor", "/supervision"),
    ("supervisor", "/supervision?target=internal"),
    ("supervisor", "/supervision/figures"),
    ("supervisor", "/supervision/bottlenecks"),
    ("supervisor", "/cases"),
    ("clerk", "/workbench"),
    ("clerk", "/workbench?queue=group"),
    ("requester", "/matters"),
    ("respondent", "/matters"),
    ("requester", "/messages"),
    ("admin", "/people"),
)
ALLOWED = 2  # rows of a kind that the list had not before may ask for what belongs to them, all at once


@contextmanager
def counted() -> Iterator[list[str]]:
    """Return what is asked of the database as long as the block lasts."""
    statements: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", count)


def test_no_list_asks_for_each_of_its_rows(office: Office, today: Any) -> None:
    browsers = {who: Browser(office.app) for who, _ in LISTS}
    for who, browser in browsers.items():
        browser.logs_in(who)
    with_a_code(office)
    few = asked(browsers)
    for _ in range(4):
        with_a_code(office)
    today.moves(days=12)  # periods come near their end
    for who, browser in browsers.items():
        browser.logs_in(who)
    many = asked(browsers)
    assert {path: (few[path], many[path]) for path in few if many[path] > few[path] + ALLOWED} == {}


def with_a_code(office: Office) -> None:
    """Let the respondent, whom nobody has verified, come into a served case with a code."""
    db.session.execute(update(Organization).where(Organization.id == office.responding.id).values(verified=False))
    used = {"digest": secrets.token_hex(32), "created_by_id": office.clerk.id, "used_by_id": office.respondent.id}
    times = dict.fromkeys(("created_at", "expires_at", "used_at"), clock.now())
    db.session.add(Invitation(party_id=office.served().party(office.responding.name), **used, **times))
    db.session.commit()


def asked(browsers: dict[str, Browser]) -> dict[str, int]:
    """Return how often each list asks."""
    found = {}
    for who, path in LISTS:
        with counted() as statements:
            browsers[who].gets(path)
        found[path] = len(statements)
    return found


def test_an_act_reads_once_what_it_counts_periods_from(office: Office) -> None:
    case = office.files()
    task = case.task("formality_check", office.clerk)
    answers = {"check": "accept", "points": POINTS}
    office.clerk.headers()  # logs in
    with counted() as statements:
        office.clerk.does(f"/tasks/{task}/complete", {"answers": answers})
    for table in ("calendar_day", "milestone", "clock_pause", "deadline"):
        assert len([s for s in statements if s.startswith("SELECT") and f"FROM {table}" in s]) == 1, table
    at_the_door = 2  # on SQLite a look without the write lock comes first: whether there is such a token at all
    assert len(statements) <= 40 + at_the_door


def test_a_new_case_is_not_asked_what_the_act_knows(office: Office) -> None:
    files = {name: [office.clerk.uploads()] for name in ("identity_files", "right_files")}
    answers = office.request(co_requesters=[office.entry(office.requesting)], **files)
    del answers["requester_organization"]
    with counted() as statements:
        opened = office.clerk.does("/cases", {"process": "mediation", "answers": answers}, 201)
    assert len([s for s in statements if s.startswith("SELECT process_version.digest")]) == 1
    assert not [s for s in statements if s.startswith("SELECT") and "FROM task" in s]
    assert len(opened["tasks"]) == 1
    assert opened["tasks"] == office.clerk.sees(f"/cases/{opened['id']}")["tasks"]


@pytest.fixture
def app(app: Any) -> Any:
    """Return the application, whose people stay signed in for days."""
    app.config["SESSION_IDLE_MINUTES"] = 60 * 24 * 30
    return app
