"""A party from outside of the mainland: it has no credit code, but a country and a number of its own there."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from app.models import Organization, db
from tests.flows.office import Case, Office
from tests.flows.test_corrections import corrects, puts_right, to_be_corrected
from tests.services.test_what_papers_hold import held

FOREIGN: dict[str, Any] = {
    "kind": "foreign",
    "name": "Bright Kettle (HK) Limited",
    "country": "中国香港",
    "foreign_number": "cr 1234567",
    "address": "香港九龙观塘道 1 号",
}


def known(name: str) -> list[Organization]:
    db.session.rollback()
    return list(db.session.scalars(select(Organization).where(Organization.name == name)))


def test_a_request_names_a_party_by_its_country_and_number(office: Office) -> None:
    case = office.accepted(respondents=[FOREIGN])
    [printed] = held(case, "statement_notice")["to"]
    assert (printed["country"], printed["foreign_number"], printed["uscc"]) == ("中国香港", "CR1234567", "")


def test_the_same_number_in_the_same_country_is_the_same_party(office: Office) -> None:
    office.files(respondents=[FOREIGN])
    office.files(respondents=[FOREIGN])
    office.files(respondents=[{**FOREIGN, "country": "新加坡"}])
    assert [one.country for one in known(FOREIGN["name"])] == ["中国香港", "新加坡"]
    office.files(respondents=[{**FOREIGN, "name": "Another Limited"}])
    assert known("Another Limited") == []  # it is the one that is on file, whatever a request calls it


@pytest.mark.parametrize("missing", ["country", "foreign_number"])
def test_country_and_number_are_both_asked_for(office: Office, missing: str) -> None:
    refused = office.files(expects=422, respondents=[{**FOREIGN, missing: ""}])
    assert f"respondents-0-{missing}" in str(refused)


def corrected(office: Office, **changes: Any) -> Case:
    case = to_be_corrected(office, respondents=[FOREIGN])
    corrects(office, case, **puts_right(case, **changes))
    return case


def test_a_wrong_number_is_put_right(office: Office) -> None:
    corrected(office, foreign_number="CR7654321")
    [party] = known(FOREIGN["name"])
    assert (party.foreign_number, party.country) == ("CR7654321", "中国香港")


def test_a_party_from_elsewhere_has_no_credit_code(office: Office) -> None:
    case = to_be_corrected(office, respondents=[FOREIGN])
    refused = corrects(office, case, expects=422, **puts_right(case, uscc=office.elsewhere.uscc))
    assert "境外单位填写国家或者地区和登记号码" in str(refused)
