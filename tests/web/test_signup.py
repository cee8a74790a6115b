"""Signing up, and joining a case with a code."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import AccessLog, Invitation, Organization, User, db
from app.services import invitations
from tests.factories import people
from tests.factories.people import PASSWORD
from tests.web.browser import Browser

GOOD = {
    "kind": "enterprise",
    "uscc": people.code(77),
    "body_name": "顺德美誉电器有限公司",
    "legal_representative": "何云",
    "address": "广东省佛山市顺德区大良街道 1 号",
    "name": "何云",
    "phone": "138 0013 8000",
    "email": "heyun@EXAMPLE.cn",
    "username": "heyun",
    "password": PASSWORD,
    "again": PASSWORD,
    "privacy": "y",
}


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app)


def test_a_company_signs_up_and_is_signed_in(browser: Browser, session: Session) -> None:
    browser.gets("/signup")
    assert browser.posts("/signup", GOOD).location == "/matters"
    assert browser.is_signed_in()
    user = session.scalars(select(User)).one()
    assert (user.phone, user.email, user.language) == ("13800138000", "heyun@example.cn", "zh_CN")
    organization = session.scalars(select(Organization)).one()
    assert (organization.name, organization.kind) == ("顺德美誉电器有限公司", "enterprise")


def test_a_person_signs_up_for_themselves(browser: Browser, session: Session) -> None:
    person = {**GOOD, "kind": "individual", "resident_id": "11010519491231002x", "uscc": "", "body_name": ""}
    browser.posts("/signup", person)
    organization = session.scalars(select(Organization)).one()
    assert (organization.kind, organization.name, organization.resident_id) == (
        "individual",
        "何云",
        "11010519491231002X",
    )


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("uscc", GOOD["uscc"][:-1] + ("0" if GOOD["uscc"][-1] != "0" else "1"), "校验"),
        ("uscc", "", "请填写统一社会信用代码"),
        ("email", "heyun", "邮箱"),
        ("phone", "12345", "电话"),
        ("username", "何云", "以字母开头"),
        ("password", "password", "至少"),
        ("again", "something-Else-1", "不一致"),
        ("privacy", "", "请先阅读"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_kept(
    browser: Browser, session: Session, field: str, value: str, sentence: str
) -> None:
    page = browser.posts("/signup", {**GOOD, field: value}, expects=422)
    assert sentence in page.text
    assert f'id="{field}-error"' in page.text
    assert PASSWORD not in page.text
    assert session.scalar(select(User)) is None and session.scalar(select(Organization)) is None


def test_a_company_with_people_is_told_to_ask_a_colleague(browser: Browser, session: Session) -> None:
    known = people.organization(session, uscc=GOOD["uscc"])
    people.person(session, organization=known)
    page = browser.posts("/signup", GOOD, expects=422)
    assert "请与本单位同事联系" in page.text and 'value="顺德美誉电器有限公司"' in page.text


def test_one_address_cannot_try_names_without_end(browser: Browser, session: Session) -> None:
    people.person(session, username="heyun")
    for _ in range(20):
        browser.posts("/signup", GOOD, expects=422)
    assert "分钟后再试" in browser.posts("/signup", GOOD, expects=429).text


def test_an_english_reader_gets_an_english_account(browser: Browser, session: Session) -> None:
    browser.posts("/language", {"language": "en"})
    browser.posts("/signup", GOOD)
    assert session.scalars(select(User.language)).one() == "en"


# -- invitations -------------------------------------------------------------------------------------------------------


@pytest.fixture
def code(monkeypatch: pytest.MonkeyPatch, session: Session, respondent: Organization) -> str:
    """Return a code that the office made for the respondent."""
    from app import policy

    monkeypatch.setitem(policy.MAY, "party.invite", ())
    clerk = people.person(session)
    return invitations.invite(session, respondent.party, clerk)  # type: ignore[attr-defined]


@pytest.fixture
def respondent(session: Session) -> Any:
    """Return the respondent's organisation, with its party in a case at hand."""
    from app import clock
    from app.models import Case, Party, ProcessVersion

    case = Case(
        number="佛知快调〔2026〕1号",
        receipt_number="1",
        kind="mediation",
        state="filed",
        title="纠纷",
        unit_id=people.unit(session).id,
        received_on=clock.today(),
        opened_at=clock.now(),
        first_filed_on=clock.today(),
        regime="order81",
        process_digest=session.scalars(select(ProcessVersion.digest).limit(1)).one(),
        position="{}",
    )
    organization: Any = people.organization(session)
    organization.party = Party(case=case, organization=organization, role="respondent", place=1)
    session.add(organization.party)
    session.flush()  # the invitation names the party by its number
    return organization


JOINING = {name: GOOD[name] for name in ("name", "phone", "email", "username", "password", "again", "privacy")}


def test_a_respondent_joins_with_a_code(browser: Browser, session: Session, code: str, respondent: Any) -> None:
    browser.gets("/signup/invited")
    browser.posts("/signup/invited", {**JOINING, "confirmed": "1", "code": code.lower()})
    assert browser.is_signed_in()
    assert session.scalars(select(User).where(User.username == "heyun")).one().organization_ids == {respondent.id}
    assert session.scalars(select(Invitation.used_at)).one() is not None
    assert "invitation_accepted" in session.scalars(select(AccessLog.kind)).all()


def test_somebody_signed_in_is_asked_for_the_code_alone(
    browser: Browser, session: Session, code: str, respondent: Any
) -> None:
    user = people.person(session, organization=people.organization(session))
    browser.logs_in(user)
    assert 'name="password"' not in browser.gets("/signup/invited").text
    browser.posts("/signup/invited", {"confirmed": "1", "code": code})
    session.expire_all()
    assert respondent.id in session.get_one(User, user.id).organization_ids


def test_a_wrong_code_leaves_no_account_behind(browser: Browser, code: str) -> None:
    page = browser.posts("/signup/invited", {**JOINING, "confirmed": "1", "code": "0000-0000-0000"}, expects=422)
    assert 'id="code-error"' in page.text
    assert db.session.scalar(select(User).where(User.username == "heyun")) is None
