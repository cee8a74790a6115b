"""What an administrator reads about what broke: sentences, in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import select

from app import clock
from app.jobs import incidents, runs
from app.models import Incident, db
from app.services import acting, attempts
from app.web.words import word
from tests.flows.office import POINTS, Office
from tests.web.browser import Browser


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_kind_of_incident_is_told_in_words(app: Flask, language: str) -> None:
    with app.test_request_context(), force_locale(language):
        told = {kind: word("incident", kind) for kind in attempts.KINDS}
    assert all(text != kind for kind, text in told.items())


def test_the_page_tells_what_did_not_work(office: Office) -> None:
    incidents.remember(db.session, "file_missing", 7, error="文件“a.pdf”的内容不在了")
    browser = Browser(office.app)
    browser.logs_in("admin")
    page = browser.gets("/administration/incidents").text
    assert "一份文件的内容不在存储中" in page and "file_missing" not in page


def test_all_that_waits_is_counted(office: Office) -> None:
    rows = [
        {"reference": f"I{n}", "what": "lapse", "attempt": {"args": [n]}, "error": "…", "at": clock.now()}
        for n in range(101)
    ]
    db.session.add_all(Incident(**row) for row in rows)
    browser = Browser(office.app)
    browser.logs_in("admin")
    assert "101 件异常等待处理" in browser.gets("/administration").text


def test_who_retries_what_somebody_has_done_meanwhile_is_told_so(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = office.files()
    accept = {"check": "accept", "points": POINTS}

    def breaks(*_given: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setitem(acting.STEPS, "formality_check", breaks)
        office.clerk.answers(case, "formality_check", expects=500, **accept)
    office.clerk.answers(case, "formality_check", **accept)
    found = db.session.scalars(select(Incident)).one()
    browser = Browser(office.app)
    browser.logs_in("admin")
    browser.posts(f"/administration/incidents/{found.id}/retry")
    assert "已由他人办理，无需重试" in browser.gets("/administration/incidents").text


def test_the_numbers_of_a_job_are_called_totals_and_mail_that_cannot_go_out_says_so(office: Office) -> None:
    runs.note(db.session(), {"outbox": {"done": 854, "left": 0}, "documents": {"done": 3, "left": 0}})
    browser = Browser(office.app)
    browser.logs_in("admin")
    told = "没有配置邮件服务器，邮件留待发送"
    page = browser.gets("/administration/jobs").text
    assert "启动以来累计 854 件" in page and "启动以来累计 3 件" in page
    assert page.count(told) == 1
    office.app.config["PEIYOU"] = replace(office.app.config["PEIYOU"], SMTP_URL="smtp://mail.example.cn")
    assert told not in browser.gets("/administration/jobs").text
