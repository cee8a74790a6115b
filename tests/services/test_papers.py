"""The papers of a case: numbered without a gap, made once from their facts, read by those they are for."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from app import audit
from app.documents import letters
from app.domain.errors import NotFound, RuleBroken
from app.jobs import documents as setting
from app.models import Agreement, Document, StoredFile, User, db
from app.models import Case as CaseRow
from app.queries import cases
from app.services import papers, serving, settings
from app.services.acting import Acting
from app.services.changing import changing
from tests.flows.office import POINTS, Case, Office


def documents(case: Case) -> list[Document]:
    db.session.rollback()
    return list(db.session.scalars(select(Document).where(Document.case_id == case.id).order_by(Document.place)))


def paper(case: Case, kind: str) -> Document:
    """Return the last paper of that kind."""
    return [d for d in documents(case) if d.kind == kind][-1]


def facts_of(document: Document) -> Any:
    return db.session.scalar(select(Document.facts).where(Document.id == document.id))


def acting(case: Case, by: int) -> Acting:
    return Acting(db.session(), cases.locked(db.session(), case.id), db.session.get_one(User, by))


# -- numbers -----------------------------------------------------------------------------------------------------------


def test_the_papers_of_a_case_are_numbered_in_order_without_a_gap(either_office: Office) -> None:
    case = either_office.performing()
    found = documents(case)
    assert [d.place for d in found] == list(range(1, len(found) + 1))
    numbers = [d.number for d in found if d.number]
    assert numbers == [f"{case.number.removesuffix('号')}-{d.place}号" for d in found if d.number]
    assert len(set(numbers)) == len(numbers) >= 5


def test_a_paper_of_a_refused_act_takes_no_number(either_office: Office) -> None:
    office = either_office
    case = office.docketed()
    last = documents(case)[-1].place
    office.requester.acts(case, "settle", expects=422, summary="已和解", files=[10**6])
    office.director.acts(case, "hand_over", expects=422, to=office.clerk.id, reason="出差")
    office.director.acts(case, "hand_over", to=office.second_mediator.id, reason="出差")
    assert documents(case)[-1].place == last + 1


# -- what goes in ------------------------------------------------------------------------------------------------------


def test_a_paper_that_lacks_a_fact_is_not_issued_and_the_fact_is_named(office: Office) -> None:
    case = office.accepted()
    with pytest.raises(RuleBroken, match="补正期限"), changing(db.session):
        papers.issue(acting(case, office.clerk.id), "correction_notice", items=["缺页"])
    assert "correction_notice" not in [d.kind for d in documents(case)]


def test_a_paper_keeps_what_was_true_when_it_was_made(office: Office) -> None:
    case = office.accepted()
    with changing(db.session):
        settings.put(db.session(), "office.name", "佛山市知识产权局")
    case_after = office.accepted()
    before, after = (facts_of(paper(c, "statement_notice")) for c in (case, case_after))
    assert (before["office"], after["office"]) == ("佛山市市场监督管理局（佛山市知识产权局）", "佛山市知识产权局")


def test_a_file_counts_once_however_often_it_is_named(office: Office) -> None:
    one = office.requester.uploads("登记簿.pdf")
    case = office.files(right_files=[one, one])
    assert [d.kind for d in documents(case)].count("right_proof") == 1


def test_a_file_that_somebody_else_uploaded_is_refused(either_office: Office) -> None:
    office = either_office
    theirs = office.respondent.uploads("对方材料.pdf")
    office.files(expects=422, right_files=[theirs])
    assert db.session.scalars(select(CaseRow)).all() == []


def test_a_file_that_is_not_there_is_refused_in_the_same_words(office: Office) -> None:
    case = office.docketed()
    theirs = office.respondent.uploads("对方材料.pdf")
    sentences = set()
    for file_id in (theirs, 10**6):
        with pytest.raises(RuleBroken) as refusal:
            papers.files_of(acting(case, office.requester.id), [file_id])
        sentences.add((str(refusal.value), refusal.value.field))
    assert len(sentences) == 1


# -- who reads it ------------------------------------------------------------------------------------------------------


def test_proof_of_identity_is_read_by_the_office_and_its_party_alone(either_office: Office) -> None:
    office = either_office
    case = office.accepted(identity_files=[office.requester.uploads("营业执照.pdf")])
    proof = paper(case, "identity_proof")
    path = f"/cases/{case.id}/documents/{proof.id}"

    def kinds(person: Any) -> list[str]:
        return [d["kind"] for d in case.seen_by(person)["documents"]]

    assert "identity_proof" in kinds(office.requester)
    assert "identity_proof" in kinds(office.clerk)
    assert "identity_proof" not in kinds(office.respondent)
    office.respondent.sees(path, expects=404)
    office.stranger.sees(path, expects=404)


def test_the_draft_for_adjudication_is_its_authors_alone(office: Office) -> None:
    case = office.in_session()
    office.holds(case, "failed")
    office.mediator.answers(case, "close_failed", reason="双方分歧较大")
    before = case.happened()
    office.requester.acts(case, "to_adjudication", confirm=True)
    draft = paper(case, "adjudication_request_draft")
    setting.do(db.session(), draft.id)
    path = f"/api/v1/cases/{case.id}/documents/{draft.id}"
    client = office.app.test_client()
    seen = case.seen_by(office.requester)
    assert draft.kind in [d["kind"] for d in seen["documents"]]
    assert "turned_to_adjudication" in [e["kind"] for e in seen["events"]]
    assert client.get(path, headers=office.requester.headers()).status_code == 200
    for person in (office.respondent, office.clerk, office.mediator, office.director, office.supervisor):
        seen = case.seen_by(person)
        assert draft.kind not in [d["kind"] for d in seen["documents"]]
        assert "turned_to_adjudication" not in [e["kind"] for e in seen["events"]]
        assert client.get(path, headers=person.headers()).status_code == 404
    assert case.happened() == before


def test_the_draft_asks_to_stop_and_names_damages_as_what_is_only_mediated(office: Office) -> None:
    case = office.in_session()
    office.holds(case, "failed")
    office.mediator.answers(case, "close_failed", reason="双方分歧较大")
    office.requester.acts(case, "to_adjudication", confirm=True)
    draft = facts_of(paper(case, "adjudication_request_draft"))
    assert (draft["requests"], draft["mediated"]) == (["停止销售被控产品"], ["赔偿经济损失"])
    assert draft["requesters"][0]["phone"] == office.requesting.phone


def test_no_paper_that_others_receive_prints_a_phone_in_full(office: Office) -> None:
    case = office.performing()
    printed = [facts_of(d) for d in documents(case) if d.issued]
    parties = [p for facts in printed for p in (*facts["requesters"], *facts["respondents"], *facts["to"])]
    assert "139****0000" in {p["phone"] for p in parties}
    assert not [f for f in printed if str(office.requesting.phone) in str(f)]


def test_what_a_party_keeps_for_itself_is_under_the_seal_and_outside_the_archive(office: Office) -> None:
    case = office.in_session()
    office.holds(case, "failed")
    office.mediator.answers(case, "close_failed", reason="双方分歧较大")
    office.requester.acts(case, "to_adjudication", confirm=True)
    setting.do(db.session(), paper(case, "adjudication_request_draft").id)
    row = db.session.get_one(CaseRow, case.id)
    assert audit.verify(db.session(), row) is None
    for _once in ("letters", "receipts of their service"):
        for document in documents(case):
            setting.do(db.session(), document.id)
    office.clerk.acts(case, "file_case", note="", checked_by="")
    indexes = [facts_of(d)["items"] for d in documents(case) if d.kind == "file_index"]
    titles = [item["title"] for items in indexes for item in items]
    assert titles and not [t for t in titles if "草稿" in t]


# -- made once ---------------------------------------------------------------------------------------------------------


def test_a_preview_keeps_nothing(office: Office) -> None:
    case = office.files()
    before = len(documents(case)), db.session.scalar(select(func.count()).select_from(StoredFile))
    row = db.session.get_one(CaseRow, case.id)
    clerk = db.session.get_one(User, office.clerk.id)
    data = papers.preview(db.session(), row, "correction_notice", clerk, items=["缺登记簿副本第 2 页"], days=10)
    db.session.commit()
    assert data.startswith(b"%PDF")
    assert (len(documents(case)), db.session.scalar(select(func.count()).select_from(StoredFile))) == before


def test_a_paper_is_rendered_once(either_office: Office) -> None:
    case = either_office.files()
    receipt = paper(case, "submission_receipt").id
    with changing(db.session):
        first = serving.make(db.session(), receipt)
        assert first is not None
    with changing(db.session):
        assert serving.make(db.session(), receipt) is None
        assert papers.keep_rendered(db.session(), receipt, b"%PDF-1.7 another", 1) is None
    assert paper(case, "submission_receipt").file_id == first.id


def test_the_same_facts_give_the_same_bytes(office: Office) -> None:
    case = office.accepted()
    facts = facts_of(paper(case, "statement_notice"))
    assert letters.render("statement_notice", facts) == letters.render("statement_notice", dict(facts))


def test_a_rendered_paper_is_handed_out_under_its_name_and_number(office: Office) -> None:
    case = office.accepted()
    notice = paper(case, "statement_notice")
    with changing(db.session):
        file = serving.make(db.session(), notice.id)
        assert file is not None
        assert file.name == f"{notice.title}（{notice.number}）.pdf"
    answer = office.app.test_client().get(
        f"/api/v1/cases/{case.id}/documents/{notice.id}", headers=office.respondent.headers()
    )
    assert (answer.status_code, answer.data[:5]) == (200, b"%PDF-")


def test_what_was_handed_in_is_never_rendered_and_what_is_not_there_is_not_found(office: Office) -> None:
    case = office.files()
    assert papers.to_render(db.session(), paper(case, "right_proof").id) is None
    with pytest.raises(NotFound):
        papers.to_render(db.session(), 10**6)


# -- an agreement that was sent back -----------------------------------------------------------------------------------


def test_an_agreement_sent_back_is_confirmed_anew_and_issued_once_with_the_new_terms(either_office: Office) -> None:
    office = either_office
    case = office.confirmed()
    office.director.answers(case, "issue_agreement", issued=False, reason="第二条金额大小写不一致")
    office.drafts(case, terms=["停止销售被控产品", "支付补偿款陆万元"], amount="60000.00")
    office.requester.answers(case, "confirm_agreement", answer="confirm", signed_name="何云")
    assert case.open_keys() == {"confirm_agreement"}  # the earlier word of the respondent was on the earlier draft
    office.respondent.answers(case, "confirm_agreement", answer="confirm", signed_name="王晨光")
    office.director.answers(case, "issue_agreement", issued=True)
    assert case.documents().count("mediation_agreement") == 1
    issued = paper(case, "mediation_agreement")
    facts = facts_of(issued)
    assert (facts["terms"][1], facts["amount"]) == ("支付补偿款陆万元", "60000.00")
    drafts = db.session.scalars(select(Agreement).where(Agreement.case_id == case.id).order_by(Agreement.place)).all()
    assert [(a.place, a.document_id, a.issued_on is not None) for a in drafts] == [
        (1, None, False),
        (2, issued.id, True),
    ]


def test_the_newest_paper_of_a_kind_is_the_one_that_counts(office: Office) -> None:
    case = office.in_session()
    office.holds(case, "continue")
    office.schedules(case)
    newest = papers.latest(db.session(), db.session.get_one(CaseRow, case.id), "mediation_session_notice")
    assert newest is not None
    assert facts_of(newest)["place"] == 2
    assert papers.latest(db.session(), newest.case, "mediation_agreement") is None


def test_a_correction_that_comes_back_is_a_paper_of_its_party(office: Office) -> None:
    case = office.files()
    office.clerk.answers(case, "formality_check", check="correct", points=["claims"], items=["缺页"], days=10)
    files = [office.requester.uploads("补正.pdf"), office.requester.uploads("补正二.pdf")]
    office.requester.answers(case, "correct_materials", explanation="已补", files=files)
    office.clerk.answers(case, "formality_check", check="accept", points=POINTS)
    assert case.documents().count("corrected_materials") == 2
