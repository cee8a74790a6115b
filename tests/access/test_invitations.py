"""A party comes into its case with a code from the office, and in no other way."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.models import Organization, Party, db
from app.models.types import blind_index
from tests.access.town import PASSWORD, Town, Visitor
from tests.flows.office import PDF

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
    assert newcomer.posts("/signup/invited", {**JOINING, "confirmed": "1", "code": code[1]}).status_code == 303
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


def signs_up(app: Flask, body: dict[str, Any]) -> Visitor:
    """Return somebody who signed up for whom they like."""
    visitor = Visitor(app, "")
    contact = {**JOINING, "address": "佛山市禅城区", "legal_representative": "周海风"}
    assert visitor.posts("/signup", {**contact, **body}).status_code == 303
    return visitor


def as_company(organization: Organization) -> dict[str, str]:
    return {"kind": "enterprise", "body_name": organization.name, "uscc": organization.uscc or ""}


def test_knowing_the_code_of_a_company_does_not_open_its_case_until_an_official_has_verified_it(
    app: Flask, town: Town
) -> None:
    company = unrepresented(town).organization
    visitor, path = signs_up(app, as_company(company)), f"/cases/{town.own_case}"
    number = unrepresented(town).case.number
    assert visitor.gets(path).status_code == 404
    for page in ("/matters", "/cases", "/workbench", "/messages"):
        assert number not in visitor.gets(page).text
    clerk, verifying = Visitor(app, "clerk"), f"/organizations/{company.id}"
    assert verifying in clerk.gets("/organizations").text and "zhouhaifeng" in clerk.gets(verifying).text
    assert clerk.posts(f"{verifying}/verify", {"seen": "y"}).status_code == 422
    assert visitor.gets(path).status_code == 404
    assert clerk.posts(f"{verifying}/verify", {"seen": "y", "reason": "核对营业执照原件"}).status_code == 303
    assert visitor.gets(path).status_code == 200
    assert clerk.posts(f"{verifying}/verify", {"seen": "y", "reason": "再次"}).status_code == 404


def test_a_code_opens_its_case_to_who_entered_it_and_not_to_a_stranger_of_the_same_name(app: Flask, town: Town) -> None:
    party = unrepresented(town)
    stranger, path = signs_up(app, as_company(party.organization)), f"/cases/{town.own_case}"
    invite = f"{path}/parties/{party.id}/invite"
    page = Visitor(app, "clerk").posts(invite)
    code = re.search(r'id="invitation-code">([0-9A-Z-]{14})<', page.text)
    assert code
    real = {**JOINING, "username": "real", "confirmed": "1", "code": code[1]}
    newcomer = Visitor(app, "")
    assert newcomer.posts("/signup/invited", real).status_code == 303
    assert newcomer.gets(path).status_code == 200
    assert stranger.gets(path).status_code == 404


def test_knowing_somebodys_resident_number_does_not_open_their_case(app: Flask, town: Town) -> None:
    number = "11010519491231002X"
    person = Organization(
        kind="individual",
        name="周海风",
        resident_id=number,
        resident_index=blind_index(number),
        created_at=clock.now(),
    )
    db.session.add(Party(case_id=town.own_case, organization=person, role="third_party", place=9, sees=True))
    db.session.commit()
    visitor = signs_up(app, {"kind": "individual", "resident_id": number})
    assert visitor.gets(f"/cases/{town.own_case}").status_code == 404


def test_a_licence_handed_in_at_sign_up_is_there_for_the_clerk_alone(app: Flask, town: Town) -> None:
    company = unrepresented(town).organization
    visitor = signs_up(app, {**as_company(company), "licence": (BytesIO(PDF), "营业执照.pdf")})
    path = f"/organizations/{company.id}"
    page = Visitor(app, "clerk").gets(path)
    assert "营业执照.pdf" in page.text and Visitor(app, "clerk").gets(f"{path}/licence").data == PDF
    for other in (visitor, Visitor(app, "stranger"), Visitor(app, "mediator")):
        assert other.gets(path).status_code == other.gets(f"{path}/licence").status_code == 403


def test_before_somebody_joins_the_page_says_whom_and_what_for_and_a_newer_code_ends_the_older(
    app: Flask, town: Town
) -> None:
    party = unrepresented(town)
    codes = []
    for _ in range(2):
        page = Visitor(app, "clerk").posts(f"/cases/{town.own_case}/parties/{party.id}/invite")
        codes += re.findall(r'id="invitation-code">([0-9A-Z-]{14})<', page.text)
    visitor = Visitor(app, "")
    assert visitor.posts("/signup/invited", {"code": codes[0]}).status_code == 422
    asked = visitor.posts("/signup/invited", {"code": codes[1]})
    assert asked.status_code == 200 and party.case.number in asked.text and party.organization.name in asked.text
    assert party.case.subject not in asked.text
    assert Visitor(app, "clerk").posts("/signup/invited", {"code": codes[1]}).status_code == 422
    other_side = Visitor(app, "stranger").posts("/signup/invited", {"code": codes[1], "confirmed": "1"})
    assert other_side.status_code == 422 and "已代表对方当事人" in other_side.text
    assert visitor.posts("/signup/invited", {**JOINING, "code": codes[1], "confirmed": "1"}).status_code == 303
