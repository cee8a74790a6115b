"""Every letter has to reach somebody: what is still to be served, who is told so, and what runs from service."""

from __future__ import annotations

import re

from sqlalchemy import select

from app.jobs import documents
from app.models import Document, db
from tests.conftest import Today
from tests.flows.office import PASSWORD, Case, Office
from tests.web.browser import Browser

MISSING = "请补交专利登记簿副本"


def page(office: Office, who: str, path: str, expects: int = 200) -> str:
    browser = Browser(office.app)
    browser.logs_in(who, PASSWORD)
    return browser.gets(path, expects=expects).text


def paper(case: Case, kind: str) -> int:
    rows = select(Document.id).where(Document.case_id == case.id, Document.kind == kind)
    return db.session.scalars(rows).one()


def to_be_corrected(office: Office, **changes: object) -> Case:
    case: Case = office.files(**changes)
    office.clerk.answers(case, "formality_check", check="correct", items=[MISSING], days=5)
    return case


def served(office: Office, case: Case, kind: str, **changes: object) -> dict[str, object]:
    record = office.record(case, office.requesting, **changes)
    return {**record, "document": paper(case, kind)}


def test_a_correction_period_does_not_run_before_its_notice_was_served(office: Office, today: Today) -> None:
    case = to_be_corrected(office, e_service=False)
    office.let_pass(today, days=9)
    assert "correct_materials" in case.open_keys()
    assert [d for d in case.seen_by(office.clerk)["deadlines"] if d["rule"] == "mediation.correction"] == []
    office.clerk.acts(case, "register_service", **served(office, case, "correction_notice"))
    assert case.due("mediation.correction") == "2026-03-16"  # Wednesday the 11th and five days
    office.let_pass(today, days=6)
    assert case.seen_by(office.clerk)["outcome"] == "refused" or case.open_keys() == set()
    facts = db.session.get_one(Document, paper(case, "refusal_notice")).facts or {}
    assert facts["reasons"] == ["uncorrected"]


def test_whoever_agreed_to_electronic_service_has_the_notice_as_soon_as_it_is_made(
    office: Office, today: Today
) -> None:
    case = to_be_corrected(office, e_service=True)
    assert [d for d in case.seen_by(office.clerk)["deadlines"] if d["rule"] == "mediation.correction"] == []
    case.has_made("correction_notice")
    assert case.due("mediation.correction") == "2026-03-09"  # Saturday the 7th, and on to the next working day


def test_what_has_not_reached_somebody_is_listed_until_it_has_also_after_the_end(office: Office, today: Today) -> None:
    case = office.files(e_service=False)
    office.clerk.answers(case, "formality_check", check="refuse", reasons=["no_facts"])
    assert "正在生成" in page(office, "clerk", "/serving")
    documents.do(db.session(), paper(case, "refusal_notice"))
    listed = page(office, "clerk", "/serving")
    assert case.number in listed and "不予受理通知书" in listed and office.requesting.name in listed
    link = f"/cases/{case.id}/acts/register_service?document={paper(case, 'refusal_notice')}"
    assert link in listed.replace("&amp;", "&")
    assert link in page(office, "clerk", f"/cases/{case.id}?tab=documents").replace("&amp;", "&")
    office.clerk.acts(case, "register_service", **served(office, case, "refusal_notice"))
    assert case.number not in page(office, "clerk", "/serving")
    assert "document_served" in case.happened()


def test_what_was_sent_and_is_not_back_yet_stays_on_the_list_and_leaves_a_line(office: Office, today: Today) -> None:
    case = office.accepted()
    office.clerk.acts(
        case,
        "register_service",
        **{
            **office.record(case, office.responding, result="pending", received_on=None),
            "document": paper(case, "statement_notice"),
        },
    )
    assert case.number in page(office, "clerk", "/serving")
    assert "document_sent" in case.happened()


def test_the_five_days_to_serve_are_shown_from_receipt_on(office: Office, today: Today) -> None:
    case = office.files()
    assert case.due("mediation.serve") == "2026-03-09"
    assert "送达调解请求书副本" in page(office, "requester", f"/cases/{case.id}")
    office.clerk.answers(case, "formality_check", check="correct", items=[MISSING], days=5)
    running = [d["state"] for d in case.seen_by(office.clerk)["deadlines"] if d["rule"] == "mediation.serve"]
    assert running == ["cancelled"]
    today.moves(days=2)
    office.requester.answers(case, "correct_materials", items=[{"item": 1, "answer": "已补交"}])
    assert case.due("mediation.serve") == "2026-03-11"


def test_less_than_was_agreed_is_not_performance(office: Office, today: Today) -> None:
    case = office.performing()
    refused = office.mediator.answers(
        case, "performance", finding="performed", on="2026-03-02", amount="1.00", expects=422
    )
    assert list(refused["errors"]) == ["amount"] and "已支付 1.00 元" in refused["errors"]["amount"][0]
    paper = office.mediator.uploads("放弃余款声明.pdf")
    more = {"finding": "performed", "on": "2026-03-02", "amount": "1.00", "waived": True}
    assert list(office.mediator.answers(case, "performance", **more, expects=422)["errors"]) == ["files"]
    office.mediator.answers(case, "performance", **more, files=[paper])
    assert "performance_recorded" in case.happened()


def test_a_letter_that_was_posted_says_so_until_its_receipt_is_entered(office: Office, today: Today) -> None:
    case = office.files(e_service=False)
    office.clerk.answers(case, "formality_check", check="refuse", reasons=["no_facts"])
    documents.do(db.session(), paper(case, "refusal_notice"))
    sent = served(office, case, "refusal_notice", method="post", result="pending", received_on=None)
    office.clerk.acts(case, "register_service", **sent)
    listed = page(office, "clerk", "/serving")
    assert "3月2日</time>发出（邮寄送达），等待回执" in listed and "登记结果" in listed
    form = page(
        office, "clerk", f"/cases/{case.id}/acts/register_service?document={sent['document']}&party={sent['party']}"
    )
    assert re.search(r'value="2026-03-02"', form) and re.search(
        r'<(input|option)[^>]*(checked|selected)[^>]*value="post"', form
    )
    office.clerk.acts(case, "register_service", **{**sent, "result": "failed", "note": "原址查无此人"})
    assert "3月2日</time>发出（邮寄送达），未能送达" in page(office, "clerk", "/serving")
