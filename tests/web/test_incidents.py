"""What an administrator reads about what broke: sentences, in both languages."""

from __future__ import annotations

import pytest
from flask import Flask
from flask_babel import force_locale

from app.services import attempts
from app.web.words import word
from tests.flows.office import Office
from tests.web.browser import Browser


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_kind_of_incident_is_told_in_words(app: Flask, language: str) -> None:
    with app.test_request_context(), force_locale(language):
        told = {kind: word("incident", kind) for kind in attempts.KINDS}
    assert all(text != kind for kind, text in told.items())


def test_the_page_tells_what_did_not_work(office: Office) -> None:
    from app.jobs import incidents
    from app.models import db

    incidents.remember(db.session, "file_missing", 7, error="文件“a.pdf”的内容不在了")
    browser = Browser(office.app)
    browser.logs_in("admin")
    page = browser.gets("/administration/incidents").text
    assert "一份文件的内容不在存储中" in page and "file_missing" not in page
