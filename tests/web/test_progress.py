"""How far an application for an award is, for anybody who knows its number and a tail, and for nobody else."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.models import Case as Row
from app.models import db
from tests.flows.awarding import AwardOffice, build_award_office
from tests.web.browser import Browser
from tests.web.test_notices import files_one

PAGE = "/progress"


@pytest.fixture
def office(app: Flask, session: Session) -> AwardOffice:
    """Return the office with those who have to do with awards."""
    return build_award_office(app, session)


def tails(office: AwardOffice) -> tuple[str, str]:
    """Return the last four of the applicant's phone and of its credit code."""
    db.session.rollback()
    organization = db.session.get_one(type(office.requesting), office.requesting.id)
    assert organization.phone and organization.uscc
    return organization.phone[-4:], organization.uscc[-4:]


def test_an_application_is_found_by_number_and_phone_or_receipt_and_code(office: AwardOffice) -> None:
    case = office.applies(office.calls("AW11"), "AW11")
    receipt = db.session.get_one(Row, case.id).receipt_number
    phone, code = tails(office)
    for number, tail in ((case.number, phone), (receipt, phone), (receipt.lower(), code)):
        page = Browser(office.app).posts(PAGE, {"number": number, "tail": tail}, expects=200).text
        assert case.number in page and "形式审查中" in page and "审核人员" in page and "推荐与审核" in page
        assert office.requesting.name not in page and "7550" not in page
    for number, tail in ((case.number, code), (case.number, "9999"), ("佛知奖〔2026〕99号", phone), (receipt, "")):
        page = Browser(office.app).posts(PAGE, {"number": number, "tail": tail}, expects=422).text
        assert "没有找到相符的事项" in page and "形式审查中" not in page


def test_it_says_how_far_an_application_is_up_to_its_end(office: AwardOffice) -> None:
    phone, _ = tails(office)
    call = office.calls("AW02")
    case = office.supported(call, "AW02")
    asked = {"number": case.number, "tail": phone}
    assert "待公示" in Browser(office.app).posts(PAGE, asked, expects=200).text
    office.paid(case)
    page = Browser(office.app).posts(PAGE, asked, expects=200).text
    assert "已拨付，待回执" in page and "申报单位" in page


def test_an_objection_to_its_batch_is_found_by_its_own_receipt(office: AwardOffice) -> None:
    case = office.supported(office.calls("AW02"), "AW02")
    office.announces(office.batch(case))
    number = files_one(Browser(office.app), row=str(case.id))
    page = Browser(office.app).posts(PAGE, {"number": number, "tail": "8000"}, expects=200).text
    assert number in page and "已收到" in page and case.number not in page
    Browser(office.app).posts(PAGE, {"number": number, "tail": tails(office)[0]}, expects=422)
