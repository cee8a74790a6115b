"""What is shown when something does not go as it should."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import text

from app.models import db


def test_a_page_that_is_not_there_says_so_in_words(app: Flask) -> None:
    answer = app.test_client().get("/nothing-here")
    assert answer.status_code == 404
    assert "<h1" in answer.text


def test_without_a_database_a_page_still_speaks(app: Flask) -> None:
    db.session.execute(text("DROP TABLE setting"))
    db.session.commit()
    answer = app.test_client().get("/guides")
    assert answer.status_code == 503
    assert "暂时无法使用" in answer.text
