"""What is answered while somebody else keeps the database: that it is busy, at once and without asking it again."""

from __future__ import annotations

import sqlite3
import time

import pytest
from sqlalchemy.exc import OperationalError

from app.models import db
from tests.flows.office import Office
from tests.web.browser import Browser


@pytest.fixture
def held(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Return an office whose database somebody else keeps: who is asking cannot be looked up."""

    def locked(*_args: object) -> None:
        raise OperationalError("BEGIN IMMEDIATE", {}, sqlite3.OperationalError("database is locked"))

    office.requester.headers()
    monkeypatch.setattr("app.services.tokens.owner", locked)
    return office


def test_a_program_is_told_that_the_system_is_busy(held: Office) -> None:
    problem = held.requester.does("/cases", {"process": "mediation", "answers": {}}, expects=503)
    assert problem["detail"] == "系统正忙，请稍后再试一次"


def test_a_stranger_neither_waits_for_a_writer_nor_lets_writers_wait(office: Office) -> None:
    db.session.rollback()
    writer = sqlite3.connect(str(db.engine.url.database), isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    try:
        began = time.monotonic()
        answer = office.app.test_client().post(
            "/api/v1/cases", json={"process": "mediation"}, headers={"Authorization": "Bearer nobody"}
        )
        assert answer.status_code == 401
        assert time.monotonic() - began < 5  # whoever takes the lock waits for 15
    finally:
        writer.execute("ROLLBACK")
        writer.close()


def test_a_person_is_told_that_the_system_is_busy_and_nothing_has_changed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:

    browser = Browser(office.app)
    browser.logs_in("requester")
    office.app.config["PROPAGATE_EXCEPTIONS"] = False

    def locked(*_args: object, **_more: object) -> None:
        raise OperationalError("BEGIN IMMEDIATE", {}, sqlite3.OperationalError("database is locked"))

    monkeypatch.setattr("app.queries.matters.matters", locked)
    page = browser.gets("/matters", expects=503)
    assert "系统正忙，没有作任何更改" in page.text
