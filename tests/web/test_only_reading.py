"""What is only looked at keeps nobody from writing, however long it takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event

from app.documents import letters
from app.models import db
from tests.flows.office import Office
from tests.web.browser import Browser


@pytest.fixture
def said(office: Office) -> Iterator[list[str]]:
    """Return with what words transactions begin, on SQLite."""
    words: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.startswith("BEGIN"):
            words.append(statement)

    event.listen(db.engine, "before_cursor_execute", listen)
    yield words
    event.remove(db.engine, "before_cursor_execute", listen)


def test_the_histories_are_checked_without_the_lock_of_a_writer(office: Office, said: list[str]) -> None:
    office.served()
    browser = Browser(office.app)
    browser.logs_in("admin")
    browser.gets("/administration/audit")
    said.clear()
    browser.posts("/administration/audit", expects=200)
    assert said and set(said) == {"BEGIN"}


def test_a_letter_is_previewed_without_the_lock_of_a_writer(
    office: Office, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    task = office.agreed().task("draft_agreement", office.mediator)
    begun: list[str] = []

    def render(*_facts: Any, **_more: Any) -> bytes:
        begun.append(said[-1])
        return b"%PDF-1.7"

    monkeypatch.setattr(letters, "render", render)
    browser = Browser(office.app)
    browser.logs_in("mediator")
    browser.posts(f"/tasks/{task}/preview", {"terms": "停止销售被控产品", "amount": "80000"}, expects=200)
    assert begun == ["BEGIN"]
