"""The licence of an organisation, handed in from one's own account after signing up."""

from __future__ import annotations

from contextvars import Context
from io import BytesIO

import pytest
from sqlalchemy import select

from app.models import Organization, db
from tests.flows.office import PASSWORD, PDF, Office
from tests.web.browser import Browser


@pytest.fixture
def waiting(office: Office) -> Organization:
    """Return the requester's organisation before anybody has verified it."""
    organization = db.session.get_one(Organization, office.requesting.id)
    organization.verified = False
    db.session.commit()
    return organization


def browser_of(office: Office, username: str) -> Browser:
    browser = Browser(office.app)
    browser.logs_in(username, PASSWORD)
    return browser


def hands_in(browser: Browser, organization_id: int, name: str = "营业执照.pdf", data: bytes = PDF) -> int:
    sent = {"csrf_token": browser.token(), "licence": (BytesIO(data), name)}
    return Context().run(browser.client.post, f"/profile/licences/{organization_id}", data=sent).status_code


def test_a_licence_is_handed_in_from_ones_own_account(office: Office, waiting: Organization) -> None:
    number = waiting.id
    one = browser_of(office, "requester")
    assert f'href="/profile/licences/{number}"' in one.gets("/profile").text
    one.gets(f"/profile/licences/{number}")
    assert hands_in(one, number) == 303
    assert db.session.scalar(select(Organization.licence_id).where(Organization.id == number))
    assert "已交证照，等待核验" in one.gets("/profile").text
    assert "已上传证照" in browser_of(office, "clerk").gets("/organizations").text


def test_without_a_file_or_with_one_that_cannot_be_taken_it_is_asked_again(
    office: Office, waiting: Organization
) -> None:
    number = waiting.id
    one = browser_of(office, "requester")
    assert 'id="licence-error"' in one.posts(f"/profile/licences/{number}", expects=422).text
    assert hands_in(one, number, "a.exe", b"MZ\x90\x00" + b"\x00" * 64) == 422
    assert db.session.scalar(select(Organization.licence_id).where(Organization.id == number)) is None


def test_nobody_hands_in_a_licence_for_others_or_once_it_is_verified(office: Office, waiting: Organization) -> None:
    number = waiting.id
    other = browser_of(office, "respondent")
    other.gets(f"/profile/licences/{number}", expects=404)
    assert hands_in(other, number) == 404
    waiting.verified = True
    db.session.commit()
    one = browser_of(office, "requester")
    assert "/profile/licences/" not in one.gets("/profile").text
    assert hands_in(one, number) == 422
