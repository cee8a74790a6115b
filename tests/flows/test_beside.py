"""Acts beside the main line, and what holds on every way."""

from __future__ import annotations

from sqlalchemy import text

from app.jobs import run_due
from app.models import db
from tests.conftest import Today
from tests.flows.office import POINTS, Office


def test_a_request_may_be_withdrawn_at_any_time_by_its_author_only(office: Office) -> None:
    case = office.in_session()
    office.respondent.acts(case, "withdraw", expects=403, reason="不想继续")
    office.requester.acts(case, "withdraw", reason="已自行解决")
    assert (case.state, case.open_keys()) == ("withdrawn", set())
    office.requester.acts(case, "withdraw", expects=409, reason="再来一次")


def test_parties_who_settle_hand_in_their_settlement(office: Office) -> None:
    case = office.docketed()
    office.requester.acts(case, "settle", expects=422, summary="已和解", files=[])
    office.requester.acts(case, "settle", summary="已和解", files=[office.requester.uploads("和解协议书.pdf")])
    assert case.state == "settled"


def test_an_agent_with_general_authority_cannot_settle_or_withdraw(office: Office) -> None:
    case = office.docketed()
    agent = {
        "party": case.party(office.requesting.name),
        "name": "赵律师",
        "firm": "某某律师事务所",
        "username": "stranger",
    }
    files = [office.requester.uploads("授权委托书.pdf")]
    office.requester.acts(case, "add_agent", special=False, files=files, **agent)
    office.stranger.acts(case, "withdraw", expects=403, reason="代理人撤回")
    office.requester.acts(case, "add_agent", special=True, files=[office.requester.uploads("特别授权.pdf")], **agent)
    office.stranger.acts(case, "withdraw", reason="代理人撤回")
    assert case.state == "withdrawn"


def test_an_ownership_dispute_may_be_extended_by_a_month_once(office: Office) -> None:
    case = office.docketed(dispute_kind="ownership", standing="claimant")
    assert case.due("mediation.ownership_close") == "2026-05-06"
    office.director.acts(case, "extend_closing", reason="案情特别复杂")
    assert case.due("mediation.ownership_close") == "2026-06-02"
    office.director.acts(case, "extend_closing", expects=422, reason="还要延长")


def test_a_request_for_damages_alone_needs_the_decision_that_found_infringement(office: Office) -> None:
    problem = office.files(expects=422, only_damages=True)
    assert "decision_files" in problem["errors"]
    office.files(only_damages=True, decision_files=[office.requester.uploads("处理决定书.pdf")])


def test_a_respondent_learns_of_a_request_when_it_is_accepted_not_before(office: Office) -> None:
    case = office.files()
    office.respondent.sees(f"/cases/{case.id}", expects=404)
    office.clerk.answers(case, "formality_check", check="accept", points=POINTS)
    assert case.seen_by(office.respondent)["state"] == "serving"


def test_a_closed_case_is_filed_once_with_cover_index_and_note(office: Office) -> None:
    case = office.docketed()
    office.requester.acts(case, "withdraw", reason="已自行解决")
    office.clerk.acts(case, "file_case", expects=422, note="", checked_by="")
    run_due(db.session(), office.app.config["PEIYOU"])
    office.clerk.acts(case, "file_case", note="材料齐全", checked_by="林建华")
    volumes = ["case_file_cover", "file_index", "file_note", "case_file_cover", "file_index"]
    assert case.documents()[-8:] == [*volumes, "main_volume", "secondary_volume", "archive_package"]
    office.clerk.acts(case, "file_case", expects=422, note="", checked_by="")
    assert "case_file_cover" not in [d["kind"] for d in case.seen_by(office.requester)["documents"]]


def test_every_attempt_at_service_has_its_receipt(office: Office) -> None:
    case = office.served()
    assert case.documents().count("service_receipt") == 1
    assert "service_receipt" not in [d["kind"] for d in case.seen_by(office.respondent)["documents"]]


def test_a_public_notice_counts_as_service_only_when_its_days_have_passed(office: Office, today: Today) -> None:
    case = office.accepted()
    notice = {"method": "notice", "receiver": ""}
    early = office.record(case, office.responding, **notice)
    office.clerk.answers(case, "serve_request", expects=422, records=[early], give_up=False)
    waiting = office.record(case, office.responding, **notice, result="pending", received_on=None)
    office.clerk.answers(case, "serve_request", records=[waiting], give_up=False)
    office.let_pass(today, 65)
    done = office.record(case, office.responding, **notice, sent_on="2026-03-02", received_on="2026-05-05")
    office.clerk.answers(case, "serve_request", expects=422, records=[done], give_up=False)
    done["received_on"] = "2026-05-06"  # the sixtieth day is 1 May, and the holiday lasts to the fifth
    office.clerk.answers(case, "serve_request", records=[done], give_up=False)
    assert case.state == "awaiting_statement"


def test_what_people_typed_and_what_letters_print_lies_sealed_in_the_database(office: Office) -> None:
    office.files()
    for column in ("SELECT answers FROM submission", "SELECT facts FROM document WHERE facts IS NOT NULL"):
        kept = db.session.execute(text(column)).scalars().all()
        assert kept
        assert all("王晨光" not in value and "91440606" not in value for value in kept)
