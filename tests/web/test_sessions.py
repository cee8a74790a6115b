"""Signing in and out, how long a session lasts, and what every answer tells the browser."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.roles import Role
from app.models import AccessLog, User
from app.services import accounts
from app.web.security import safe_next
from tests.conftest import Today
from tests.factories import people
from tests.web.browser import Browser


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app)


@pytest.fixture
def clerk(session: Session) -> User:
    return people.person(session, Role.INTAKE_CLERK, unit=people.unit(session), username="chenhuimin")


def test_an_official_comes_to_the_workbench_and_a_company_to_its_matters(
    app: Flask, session: Session, clerk: User
) -> None:
    outside = people.person(session, organization=people.organization(session))
    assert Browser(app).logs_in(clerk).location == "/workbench"
    assert Browser(app).logs_in(outside).location == "/matters"


@pytest.mark.parametrize(
    ("role", "page"),
    [(Role.SUPERVISOR, "/supervision"), (Role.ADMIN, "/administration"), (Role.DIRECTOR, "/workbench")],
)
def test_nobody_starts_at_a_list_that_stays_empty(app: Flask, session: Session, role: Role, page: str) -> None:
    official = people.person(session, role, unit=people.unit(session))
    browser = Browser(app)
    assert browser.logs_in(official).location == page
    assert browser.gets("/matters", expects=303).location == page
    browser.gets(page)


def test_a_wrong_password_is_refused_above_the_form_and_the_name_stays(browser: Browser, clerk: User) -> None:
    page = browser.logs_in(clerk, "wrong", expects=422)
    assert accounts.WRONG in page.text
    assert 'value="chenhuimin"' in page.text and "wrong" not in page.text
    assert not browser.is_signed_in()


def test_an_empty_form_names_both_fields(browser: Browser) -> None:
    page = browser.posts("/login", {}, expects=422)
    assert "请填写用户名" in page.text and "请填写密码" in page.text


def test_the_sixth_try_is_told_to_wait_even_with_the_right_password(browser: Browser, clerk: User) -> None:
    for _ in range(4):
        browser.logs_in(clerk, "wrong", expects=422)
    browser.logs_in(clerk, "wrong", expects=429)
    assert "15 分钟" in browser.logs_in(clerk, expects=429).text


def test_a_login_leads_to_the_page_that_was_asked_for(browser: Browser, clerk: User) -> None:
    asked = browser.gets("/profile?tab=x", expects=303)
    assert asked.location == "/login?next=/profile?tab%3Dx"
    assert 'name="next" value="/profile?tab=x"' in browser.gets(asked.location).text
    assert browser.logs_in(clerk, next="/profile?tab=x").location == "/profile?tab=x"


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil", "javascript:alert(1)", "", "profile",
     "/\t/evil.example", "/\n/evil.example", "http:///evil.example"],
)  # fmt: skip
def test_a_login_never_leads_elsewhere(browser: Browser, clerk: User, target: str) -> None:
    assert safe_next(target) is None
    assert browser.logs_in(clerk, next=target).location == "/workbench"


def test_who_is_signed_in_is_not_asked_again(browser: Browser, clerk: User) -> None:
    browser.logs_in(clerk)
    assert browser.gets("/login?next=/profile", expects=303).location == "/profile"


def test_a_session_is_new_after_a_login(browser: Browser, clerk: User) -> None:
    with browser.client.session_transaction() as before:
        before["planted"] = "x"
    token = browser.token()
    browser.logs_in(clerk)
    with browser.client.session_transaction() as after:
        assert "planted" not in after
    assert browser.token() != token


def test_a_form_without_its_token_is_refused(browser: Browser, clerk: User) -> None:
    page = browser._goes("post", "/login", data={"username": "chenhuimin", "password": people.PASSWORD})
    assert page.status_code == 400
    assert not browser.is_signed_in()


def test_leaving_ends_the_session_and_is_written_down(browser: Browser, clerk: User, session: Session) -> None:
    browser.logs_in(clerk)
    browser.posts("/logout")
    assert not browser.is_signed_in()
    assert session.scalars(select(AccessLog.kind).order_by(AccessLog.id)).all() == ["login", "logout"]


def test_leaving_takes_a_form_not_a_link(browser: Browser, clerk: User) -> None:
    browser.logs_in(clerk)
    browser.gets("/logout", expects=405)
    assert browser.is_signed_in()


@pytest.mark.parametrize(("minutes", "hours", "still"), [(29, 1, True), (31, 1, False), (1, 11, True), (1, 13, False)])
def test_a_session_ends_when_idle_and_after_half_a_day(
    browser: Browser, clerk: User, minutes: int, hours: int, still: bool
) -> None:
    browser.logs_in(clerk)
    with browser.client.session_transaction() as kept:
        kept["seen"] -= minutes * 60
        kept["began"] -= hours * 3600
    assert browser.is_signed_in() is still
    if not still:
        assert "需要重新登录" in browser.gets("/login").text


def test_a_clock_that_is_moved_on_signs_nobody_out(browser: Browser, clerk: User, today: Today) -> None:
    browser.logs_in(clerk)
    today.moves(days=400)
    assert browser.is_signed_in()


def test_a_closed_account_is_out_at_once(browser: Browser, clerk: User) -> None:
    browser.logs_in(clerk)
    clerk.active = False
    assert not browser.is_signed_in()


def test_a_cookie_that_was_tampered_with_is_nobodys(browser: Browser, clerk: User) -> None:
    browser.logs_in(clerk)
    cookie = browser.client.get_cookie("peiyou")
    assert cookie is not None and cookie.http_only and cookie.same_site == "Lax"
    browser.client.set_cookie("peiyou", cookie.value[:-3] + "abc")
    assert not browser.is_signed_in()


def test_every_answer_says_what_the_browser_may_do(browser: Browser, clerk: User) -> None:
    for path in ("/login", "/no-such-page", "/healthz", "/api/v1/openapi.json"):
        headers = browser._goes("get", path).headers
        rules = headers["Content-Security-Policy"].split("; ")
        assert "default-src 'none'" in rules and "script-src 'self'" in rules and "frame-ancestors 'none'" in rules
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "Strict-Transport-Security" not in headers  # this test speaks plain HTTP


def test_pages_of_somebody_signed_in_are_not_kept_by_the_browser(browser: Browser, clerk: User) -> None:
    assert "no-store" not in browser.gets("/login").headers.get("Cache-Control", "")
    browser.logs_in(clerk)
    assert browser.gets("/profile").headers["Cache-Control"] == "no-store"


def test_behind_tls_the_browser_is_told_to_stay_there(app: Flask) -> None:
    app.config["SESSION_COOKIE_SECURE"] = True
    assert "max-age=" in Browser(app).gets("/login").headers["Strict-Transport-Security"]


def test_a_password_that_was_handed_out_must_be_changed_before_anything_else(
    browser: Browser, clerk: User, session: Session
) -> None:
    clerk.password_changed_at = accounts.NOT_CHOSEN
    browser.logs_in(clerk)
    assert browser.gets("/profile", expects=303).location == "/profile/password"
    assert "初始密码" in browser.gets("/profile/password").text
    new = {"old": people.PASSWORD, "password": "another-Horse-8", "again": "another-Horse-8"}
    browser.posts("/profile/password", new)
    browser.gets("/profile")


# -- language ----------------------------------------------------------------------------------------------------------


def language_of(browser: Browser, wish: str = "") -> str:
    headers = {"Accept-Language": wish} if wish else {}
    return "en" if '<html lang="en">' in browser.gets("/login", headers=headers).text else "zh"


def test_a_page_is_chinese_unless_the_browser_prefers_english(browser: Browser) -> None:
    assert language_of(browser) == "zh"
    wishes = {"en-US,en;q=0.9": "en", "zh-CN,en;q=0.8": "zh", "fr,de": "zh", "en;q=0.5,zh;q=0.9": "zh"}
    assert {w: language_of(browser, w) for w in wishes} == wishes


def test_a_choice_is_kept_on_this_browser_and_with_the_person(browser: Browser, clerk: User, app: Flask) -> None:
    assert browser.posts("/language", {"language": "en", "next": "/login"}).location == "/login"
    assert language_of(browser) == "en"
    browser.logs_in(clerk)
    assert '<html lang="zh-CN">' in browser.gets("/profile").text
    browser.posts("/language", {"language": "en", "next": "//evil.example"})
    assert '<html lang="en">' in browser.gets("/profile").text
    other = Browser(app)
    other.logs_in(clerk)
    assert '<html lang="en">' in other.gets("/profile").text


def test_a_copied_cookie_is_nobodys_after_its_owner_left_and_other_windows_stay(
    app: Flask, browser: Browser, clerk: User
) -> None:
    elsewhere = Browser(app)
    elsewhere.logs_in(clerk)
    browser.logs_in(clerk)
    cookie = browser.client.get_cookie("peiyou")
    assert cookie is not None
    browser.posts("/logout")
    thief = Browser(app)
    thief.client.set_cookie("peiyou", cookie.value)
    assert not thief.is_signed_in()
    assert elsewhere.is_signed_in()
