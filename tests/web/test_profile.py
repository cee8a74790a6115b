"""One's own account."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.roles import Role
from app.models import AccessLog, ApiToken, DeclaredRelation, OrgUnit, Substitute, User
from app.services import tokens
from tests.factories import people
from tests.factories.people import PASSWORD
from tests.web.browser import Browser

NEW = {"old": PASSWORD, "password": "another-Horse-8", "again": "another-Horse-8"}


@pytest.fixture
def unit(session: Session) -> OrgUnit:
    return people.unit(session)


@pytest.fixture
def mediator(session: Session, unit: OrgUnit) -> User:
    return people.person(session, Role.MEDIATOR, unit=unit, name="何伟杰")


@pytest.fixture
def browser(app: Flask, mediator: User) -> Browser:
    one = Browser(app)
    one.logs_in(mediator)
    return one


def test_the_page_shows_what_i_am_and_hides_my_number(browser: Browser, mediator: User) -> None:
    mediator.specialities = ["design"]
    page = browser.gets("/profile").text
    assert "调解员" in page and "外观设计专利" in page and "138****8000" in page and "13800138000" not in page


def test_my_number_is_shown_in_full_once_and_that_is_written_down(browser: Browser, session: Session) -> None:
    assert "13800138000" in browser.posts("/profile/phone", expects=200).text
    assert "13800138000" not in browser.gets("/profile").text
    assert "revealed" in session.scalars(select(AccessLog.kind)).all()


def test_i_change_how_i_am_reached_but_an_officials_name_stays(
    browser: Browser, session: Session, mediator: User
) -> None:
    data = {"email": "he@example.cn", "phone": "", "channels": ["email", "sms"], "name": "别人"}
    browser.posts("/profile", data)
    session.refresh(mediator)
    assert (mediator.email, mediator.phone, mediator.name) == ("he@example.cn", "13800138000", "何伟杰")
    assert mediator.channels == ["in_app", "email", "sms"]


def test_an_official_may_ask_for_e_mail_about_their_queues(browser: Browser, session: Session, mediator: User) -> None:
    assert 'name="queue_email"' in browser.gets("/profile").text
    browser.posts("/profile", {"email": "he@example.cn", "phone": "", "queue_email": "y"})
    session.refresh(mediator)
    assert mediator.channels == ["in_app", "queue_email"]
    browser.posts("/profile", {"email": "", "queue_email": "y"}, expects=422)


def test_a_company_s_person_changes_their_own_name(app: Flask, session: Session) -> None:
    user = people.person(session, organization=people.organization(session))
    browser = Browser(app)
    browser.logs_in(user)
    browser.posts("/profile", {"name": "王晨光", "email": "w@example.cn", "phone": ""})
    session.refresh(user)
    assert (user.name, user.channels) == ("王晨光", ["in_app"])


def test_e_mail_is_not_chosen_without_an_address(browser: Browser) -> None:
    page = browser.posts("/profile", {"email": "", "channels": ["email"]}, expects=422)
    assert 'id="email-error"' in page.text


# -- password, sessions, tokens ----------------------------------------------------------------------------------------


def test_a_new_password_ends_every_other_session_and_token(
    app: Flask, browser: Browser, session: Session, mediator: User
) -> None:
    other = Browser(app)
    other.logs_in(mediator)
    token, _ = tokens.issue(session, mediator)
    browser.posts("/profile/password", NEW)
    assert browser.is_signed_in() and not other.is_signed_in()
    assert tokens.owner(session, token) is None
    other.logs_in(mediator, expects=422)
    other.logs_in(mediator, "another-Horse-8")
    assert "password_changed" in session.scalars(select(AccessLog.kind)).all()


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("old", {"old": "wrong"}),
        ("password", {"password": "short", "again": "short"}),
        ("password", {"password": PASSWORD, "again": PASSWORD}),
        ("again", {"again": "different"}),
    ],
)
def test_a_password_change_that_is_refused_changes_nothing(
    browser: Browser, mediator: User, field: str, changes: dict[str, str]
) -> None:
    page = browser.posts("/profile/password", {**NEW, **changes}, expects=422)
    assert f'id="{field}-error"' in page.text
    assert browser.logs_in(mediator).location == "/workbench"


def test_the_old_password_is_not_guessed_at_a_borrowed_screen(browser: Browser) -> None:
    for _ in range(5):
        browser.posts("/profile/password", {**NEW, "old": "wrong"}, expects=422)
    browser.posts("/profile/password", NEW, expects=429)


def test_only_a_wrong_current_password_counts_as_a_try(browser: Browser) -> None:
    weak = {"password": PASSWORD, "again": PASSWORD}
    for _ in range(6):
        browser.posts("/profile/password", {**NEW, **weak}, expects=422)
    browser.posts("/profile/password", NEW)


def test_log_out_everywhere_means_here_too(app: Flask, browser: Browser, mediator: User) -> None:
    other = Browser(app)
    other.logs_in(mediator)
    browser.posts("/profile/sessions/end")
    assert not browser.is_signed_in() and not other.is_signed_in()


def test_a_token_is_listed_and_revoked_by_its_owner_alone(
    app: Flask, browser: Browser, session: Session, mediator: User
) -> None:
    tokens.issue(session, mediator)
    session.flush()  # the row is named by its number
    token_id = session.scalars(select(ApiToken.id)).one()
    assert f"/profile/tokens/{token_id}/revoke" in browser.gets("/profile").text
    stranger = Browser(app)
    stranger.logs_in(people.person(session))
    stranger.posts(f"/profile/tokens/{token_id}/revoke", expects=404)
    browser.posts(f"/profile/tokens/{token_id}/revoke")
    assert session.scalar(select(ApiToken.id)) is None


# -- relations ---------------------------------------------------------------------------------------------------------


def test_a_mediator_declares_a_relation_by_code_or_name_and_takes_it_back(
    browser: Browser, session: Session, mediator: User
) -> None:
    first, second = people.organization(session), people.organization(session)
    browser.posts("/profile/relations", {"code": f" {first.uscc} ", "nature": "配偶任董事"})
    browser.posts("/profile/relations", {"code": second.name, "nature": "曾任法律顾问"})
    rows = session.scalars(select(DeclaredRelation).order_by(DeclaredRelation.id)).all()
    assert [r.organization_id for r in rows] == [first.id, second.id]
    page = browser.posts("/profile/relations", {"code": first.name, "nature": "x"}, expects=422)
    assert "已经申报过" in page.text
    browser.posts(f"/profile/relations/{rows[0].id}/withdraw")
    assert session.scalars(select(DeclaredRelation.organization_id)).all() == [second.id]
    assert "relation_withdrawn" in session.scalars(select(AccessLog.kind)).all()


def test_an_unknown_organisation_is_refused_beside_the_field(browser: Browser) -> None:
    page = browser.posts("/profile/relations", {"code": "没有这个单位", "nature": "x"}, expects=422)
    assert 'id="code-error"' in page.text


def test_who_does_not_mediate_declares_nothing(app: Flask, session: Session, unit: OrgUnit) -> None:
    clerk = Browser(app)
    clerk.logs_in(people.person(session, Role.INTAKE_CLERK, unit=unit))
    assert "利害关系" not in clerk.gets("/profile").text
    clerk.posts("/profile/relations", {"code": "x", "nature": "x"}, expects=403)


# -- out of office -----------------------------------------------------------------------------------------------------


def test_a_colleague_is_named_for_some_days_and_relieved_early(
    browser: Browser, session: Session, unit: OrgUnit, mediator: User
) -> None:
    colleague = people.person(session, Role.MEDIATOR, unit=unit, name="欧阳菲")
    people.person(session, Role.DIRECTOR, unit=unit, name="林建华")
    page = browser.gets("/profile/substitute").text
    assert "欧阳菲" in page and "林建华" not in page
    days = {"deputy": str(colleague.id), "starts": "2026-03-03", "ends": "2026-03-06", "reason": "出差"}
    browser.posts("/profile/substitute", days)
    assert "欧阳菲 代我办理" in browser.gets("/profile").text
    refused = browser.posts("/profile/substitute", days, expects=422)
    assert 'id="starts-error"' in refused.text
    row = session.scalars(select(Substitute)).one()
    browser.posts(f"/profile/substitute/{row.id}/end")
    session.refresh(row)
    assert row.ended_at is not None


def test_who_has_no_colleague_in_the_role_is_told_so(browser: Browser) -> None:
    assert "没有可以代办的同事" in browser.gets("/profile/substitute").text


def test_a_deputy_who_was_not_offered_is_refused(browser: Browser, session: Session, unit: OrgUnit) -> None:
    people.person(session, Role.MEDIATOR, unit=unit)
    stranger = people.person(session)
    days = {"deputy": str(stranger.id), "starts": "2026-03-03", "ends": "2026-03-02", "reason": "出差"}
    page = browser.posts("/profile/substitute", days, expects=422)
    assert 'id="deputy-error"' in page.text and 'id="ends-error"' in page.text
