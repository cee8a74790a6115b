"""What people answered is seen by whom it concerns, and by nobody else."""

from __future__ import annotations

import re

from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.models import Mediation, db
from tests.conftest import Today
from tests.flows.office import PASSWORD, Case, Office, Person
from tests.flows.test_adjudication import heard
from tests.flows.tribunal import build_tribunal
from tests.web.browser import Browser

NUMBER = "11010519491231002X"


def page(office: Office, person: Person, case: Case, tab: str = "answers") -> str:
    browser = Browser(office.app)
    browser.logs_in(person.username, PASSWORD)
    return browser.gets(f"/cases/{case.id}?tab={tab}").text


def test_what_was_checked_is_read_by_the_office_and_not_by_the_parties(office: Office) -> None:
    case = office.accepted()
    assert "请求人是权利人或者利害关系人" in page(office, office.director, case)
    for person in (office.requester, office.respondent):
        assert "请求人是权利人或者利害关系人" not in page(office, person, case)


def test_a_party_reads_what_it_answered_and_not_what_the_other_side_did(office: Office) -> None:
    case = office.consented()
    assert "愿意协商" in page(office, office.respondent, case)
    assert "愿意协商" not in page(office, office.requester, case)
    assert "已公证购买" in page(office, office.requester, case)
    assert "核对要点" not in page(office, office.respondent, case)


def test_an_act_is_read_by_who_did_it_and_by_the_office(office: Office) -> None:
    case = office.docketed()
    office.respondent.acts(case, "recuse", ground="interest", reason="曾为对方提供咨询")
    assert "曾为对方提供咨询" in page(office, office.respondent, case)
    assert "曾为对方提供咨询" in page(office, office.director, case)
    assert "曾为对方提供咨询" not in page(office, office.requester, case)


def test_names_and_files_stand_where_numbers_were_kept(office: Office) -> None:
    case = office.docketed()
    told = page(office, office.director, case)
    assert office.mediator.name in told and office.responding.name in told
    assert re.search(rf'href="/files/cases/{case.id}/\d+">专利登记簿副本.pdf<', told)


def test_personal_numbers_stay_masked(office: Office) -> None:
    person = {
        "kind": "individual",
        "name": "周海风",
        "resident_id": NUMBER,
        "phone": "13800138000",
        "address": "禅城区",
    }
    case = office.files(respondents=[{**person, "email": "zhou@example.cn"}])
    for reader in (office.clerk, office.requester):
        told = page(office, reader, case)
        assert "110105********002X" in told and NUMBER not in told
        assert "13800138000" not in told and "zhou@example.cn" not in told


def test_the_note_of_the_docketing_is_a_remark_of_the_office(office: Office) -> None:
    case = office.consented()
    office.clerk.answers(case, "docket", mediator=office.mediator.id, note="双方希望线上调解")
    assert "双方希望线上调解" in page(office, office.mediator, case, "notes")
    for tab in ("notes", "answers", "story"):
        assert "双方希望线上调解" not in page(office, office.requester, case, tab)


def test_a_request_about_damages_only_says_so(office: Office) -> None:
    files = [office.requester.uploads("决定书.pdf")]
    case = office.accepted(only_damages=True, decision_files=files)
    assert db.session.get_one(Mediation, case.id).only_damages
    for person in (office.clerk, office.respondent):
        assert "只请求调解赔偿数额" in page(office, person, case, "story")


def test_each_confirmation_shows_who_signed_and_when(office: Office) -> None:
    case = office.agreed()
    office.drafts(case)
    office.respondent.answers(case, "confirm_agreement", answer="confirm", signed_name="王晨光（总经理）")
    for person in (office.requester, office.mediator):
        assert re.search(r"签署人：王晨光（总经理） · <time[^>]*>[^<]*11:00", page(office, person, case, "story"))


def test_who_came_to_a_session_is_told(office: Office) -> None:
    case = office.in_session()
    office.holds(case, "continue", attended=[case.party(office.requesting.name)])
    assert f"到场：{office.requesting.name}<" in page(office, office.respondent, case, "story")


def test_a_form_that_the_product_no_longer_has_does_not_break_the_page(office: Office) -> None:
    case = office.consented()
    db.session.execute(text("UPDATE submission SET form = 'of_former_times' WHERE form = 'statement'"))
    assert "愿意协商" not in page(office, office.clerk, case)


def test_those_on_the_panel_and_the_evidence_are_called_by_their_names(
    app: Flask, session: Session, today: Today
) -> None:
    tribunal = build_tribunal(app, session)
    case = heard(tribunal, today)
    told = page(tribunal, tribunal.director, case)
    for person in tribunal.panel:
        assert person.name in told
    assert "证1 公证书" in told
