"""Signing in with a second factor, and setting it up, at a browser and over the API."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.domain.roles import Role
from app.models import User
from app.services import second_factor
from tests.factories import people
from tests.services.test_second_factor import digits, enrolled, kinds
from tests.web.browser import Browser


@pytest.fixture
def clerk(session: Session) -> User:
    return people.person(session, Role.INTAKE_CLERK, unit=people.unit(session), username="chenhuimin")


@pytest.fixture
def required(app: Flask) -> None:
    """Let clerks need a second factor."""
    second_factor.require_of(frozenset({"intake_clerk"}))


def test_a_password_alone_opens_no_page_and_the_digits_lead_to_the_one_that_was_asked_for(
    app: Flask, clerk: User
) -> None:
    enrolled(clerk)
    browser = Browser(app)
    half = browser.logs_in(clerk, next="/profile")
    assert half.location == "/login/code?next=/profile"
    assert not browser.is_signed_in() and "login" not in kinds()
    wrong = browser.posts("/login/code", {"code": "000000x", "next": "/profile"}, expects=422)
    assert second_factor.WRONG in wrong.text
    assert browser.posts("/login/code", {"code": digits(clerk, 1), "next": "/profile"}).location == "/profile"
    assert browser.is_signed_in() and kinds()[-1] == "login"


def test_the_second_step_is_nobodys_without_the_first_and_not_for_long(
    app: Flask, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrolled(clerk)
    browser = Browser(app)
    assert browser.gets("/login/code", expects=303).location == "/login"
    assert browser.posts("/login/code", {"code": digits(clerk, 1)}).location == "/login"
    browser.logs_in(clerk)
    monkeypatch.setattr("app.web.security.HALFWAY_SECONDS", -1)
    assert browser.posts("/login/code", {"code": digits(clerk, 1)}).location == "/login"
    assert not browser.is_signed_in()


def test_who_needs_one_sets_it_up_before_anything_else_with_a_picture_for_the_phone(
    app: Flask, clerk: User, required: None
) -> None:
    browser = Browser(app)
    browser.logs_in(clerk)
    assert browser.gets("/workbench", expects=303).location == "/profile/second-factor"
    assert "请先设置" in browser.gets("/profile/second-factor").text
    browser.posts("/profile/second-factor/begin")
    page = browser.gets("/profile/second-factor").text
    assert 'src="data:image/svg+xml' in page and re.search(r'id="second-factor-secret"[^>]*>([A-Z2-7]{4} ?){8}<', page)
    browser.posts("/profile/second-factor/confirm", {"code": "1"}, expects=422)
    codes = browser.posts("/profile/second-factor/confirm", {"code": digits(clerk)}, expects=200).text
    assert len(re.findall(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}", codes)) == 10
    browser.gets("/workbench")
    assert "关闭两步验证" not in browser.gets("/profile/second-factor").text


def test_who_needs_none_may_have_one_and_go_without_again(app: Flask, clerk: User) -> None:
    browser = Browser(app)
    browser.logs_in(clerk)
    browser.posts("/profile/second-factor/begin")
    browser.posts("/profile/second-factor/confirm", {"code": digits(clerk)}, expects=200)
    browser.posts("/profile/second-factor/end", {"code": "x"}, expects=422)
    browser.posts("/profile/second-factor/end", {"code": digits(clerk, 1)})
    assert Browser(app).logs_in(clerk).location == "/workbench"


def test_an_administrator_resets_it_for_who_lost_the_phone(app: Flask, session: Session, clerk: User) -> None:
    enrolled(clerk)
    admin = people.person(session, Role.ADMIN, unit=people.unit(session))
    browser = Browser(app)
    browser.logs_in(admin)
    assert "重置两步验证" in browser.gets(f"/people/{clerk.id}").text
    browser.posts(f"/people/{clerk.id}/second-factor", {"reason": "手机遗失，已当面核对"})
    assert "重置两步验证" not in browser.gets(f"/people/{clerk.id}").text.partition("最近的登录")[0]
    assert Browser(app).logs_in(clerk).location == "/workbench"


def test_a_token_needs_the_second_factor_too(app: Flask, clerk: User) -> None:
    enrolled(clerk)
    client = app.test_client()
    given = {"username": clerk.username, "password": people.PASSWORD}
    code = digits(clerk, 1)
    for wrong in ({}, {"code": "000000x"}):
        assert client.post("/api/v1/tokens", json={**given, **wrong}).status_code == 401
    assert client.post("/api/v1/tokens", json={**given, "code": 1}).status_code == 422
    assert client.post("/api/v1/tokens", json={**given, "code": code}).status_code == 200


def test_who_has_to_set_one_up_first_gets_no_token(app: Flask, clerk: User, required: None) -> None:
    given = {"username": clerk.username, "password": people.PASSWORD}
    answer = app.test_client().post("/api/v1/tokens", json=given)
    assert answer.status_code == 401 and "两步验证" in answer.json["detail"]
