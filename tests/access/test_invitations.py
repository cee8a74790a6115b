"""A party comes into its case with a code from the office, and in no other way."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.domain.errors import RuleBroken
from app.models import Organization, Party, db
from app.models.types import blind_index
from app.services import accounts
from tests.access.town import PASSWORD, Town, Visitor

JOINING = {
    "name": "周海风",
    "phone": "13800138000",
    "email": "zhou@example.cn",
    "username": "zhouhaifeng",
    "password": PASSWORD,
    "again": PASSWORD,
    "privacy": "y",
}


def unrepresented(town: Town) -> Party:
    """Return the respondent of the other case, for whom nobody has an account."""
    respondents = select(Party).where(Party.case_id == town.own_case, Party.role == "respondent")
    return db.session.scalars(respondents).one()


def test_a_clerk_gets_a_code_that_lets_the_party_in(app: Flask, town: Town) -> None:
    clerk, newcomer = Visitor(app, "clerk"), Visitor(app, "")
    path = f"/cases/{town.own_case}/parties/{unrepresented(town).id}/invite"
    assert f'action="{path}"' in clerk.gets(f"/cases/{town.own_case}").text
    page = clerk.posts(path)
    code = re.search(r'id="invitation-code">([0-9A-Z-]{14})<', page.text)
    assert page.status_code == 200 and code and "/signup/invited" in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert newcomer.posts("/signup/invited", {**JOINING, "code": code[1]}).status_code == 303
    assert newcomer.gets(f"/cases/{town.own_case}").status_code == 200
    assert path not in clerk.gets(f"/cases/{town.own_case}").text


@pytest.mark.parametrize("username", ["supervisor", "stranger"])
def test_who_does_not_handle_the_case_makes_no_code(app: Flask, town: Town, username: str) -> None:
    visitor = Visitor(app, username)
    path = f"/cases/{town.own_case}/parties/{unrepresented(town).id}/invite"
    assert path not in visitor.gets(f"/cases/{town.own_case}").text
    assert visitor.posts(path).status_code == 403


def test_a_party_of_another_case_gets_no_code_here(app: Flask, town: Town) -> None:
    visitor = Visitor(app, "clerk")
    assert visitor.posts(f"/cases/{town.own_case}/parties/{town.ids['party_id']}/invite").status_code == 404


def newcomer() -> accounts.Newcomer:
    return accounts.Newcomer(username="zhou", password=PASSWORD, name="周海风", email="z@example.cn", phone="")


def test_knowing_the_code_of_a_company_does_not_open_its_case(app: Flask, town: Town) -> None:
    company = unrepresented(town).organization
    body = accounts.Body(kind="enterprise", name=company.name, uscc=company.uscc or "")
    with pytest.raises(RuleBroken, match="邀请码") as refusal:
        accounts.sign_up(db.session(), newcomer(), body)
    assert refusal.value.field == "uscc"


def test_knowing_somebodys_resident_number_does_not_open_their_case(app: Flask, town: Town) -> None:
    number = "11010519491231002X"
    person = Organization(
        kind="individual",
        name="周海风",
        resident_id=number,
        resident_index=blind_index(number),
        created_at=clock.now(),
    )
    db.session.add(Party(case_id=town.own_case, organization=person, role="third_party", place=9))
    db.session.flush()
    body = accounts.Body(kind="individual", name="周海风", resident_id=number)
    with pytest.raises(RuleBroken, match="邀请码") as refusal:
        accounts.sign_up(db.session(), newcomer(), body)
    assert refusal.value.field == "resident_id"
