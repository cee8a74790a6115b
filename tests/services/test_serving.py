"""Service of papers: what can have happened, what may not be used, and from which day the clock then runs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from app.models import Document, ServiceRecord, User, db
from app.services.changing import changing
from tests.conftest import Today
from tests.flows.office import PASSWORD, Case, Office
from tests.web.browser import Browser


def serves(office: Office, case: Case, expects: int = 200, give_up: bool = False, **changes: Any) -> Any:
    """Let the clerk record how the request was served on the respondent."""
    record = office.record(case, office.responding, **changes)
    return office.clerk.answers(case, "serve_request", expects, records=[record], give_up=give_up)


def records(case: Case) -> list[ServiceRecord]:
    db.session.rollback()
    rows = select(ServiceRecord).where(ServiceRecord.case_id == case.id).order_by(ServiceRecord.id)
    return list(db.session.scalars(rows))


def paper(case: Case, kind: str) -> int:
    """Return the id of the last paper of that kind."""
    rows = select(Document.id).where(Document.case_id == case.id, Document.kind == kind).order_by(Document.place)
    return list(db.session.scalars(rows))[-1]


# -- days --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "days",
    [
        {"sent_on": "2026-03-01", "received_on": "2026-03-02"},
        {"sent_on": "2026-03-04", "received_on": "2026-03-03"},
        {"sent_on": "2026-03-07", "received_on": "2026-03-07"},
        {"sent_on": "2026-03-04", "received_on": "2026-03-07"},
    ],
    ids=["sent before it was made", "received before it was sent", "sent tomorrow", "received tomorrow"],
)
def test_a_service_cannot_have_been_on_impossible_days(office: Office, today: Today, days: dict[str, str]) -> None:
    case = office.accepted()
    today.is_at("2026-03-06 10:00")
    serves(office, case, expects=422, **days)
    assert (case.state, records(case)) == ("serving", [])


def test_the_statement_runs_from_the_day_of_receipt_not_from_the_day_it_was_recorded(
    either_office: Office, today: Today
) -> None:
    case = either_office.accepted()
    today.is_at("2026-03-06 10:00")
    serves(either_office, case, sent_on="2026-03-03", received_on="2026-03-04")
    assert case.due("mediation.statement") == "2026-03-19"


# -- ways --------------------------------------------------------------------------------------------------------------


def test_whoever_agreed_and_has_no_account_is_served_electronically_by_the_clerk(office: Office) -> None:
    case = office.docketed()
    with changing(db.session):
        db.session.get_one(User, office.respondent.id).active = False
    service = {
        "document": paper(case, "mediation_docket_notice"),
        "method": "electronic",
        "sent_on": "2026-03-02",
        "result": "received",
        "received_on": "2026-03-02",
        "receiver": "本人",
    }
    office.clerk.acts(case, "register_service", party=case.party(office.responding.name), **service)
    by_whom = [(r.method, r.by_id) for r in records(case) if r.party.name == office.responding.name]
    assert by_whom == [("post", office.clerk.id), ("electronic", office.clerk.id)]


def test_a_paper_that_is_not_made_yet_cannot_have_been_served(office: Office) -> None:
    case = office.accepted()
    service = {**office.record(case, office.responding), "document": paper(case, "statement_notice")}
    problem = office.clerk.does(f"/cases/{case.id}/acts/register_service", {"answers": service}, expects=422)
    assert "还在制作" in str(problem)
    assert records(case) == []
    office.clerk.acts(case, "register_service", **service)
    assert [r.result for r in records(case)] == ["received"]


def test_a_step_does_not_serve_a_paper_that_is_not_made_yet_either(office: Office) -> None:
    case = office.accepted()
    refused = office.clerk.does(
        f"/tasks/{case.task('serve_request', office.clerk)}/complete",
        {"answers": {"records": [office.record(case, office.responding)], "give_up": False}},
        expects=422,
    )
    assert refused["errors"] == {"records": ["《陈述意见通知书》还在制作，做好以后再登记送达"]}
    assert (case.state, records(case)) == ("serving", [])


@pytest.mark.parametrize("said", ["records", "refused_by"])
def test_an_agreement_that_is_not_made_yet_is_neither_served_nor_refused(office: Office, said: str) -> None:
    case = office.confirmed()
    office.director.answers(case, "issue_agreement", issued=True)
    answers: dict[str, Any] = {
        "records": {"records": [office.record(case, office.requesting, method="direct")]},
        "refused_by": {"records": [], "refused_by": case.party(office.responding.name), "refusal": "当面拒收"},
    }[said]
    task = case.task("serve_agreement", office.clerk)
    refused = office.clerk.does(f"/tasks/{task}/complete", {"answers": answers}, expects=422)
    assert list(refused["errors"]) == [said]
    assert "还在制作" in str(refused)
    assert case.state == "issued"


def test_who_has_not_consented_is_not_served_electronically(office: Office) -> None:
    case = office.accepted()
    problem = serves(office, case, expects=422, method="electronic")
    assert "没有同意电子送达" in str(problem)
    assert records(case) == []


def test_an_agreement_is_not_left_even_when_it_is_registered_beside_the_main_line(office: Office) -> None:
    case = office.confirmed()
    office.director.answers(case, "issue_agreement", issued=True)
    service = {
        "document": paper(case, "mediation_agreement"),
        "party": case.party(office.requesting.name),
        "method": "left",
        "sent_on": "2026-03-02",
        "result": "received",
        "received_on": "2026-03-02",
        "receiver": "门卫",
    }
    problem = office.clerk.acts(case, "register_service", expects=422, **service)
    assert "不能用" in str(problem)


# -- attempts ----------------------------------------------------------------------------------------------------------


def test_a_failed_attempt_stays_on_record_and_starts_no_clock(either_office: Office) -> None:
    case = either_office.accepted()
    serves(either_office, case, result="failed", received_on=None, receiver="", note="查无此人")
    assert [(r.result, r.received_on) for r in records(case)] == [("failed", None)]
    assert "service_failed" in case.happened()
    assert case.open_keys() == {"serve_request"}
    assert not [d for d in case.seen_by(either_office.clerk)["deadlines"] if d["rule"] == "mediation.statement"]


def test_a_receipt_that_comes_back_later_lets_the_case_go_on_from_the_day_it_names(
    either_office: Office, today: Today
) -> None:
    office = either_office
    case = office.accepted()
    serves(office, case, result="pending", received_on=None, receiver="")
    today.is_at("2026-03-09 10:00")
    service = {
        "document": paper(case, "statement_notice"),
        "party": case.party(office.responding.name),
        "method": "post",
        "sent_on": "2026-03-02",
        "result": "received",
        "received_on": "2026-03-05",
        "receiver": "前台",
    }
    office.clerk.acts(case, "register_service", **service)
    again = office.clerk.acts(case, "register_service", expects=422, **service)
    assert "document" in again["errors"]  # it has reached everybody
    browser = Browser(office.app)
    browser.logs_in(office.clerk.username, PASSWORD)
    assert "每一名被请求人都已经签收" in browser.gets(f"/tasks/{case.task('serve_request', office.clerk)}").text
    office.clerk.answers(case, "serve_request", records=[], give_up=False)
    assert (case.state, case.due("mediation.statement")) == ("awaiting_statement", "2026-03-20")
    assert [r.result for r in records(case)] == ["pending", "received"]


def test_whom_a_paper_has_reached_it_does_not_reach_again(office: Office) -> None:
    case = office.docketed(e_service=False)
    case.has_made("mediation_docket_notice")  # and so it has reached the respondent, who agreed to that
    service = {**office.record(case, office.responding), "document": paper(case, "mediation_docket_notice")}
    again = office.clerk.acts(case, "register_service", expects=422, **service)
    assert "已于2026年3月2日送达" in str(again["errors"])


def test_an_agreement_takes_effect_on_the_day_the_last_party_received_it(office: Office, today: Today) -> None:
    case = office.confirmed()
    office.director.answers(case, "issue_agreement", issued=True)
    today.is_at("2026-03-06 10:00")
    days = {office.requesting: "2026-03-05", office.responding: "2026-03-03"}
    entries = [
        office.record(case, o, method="direct", sent_on="2026-03-02", received_on=day) for o, day in days.items()
    ]
    office.clerk.answers(case, "serve_agreement", records=entries)
    dues = {d["due"] for d in case.seen_by(office.clerk)["deadlines"] if d["rule"] == "confirmation.apply"}
    assert dues == {"2026-04-07"}  # for both; 4 April is a holiday: on to the first day after it


def test_an_agreement_that_has_not_reached_everybody_does_not_take_effect(office: Office) -> None:
    case = office.confirmed()
    office.director.answers(case, "issue_agreement", issued=True)
    record = office.record(case, office.requesting, method="direct")
    problem = office.clerk.answers(case, "serve_agreement", expects=422, records=[record])
    assert f"还没有送达：{office.responding.name}。" in str(problem)
    assert (case.state, len(records(case))) == ("issued", 1)  # the service of the request is still there


def test_the_proof_of_service_is_for_the_office(office: Office) -> None:
    case = office.accepted()
    serves(office, case, proof=[office.clerk.uploads("回证.pdf")])
    [record] = records(case)
    assert record.proof is not None
    assert "service_receipt" in case.documents()
    for person in (office.requester, office.respondent):
        assert "service_receipt" not in [d["kind"] for d in case.seen_by(person)["documents"]]


def test_a_paper_of_another_case_cannot_be_registered_here(office: Office) -> None:
    case, other = office.accepted(), office.accepted()
    service = {
        "document": paper(other, "statement_notice"),
        "party": case.party(office.responding.name),
        "method": "post",
        "sent_on": "2026-03-02",
        "result": "received",
        "received_on": "2026-03-02",
        "receiver": "前台",
    }
    office.clerk.acts(case, "register_service", expects=422, **service)
    assert records(case) == []


def test_a_notice_in_public_counts_only_after_its_days(office: Office, today: Today) -> None:
    case = office.accepted()
    today.is_at("2026-04-30 10:00")
    serves(office, case, expects=422, method="notice", sent_on="2026-03-02", received_on="2026-04-30")
    today.is_at("2026-05-06 10:00")
    serves(office, case, method="notice", sent_on="2026-03-02", received_on="2026-05-06", receiver="公告")
    assert records(case)[0].received_on == date(2026, 5, 6)
    assert case.state == "awaiting_statement"


def test_a_refusal_stands_beside_the_field_of_its_row(office: Office) -> None:
    case = office.accepted()
    other = office.record(case, office.responding, method="electronic")
    refused = office.clerk.answers(case, "serve_request", expects=422, records=[other], give_up=False)
    assert list(refused["errors"]) == ["records-0-method"]
    refused = office.clerk.acts(
        case, "register_service", expects=422, **other, document=paper(case, "statement_notice")
    )
    assert list(refused["errors"]) == ["method"]
