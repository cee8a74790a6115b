"""What the office sets for itself: explained, checked, kept with who changed it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import current_app
from sqlalchemy import select

from app.models import AccessLog, db
from app.services import settings
from app.web.settings import FIELDS
from tests.flows.office import PASSWORD, Office
from tests.web.browser import Browser

PAGE = "/administration/settings"


@pytest.fixture
def admin(office: Office) -> Browser:
    browser = Browser(office.app)
    browser.logs_in("admin", PASSWORD)
    return browser


def as_they_are(**changes: Any) -> dict[str, Any]:
    now = settings.office(db.session())
    return {**{field: now[key] for field, key in FIELDS.items()}, **changes}


def test_every_value_is_on_the_page_with_its_default(admin: Browser) -> None:
    told = admin.gets(PAGE).text
    assert all(f'name="{field}"' in told for field in FIELDS)
    assert told.count("默认：") == len(FIELDS)


def test_a_change_holds_from_then_on_and_stays_on_record(admin: Browser) -> None:
    admin.posts(PAGE, as_they_are(office_court="佛山市禅城区人民法院", service_public_notice_days="30"))
    assert settings.get(db.session(), "office.court") == "佛山市禅城区人民法院"
    assert settings.get(db.session(), "service.public_notice_days") == 30
    assert settings.length(db.session(), "service.public_notice") == 30
    assert settings.length(db.session(), "mediation.statement") is None
    lines = db.session.scalars(select(AccessLog).where(AccessLog.kind == "setting_changed")).all()
    assert {(one.username, one.detail["key"]) for one in lines} == {
        ("admin", "office.court"),
        ("admin", "service.public_notice_days"),
    }
    told = admin.gets(PAGE).text
    assert "60 → 30" in told


@pytest.mark.parametrize(
    ("changes", "rule", "due"),
    [
        ({}, "TL24", "2026-05-06"),
        ({"service_public_notice_days": "30"}, "TL24", "2026-04-01"),
        ({"remedy_suit_within": "六个月"}, "TL20", "2026-09-02"),
    ],
)
def test_the_command_reckons_with_what_the_office_has_set(
    admin: Browser, changes: dict[str, str], rule: str, due: str
) -> None:
    admin.posts(PAGE, as_they_are(**changes))
    words = ("--rule", rule, "--received", "2026-03-02", "--from", "2026-03-02")
    assert due in current_app.test_cli_runner().invoke(args=["deadlines", "compute", *words]).stdout


def test_the_page_says_which_text_gives_the_time_to_sue_and_the_rule_follows_what_is_chosen(admin: Browser) -> None:
    told = admin.gets(PAGE).text
    assert "十五日：《专利侵权纠纷行政裁决办案指南》（2019）的文书格式" in told
    assert "六个月：《行政诉讼法》第四十六条" in told
    assert settings.variant(db.session(), "adjudication.remedy") is None
    admin.posts(PAGE, as_they_are(remedy_suit_within="六个月"))
    assert settings.variant(db.session(), "adjudication.remedy") == "suit"
    assert settings.variant(db.session(), "mediation.statement") is None


@pytest.mark.parametrize(
    ("field", "value"),
    [("office_name", ""), ("office_postcode", "12"), ("service_public_notice_days", "15"), ("office_phone", "abc")],
)
def test_a_value_that_cannot_be_is_refused_beside_its_field(admin: Browser, field: str, value: str) -> None:
    told = admin.posts(PAGE, as_they_are(**{field: value}), expects=422).text
    assert f'id="{field}-error"' in told
    assert not db.session.scalars(select(AccessLog).where(AccessLog.kind == "setting_changed")).all()


def test_only_an_administrator_changes_what_the_office_sets(office: Office) -> None:
    browser = Browser(office.app)
    browser.logs_in("clerk", PASSWORD)
    browser.gets(PAGE, expects=403)
    browser.posts(PAGE, {}, expects=403)
