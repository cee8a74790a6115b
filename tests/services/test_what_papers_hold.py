"""The facts that go into the papers of a case: what their forms ask for, and no more of a person than is needed."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from app.models import Document, db
from app.services import serving, settings
from app.services.changing import changing
from tests.conftest import Today
from tests.flows.office import Case, Office, organization


def held(case: Case, kind: str) -> Any:
    """Return the facts of the last paper of that kind."""
    db.session.rollback()
    rows = select(Document.facts).where(Document.case_id == case.id, Document.kind == kind).order_by(Document.place)
    return db.session.scalars(rows).all()[-1]


def test_an_agreement_says_when_it_was_accepted_docketed_and_mediated(office: Office, today: Today) -> None:
    case = office.in_session()
    office.holds(case, "continue")
    today.moves(days=2)
    office.schedules(case)
    today.moves(days=1)
    office.mediator.answers(case, "hold_session", result="cancelled", attended=[], record="会议室停电")
    office.schedules(case)
    office.holds(case, "agreed")
    office.drafts(case)
    for person in (office.requester, office.respondent):
        person.answers(case, "confirm_agreement", answer="confirm", signed_name=person.name)
    office.director.answers(case, "issue_agreement", issued=True)
    agreement = held(case, "mediation_agreement")
    assert (agreement["accepted_on"], agreement["docketed_on"]) == ("2026-03-02", "2026-03-02")
    assert agreement["sessions"] == ["2026-03-02", "2026-03-05"]  # nobody met on the day that was called off


def test_a_paper_that_a_party_brings_about_names_nobody_of_theirs_as_the_offices_contact(office: Office) -> None:
    case = office.files()
    assert held(case, "submission_receipt")["handler"] == ""
    office.clerk.answers(case, "formality_check", check="refuse", reasons=["no_facts"])
    assert held(case, "refusal_notice")["handler"] == office.clerk.name


@pytest.mark.parametrize(("received", "days"), [("2025-01-31 10:00", ""), ("2025-02-05 10:00", "3")])
def test_the_parties_are_told_how_long_they_may_ask_that_the_mediator_step_aside(
    received: str, days: str, office: Office, today: Today
) -> None:
    today.is_at(received)
    assert held(office.docketed(), "mediator_notice")["days"] == days


def test_a_decision_on_recusal_says_who_asked_and_whether_it_is_a_review(office: Office) -> None:
    case = office.docketed()
    for review in (False, True):
        office.respondent.acts(case, "recuse", ground="interest", reason="调解员曾任请求人的法律顾问")
        office.director.answers(case, "decide_recusal", decision="rejected", reason="经查不属实")
        decision = held(case, "recusal_decision")
        assert (decision["review"], decision["applicant_party"]["name"]) == (review, office.responding.name)
    answer = office.respondent.acts(case, "recuse", expects=422, ground="interest", reason="仍然不服")
    assert "已经复议" in str(answer)


@pytest.mark.parametrize(("only_damages", "cause"), [(False, "侵权纠纷"), (True, "侵权赔偿数额纠纷")])
def test_a_case_is_about_damages_where_only_damages_are_asked_for(
    office: Office, only_damages: bool, cause: str
) -> None:
    decision = [office.requester.uploads("认定侵权的决定书.pdf")] if only_damages else []
    case = office.files(only_damages=only_damages, decision_files=decision)
    assert held(case, "submission_receipt")["cause"] == f"外观设计专利{cause}"


def test_an_agreement_lists_who_confirmed_it_in_the_order_of_the_parties(office: Office) -> None:
    case = office.agreed()
    office.drafts(case)
    for person in (office.respondent, office.requester):
        person.answers(case, "confirm_agreement", answer="confirm", signed_name=person.name)
    office.director.answers(case, "issue_agreement", issued=True)
    names = [one["name"] for one in held(case, "mediation_agreement")["confirmed"]]
    assert names == [office.requesting.name, office.responding.name]


def test_who_applies_to_the_court_has_the_proof_of_who_mediated(office: Office) -> None:
    case = office.performing()
    for person in (office.requester, office.respondent):
        person.answers(case, "joint_application", applies=True)
    certificate, agreement = held(case, "mediation_certificate"), held(case, "mediation_agreement")
    assert certificate["agreement_number"] == agreement["number"]
    assert (certificate["mediator"], certificate["docketed_on"]) == (office.mediator.name, "2026-03-02")


def test_a_request_that_counts_as_withdrawn_is_not_called_a_failed_mediation(office: Office) -> None:
    case = office.in_session()
    case.has_made("mediation_session_notice")
    office.holds(case, "requester_absent")
    assert held(case, "mediation_record")["attended"] == [office.responding.name]
    assert held(case, "mediation_cancel_notice")["withdrawn"] is True


def test_a_service_receipt_counts_the_pages_and_names_the_agency(office: Office) -> None:
    agent = {"name": "陈晓岚", "firm": "广东岭南知识产权代理有限公司", "special": True}
    case = office.docketed(agents=[agent], e_service=False)
    paper = select(Document).where(Document.case_id == case.id, Document.kind == "mediation_docket_notice")
    document = db.session.scalars(paper).one()
    with changing(db.session):
        file = serving.make(db.session(), document.id)
    assert file is not None
    pages, document_id = file.pages, document.id
    record = office.record(case, office.requesting, method="direct")
    office.clerk.acts(case, "register_service", document=document_id, **record)
    receipt = held(case, "service_receipt")
    assert receipt["document"]["pages"] == str(pages)
    assert receipt["agent"] == "广东岭南知识产权代理有限公司　陈晓岚"


def test_the_receipt_of_the_notice_to_state_an_opinion_names_the_copy_of_the_request(office: Office) -> None:
    case = office.accepted()
    case.has_made("mediation_request")
    office.clerk.answers(case, "serve_request", records=[office.record(case, office.responding)], give_up=False)
    document = held(case, "service_receipt")["document"]
    assert (document["title"], document["pages"]) == ("调解请求书副本、陈述意见通知书", "2")
    assert document["number"] == held(case, "statement_notice")["number"]


def test_a_docketing_says_with_which_respondent_it_is_not_and_why(office: Office, today: Today) -> None:
    another = {**office.entry(office.elsewhere), "name": "江门市新会佳美五金厂", "uscc": organization(7, "").uscc}
    third = {**office.entry(office.elsewhere), "name": "中山市古镇明辉灯饰厂", "uscc": organization(8, "").uscc}
    case = office.accepted(
        respondents=[office.entry(office.responding), office.entry(office.elsewhere), another, third]
    )
    reached = [office.record(case, office.responding), office.record(case, office.elsewhere)]
    reached.append({**reached[0], "party": case.party(another["name"])})
    office.clerk.answers(case, "serve_request", records=reached, give_up=True)
    office.respondent.answers(case, "statement", stance="consents", opinion="愿意", e_service=False)
    office.stranger.answers(case, "statement", stance="declines", opinion="不侵权", e_service=False)
    office.let_pass(today, 16)
    office.clerk.answers(case, "docket", mediator=office.mediator.id)
    assert held(case, "mediation_docket_notice")["left_out"] == [
        {"name": office.elsewhere.name, "why": "不同意调解"},
        {"name": another["name"], "why": "逾期未提交意见陈述书"},
        {"name": third["name"], "why": "请求书副本无法送达"},
    ]
    assert held(office.docketed(), "mediation_docket_notice")["left_out"] == []


def test_of_a_persons_number_a_paper_shows_enough_to_tell_two_apart(office: Office) -> None:
    person = {"kind": "individual", "name": "王晨", "resident_id": "11010519491231002X", "address": "中山市小榄镇 5 号"}
    case = office.files(respondents=[person])
    [printed] = held(case, "mediation_request")["respondents"]
    assert printed["resident_id"] == "110105********002X"
    assert held(case, "mediation_request")["requesters"][0]["resident_id"] == ""


@pytest.mark.parametrize(("set_to", "told"), [(None, "十五日"), ("六个月", "六个月")])
def test_a_refusal_names_the_term_that_the_office_holds_to(office: Office, set_to: str | None, told: str) -> None:
    if set_to:
        with changing(db.session):
            settings.put(db.session(), "remedy.suit_within", set_to)
    case = office.files()
    office.clerk.answers(case, "formality_check", check="refuse", reasons=["no_facts"], explanation="事项不明")
    assert held(case, "refusal_notice")["suit_within"] == told


def test_a_refusal_names_the_articles_of_its_reasons(office: Office) -> None:
    case = office.files()
    office.clerk.answers(case, "formality_check", check="refuse", reasons=["in_court"])
    assert held(case, "refusal_notice")["basis"] == "《专利纠纷行政裁决和调解办法》第十二条"


def test_what_the_clock_refuses_cites_its_article_and_names_the_clerk_who_asked(office: Office, today: Today) -> None:
    case = office.files()
    office.clerk.answers(case, "formality_check", check="correct", items=["缺登记簿副本第 2 页"], days=10)
    case.has_made("correction_notice")
    office.let_pass(today, 11)
    refusal = held(case, "refusal_notice")
    assert refusal["basis"] == "《专利纠纷行政裁决和调解办法》第十六条"
    assert (refusal["handler"], refusal["office_phone"]) == (office.clerk.name, "0757-83310315")


def test_what_parties_bring_about_in_a_mediation_names_the_mediator_as_the_one_to_turn_to(office: Office) -> None:
    case = office.performing()
    for person in (office.requester, office.respondent):
        person.answers(case, "joint_application", applies=True)
    assert held(case, "mediation_certificate")["handler"] == office.mediator.name
