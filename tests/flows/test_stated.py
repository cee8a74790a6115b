"""What a request says of the other side stays with the case; what is on file about it is not for the requester."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.errors import RuleBroken
from app.models import Document, Organization, Party, User, db
from app.queries import progress
from app.services import invitations, organizations, signup
from tests.flows.office import PASSWORD, Case, Office
from tests.flows.test_corrections import corrects, page, puts_right, to_be_corrected
from tests.web.browser import Browser

ON_FILE = "广东省中山市古镇镇存档路 9 号"
STATED = {"address": "中山市小榄镇 3 号", "phone": "13800138001", "legal_representative": "李某"}


@pytest.fixture
def case(office: Office) -> Case:
    """Return an accepted case against a company that is on file already."""
    office.responding.address = ON_FILE
    db.session.commit()
    entry = {**office.entry(office.responding), **STATED}
    return office.accepted(respondents=[entry])


def facts_of(case: Case, kind: str) -> dict:  # type: ignore[type-arg]
    rows = select(Document.facts).where(Document.case_id == case.id, Document.kind == kind)
    return dict(db.session.scalars(rows).all()[-1] or {})


def respondent(case: Case) -> Party:
    rows = select(Party).where(Party.case_id == case.id, Party.role == "respondent")
    return db.session.scalars(rows).one()


def test_the_request_prints_what_was_stated_and_nothing_that_is_on_file(case: Case) -> None:
    printed = facts_of(case, "mediation_request")["respondents"][0]
    assert {name: printed[name] for name in STATED} == {**STATED, "phone": "138****8001"}  # as pages show it


def test_the_clerk_sees_both_and_the_requester_what_was_stated(office: Office, case: Case) -> None:
    for_clerk, for_requester = (page(office, who, f"/cases/{case.id}") for who in ("clerk", "requester"))
    assert STATED["address"] in for_clerk and "送达用其自己填写的" in for_clerk and ON_FILE in for_clerk
    assert STATED["address"] in for_requester and ON_FILE not in for_requester


def test_papers_go_to_a_verified_party_where_it_says_it_is(office: Office, case: Case) -> None:
    office.clerk.answers(case, "serve_request", records=[office.record(case, office.responding)], give_up=False)
    assert facts_of(case, "service_receipt")["address"] == ON_FILE


def test_papers_go_to_an_unverified_party_where_the_requester_says_it_is(office: Office, case: Case) -> None:
    office.responding.verified = False
    db.session.commit()
    office.clerk.answers(case, "serve_request", records=[office.record(case, office.responding)], give_up=False)
    assert facts_of(case, "service_receipt")["address"] == STATED["address"]


def test_a_verified_party_that_answers_speaks_for_itself_and_the_request_stays_as_it_was(
    office: Office, case: Case
) -> None:
    office.clerk.answers(case, "serve_request", records=[office.record(case, office.responding)], give_up=False)
    assert ON_FILE not in page(office, "requester", f"/cases/{case.id}")
    office.respondent.answers(case, "statement", stance="consents", opinion="", e_service=False)
    assert facts_of(case, "statement_of_opinion")["respondents"][0]["address"] == ON_FILE
    assert facts_of(case, "mediation_request")["respondents"][0]["address"] == STATED["address"]
    assert respondent(case).stated["address"] == STATED["address"]  # type: ignore[index]


def test_a_party_that_came_in_with_a_code_speaks_for_itself(office: Office, case: Case) -> None:
    office.responding.verified = False
    party, session = respondent(case), db.session()
    code = invitations.invite(session, party, session.get_one(User, office.clerk.id))
    invitations.accept(session, code, who=session.get_one(User, office.respondent.id))
    session.commit()
    assert (party.told("address"), party.stated["address"]) == (ON_FILE, STATED["address"])  # type: ignore[index]


def test_who_filed_on_paper_is_known_but_not_who_signs_up_in_its_name(office: Office) -> None:
    office.requesting.verified = False
    db.session.commit()
    paper = office.files_on_paper()
    assert "到窗口提交纸质请求" in page(office, "clerk", f"/cases/{paper.id}")
    office.requester.sees(f"/cases/{paper.id}", expects=404)
    online = office.files()
    assert "到窗口提交纸质请求" not in page(office, "clerk", f"/cases/{online.id}")


def test_progress_is_told_for_a_phone_as_stated_and_not_for_a_public_code(
    app: Flask, office: Office, case: Case
) -> None:
    number, code = case.number, (office.responding.uscc or "")[-4:]
    receipt = db.session.scalars(select(Party).where(Party.case_id == case.id)).first().case.receipt_number  # type: ignore[union-attr]
    typed = number.replace("〔", " [").replace("〕", "] ").removesuffix("号")
    assert progress.look_up(db.session(), typed, "8001").number == number
    assert progress.look_up(db.session(), receipt, code).number == number
    for tail in (code, (office.responding.phone or "")[-4:]):
        with pytest.raises(RuleBroken, match="没有找到"):
            progress.look_up(db.session(), number, tail)


def test_progress_says_in_whose_hands_a_matter_is_and_until_when_but_no_names(office: Office, case: Case) -> None:
    office.clerk.answers(case, "serve_request", records=[office.record(case, office.responding)], give_up=False)
    told = Browser(office.app).posts("/progress", {"number": case.number, "tail": "8001"}, expects=200).text
    assert "正在办理：</span>被请求人" in told
    assert case.due("mediation.statement") in told
    assert office.responding.name not in told


def test_a_number_that_is_none_is_answered_with_what_one_looks_like(office: Office) -> None:
    assert "请写全案号" in Browser(office.app).posts("/progress", {"number": "113", "tail": "8001"}, expects=422).text


OTHER = "别的公司"
NUMBER = "11010519491231002X"


def test_a_request_with_another_name_than_the_one_on_file_is_filed_and_only_the_office_learns_of_it(
    office: Office,
) -> None:
    wrong = {**office.entry(office.responding), "name": OTHER}
    case = office.files(respondents=[office.entry(office.elsewhere), wrong])
    assert [p["name"] for p in case.seen_by(office.requester)["parties"]][1:] == [office.elsewhere.name, OTHER]
    for path in (f"/cases/{case.id}", f"/cases/{case.id}?tab=answers"):
        shown = page(office, "requester", path)
        assert OTHER in shown and office.responding.name not in shown and "名称不一致" not in shown
    assert office.responding.name not in str(facts_of(case, "mediation_request"))
    task = case.task("formality_check", office.clerk)
    for path in (f"/cases/{case.id}", f"/tasks/{task}"):
        assert f"该证件号码登记的名称是“{office.responding.name}”" in page(office, "clerk", path)
    assert db.session.get_one(Organization, office.responding.id).name == office.responding.name


def test_a_correction_to_a_name_that_is_not_on_file_either_leaves_it_open(office: Office) -> None:
    case = to_be_corrected(office, respondents=[{**office.entry(office.responding), "name": OTHER}])
    corrects(office, case, **puts_right(case, name="还是别的公司"))
    assert case.seen_by(office.requester)["parties"][1]["name"] == respondent(case).called == "还是别的公司"
    assert "名称不一致" in page(office, "clerk", f"/cases/{case.id}")


def test_a_correction_of_the_name_settles_it(office: Office) -> None:
    case = to_be_corrected(office, respondents=[{**office.entry(office.responding), "name": OTHER}])
    corrects(office, case, **puts_right(case, name=office.responding.name))
    assert respondent(case).called == ""
    assert "名称不一致" not in page(office, "clerk", f"/cases/{case.id}")
    assert case.seen_by(office.clerk)["title"].endswith(office.responding.name)


def test_the_office_settles_it_by_correcting_the_file(office: Office) -> None:
    case = office.files(respondents=[{**office.entry(office.responding), "name": OTHER}])
    session = db.session()
    known, clerk = session.get_one(Organization, office.responding.id), session.get_one(User, office.clerk.id)
    organizations.rename(session, known, name="中山市晨光电器有限公司", reason="与营业执照核对", by=clerk)
    session.commit()
    assert (respondent(case).name, respondent(case).called) == ("中山市晨光电器有限公司", "")
    assert f"请求书所写名称：{OTHER}" in page(office, "clerk", f"/cases/{case.id}")


@pytest.mark.parametrize("on_file", [True, False])
def test_the_answer_is_the_same_whether_a_resident_number_is_on_file(office: Office, on_file: bool) -> None:
    if on_file:
        signup.sign_up(
            db.session(),
            signup.Newcomer(username="zhang", password=PASSWORD, name="张三", email="z@example.cn", phone=""),
            signup.Represented(kind="individual", name="张三", resident_id=NUMBER),
        )
        db.session.commit()
    person = {"kind": "individual", "name": "李四", "resident_id": NUMBER, "address": "佛山市南海区 1 号"}
    case = office.files(respondents=[person])
    assert case.seen_by(office.requester)["parties"][1]["name"] == "李四"
    twice = office.files(expects=422, respondents=[person, {**person, "name": "王五"}])
    assert twice["errors"] == {"respondents-1-name": ["王五 被填写了两次"]}
    assert "张三" not in page(office, "requester", f"/cases/{case.id}")


def test_what_only_this_request_says_of_a_party_is_not_called_known(office: Office) -> None:
    stranger = {"kind": "individual", "name": "王晨", "address": "中山市小榄镇 5 号", "phone": "13800138000"}
    case = office.accepted(respondents=[stranger])
    browser = Browser(office.app)
    browser.logs_in(office.clerk.username, PASSWORD)
    assert "系统已有" not in browser.gets(f"/cases/{case.id}").text


def test_the_phone_that_was_stated_and_the_one_on_file_are_shown_in_full_each_by_itself(
    office: Office, case: Case
) -> None:
    party = case.party(office.responding.name)
    browser = Browser(office.app)
    browser.logs_in("clerk", PASSWORD)
    text = browser.gets(f"/cases/{case.id}").text
    for what, number in (("phone", STATED["phone"]), ("phone_on_file", office.responding.phone)):
        address = f"/cases/{case.id}/parties/{party}/{what}"
        assert address in text
        assert number in browser.posts(address, {"reason": "电话通知"}, expects=200).text
