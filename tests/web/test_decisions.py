"""Published decisions are read by anybody, as they were published and no longer than that."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.models import Organization, Publication, db
from app.services.changing import changing
from tests.conftest import Today
from tests.flows.office import PDF, Case
from tests.flows.test_adjudication import decides, heard, publishes, serves_decision
from tests.flows.tribunal import Tribunal, build_tribunal
from tests.web.browser import Browser


@pytest.fixture
def tribunal(app: Flask, session: Session) -> Tribunal:
    """Return the office with those who decide on infringements."""
    return build_tribunal(app, session)


@pytest.fixture
def decided(tribunal: Tribunal, today: Today) -> Case:
    """Return a case whose decision both sides have."""
    case = heard(tribunal, today)
    decides(tribunal, case)
    serves_decision(tribunal, case)
    return case


def publication() -> int:
    db.session.rollback()
    found = db.session.query(Publication).one().id
    db.session.rollback()
    return int(found)


def test_nothing_is_public_before_it_is_published(tribunal: Tribunal, decided: Case) -> None:
    browser = Browser(tribunal.app)
    assert "还没有公开的裁决" in browser.gets("/decisions").text
    sheet = {"case_name": "电热水壶专利侵权纠纷", "facts": "制造", "basis_text": "专利法第六十五条", "result": "停止"}
    tribunal.clerk.answers(decided, "mask_decision", **sheet, hide=[], checks=["content", "secrecy", "privacy"])
    browser.gets(f"/decisions/{publication()}", 404)
    assert decided.number not in browser.gets("/decisions").text


def test_a_published_decision_is_found_and_read(tribunal: Tribunal, decided: Case) -> None:
    publishes(tribunal, decided)
    browser = Browser(tribunal.app)
    row = publication()
    for query in ("", "?text=电热水壶", f"?text={decided.number}", "?year=2026"):
        assert decided.number in browser.gets(f"/decisions{query}").text
    for query in ("?text=没有的词", "?year=2025", "?year=1", "?year=99999"):
        assert "没有符合条件的裁决" in browser.gets(f"/decisions{query}").text
    told = browser.gets(f"/decisions/{row}").text
    assert "制造并销售" in told and "侵权成立" in told
    browser.gets(f"/decisions/{row}.pdf", 404)  # it is being made
    decided.has_made("case_disclosure_sheet")
    assert browser.gets(f"/decisions/{row}.pdf").data == PDF


def test_a_withdrawn_decision_is_gone(tribunal: Tribunal, decided: Case) -> None:
    publishes(tribunal, decided)
    row = publication()
    tribunal.director.acts(decided, "withdraw_publication", reason="发现还有个人信息", confirm=True)
    browser = Browser(tribunal.app)
    browser.gets(f"/decisions/{row}", 404)
    browser.gets(f"/decisions/{row}.pdf", 404)
    assert decided.number not in browser.gets("/decisions").text


def test_a_natural_person_is_not_named_nor_where_they_live(tribunal: Tribunal, decided: Case) -> None:
    with changing(db.session):
        person = db.session.get_one(Organization, tribunal.responding.id)
        person.kind, person.name = "individual", "周海风"
    sheet = {"case_name": "与周海风的纠纷", "basis_text": "专利法第六十五条", "result": "周海风停止销售"}
    facts = "周海风住广东省佛山市南海区工业大道 8 号，制造了被控产品。"
    checks = ["content", "secrecy", "privacy"]
    tribunal.clerk.answers(decided, "mask_decision", **sheet, facts=facts, hide=[], checks=checks)
    tribunal.director.answers(decided, "approve_publication", publication="publish")
    told = Browser(tribunal.app).gets(f"/decisions/{publication()}").text
    assert "与周某某的纠纷" in told and "周某某停止销售" in told
    assert "周某某住■■■■■■，制造了被控产品。" in told
    assert "周海风" not in told and "工业大道" not in told
