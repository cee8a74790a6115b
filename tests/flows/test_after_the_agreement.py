"""What follows an agreement: the court, performance, and what an ownership dispute needs besides."""

from __future__ import annotations

from tests.conftest import Today
from tests.flows.office import Office


def test_judicial_confirmation_lapses_after_thirty_days(office: Office, today: Today) -> None:
    case = office.performing()
    assert case.due("confirmation.apply") == "2026-04-01"
    office.let_pass(today, 31)
    assert case.open_keys() == {"performance"}
    assert "confirmation_lapsed" in case.happened()


def test_who_has_applied_in_time_is_not_told_of_a_period_that_ran_out(office: Office, today: Today) -> None:
    case = office.performing()
    office.requester.answers(case, "joint_application", applies=True)
    office.let_pass(today, 31)
    periods = [d["state"] for d in case.seen_by(office.clerk)["deadlines"] if d["rule"] == "confirmation.apply"]
    assert sorted(periods) == ["lapsed", "met"]
    lapsed = [e["data"] for e in case.seen_by(office.clerk)["events"] if e["kind"] == "deadline_lapsed"]
    assert [e["party"] for e in lapsed if e["rule"] == "confirmation.apply"] == [office.responding.name]


def test_one_side_alone_cannot_apply_for_confirmation(office: Office) -> None:
    case = office.performing()
    office.requester.answers(case, "joint_application", applies=True)
    office.respondent.answers(case, "joint_application", applies=False)
    assert case.open_keys() == {"performance"}


def test_a_breach_is_found_only_after_the_day_has_passed(office: Office, today: Today) -> None:
    case = office.performing()
    breach = {"finding": "breached", "detail": "未付款"}
    office.mediator.answers(case, "performance", expects=422, on="2026-03-02", **breach)
    paid = {"finding": "performed", "amount": "80000.00", "on": "2026-02-27"}  # before the agreement binds anybody
    assert list(office.mediator.answers(case, "performance", expects=422, **paid)["errors"]) == ["on"]
    office.let_pass(today, 31)
    office.mediator.answers(case, "performance", on="2026-04-02", **breach)
    assert case.state == "breached"


def test_an_agreed_day_that_is_a_day_off_moves_on_to_the_next_working_day(office: Office, today: Today) -> None:
    case = office.agreed()
    office.drafts(case, perform_by="2026-04-04")  # a Saturday, and Tomb-sweeping Day until Monday the sixth
    for person in (office.requester, office.respondent):
        person.answers(case, "confirm_agreement", answer="confirm", signed_name=person.name)
    office.director.answers(case, "issue_agreement", issued=True)
    records = [office.record(case, o, method="direct") for o in (office.requesting, office.responding)]
    office.clerk.answers(case, "serve_agreement", records=records)
    assert case.due("agreement.performance") == "2026-04-07"
    office.let_pass(today, 36)
    breach = {"finding": "breached", "detail": "未付款"}
    assert (
        "2026年4月7日"
        in office.mediator.answers(case, "performance", expects=422, on="2026-04-07", **breach)["errors"]["finding"][0]
    )
    office.let_pass(today, 1)
    office.mediator.answers(case, "performance", on="2026-04-08", **breach)
    assert case.state == "breached"


def test_whoever_has_performed_may_still_ask_the_court_to_confirm(office: Office) -> None:
    case = office.performing()
    office.mediator.answers(case, "performance", finding="performed", on="2026-03-02", amount="80000.00")
    assert case.open_keys() == {"joint_application"}
    office.requester.answers(case, "joint_application", applies=False)
    assert case.state == "performed"


def test_the_court_accepts_in_three_days_and_decides_in_fifteen_more(office: Office) -> None:
    case = office.performing()
    for person in (office.requester, office.respondent):
        person.answers(case, "joint_application", applies=True)
    periods = {d["rule"]: (d["state"], d["due"]) for d in case.seen_by(office.clerk)["deadlines"]}
    assert periods["confirmation.file"] == ("running", "2026-04-01") and "confirmation.court_accept" not in periods
    office.clerk.answers(case, "record_confirmation", expects=422, result="applied", on="2026-03-01")
    office.clerk.answers(case, "record_confirmation", result="applied", on="2026-03-02")
    office.clerk.answers(case, "record_confirmation", expects=422, result="applied", on="2026-03-02")
    assert case.due("confirmation.court_accept") == "2026-03-05"
    early = {"court_number": "", "on": "2026-03-01"}
    office.clerk.answers(case, "record_confirmation", expects=422, result="accepted", **early)
    office.clerk.answers(case, "record_confirmation", result="accepted", court_number="", on="2026-03-02")
    assert case.due("confirmation.court_decide") == "2026-03-17"
    again = {"result": "accepted", "court_number": "", "on": "2026-03-02"}
    office.clerk.answers(case, "record_confirmation", expects=422, **again)
    done = {"result": "dismissed", "court_number": "(2026)粤0604诉前调确1号", "on": "2026-03-02"}
    office.clerk.answers(case, "record_confirmation", **done)
    assert case.open_keys() == {"performance"}


def test_a_party_that_refuses_to_take_the_agreement_is_not_bound_by_it(office: Office) -> None:
    case = office.confirmed()
    office.director.answers(case, "issue_agreement", issued=True)
    records = [office.record(case, office.requesting, method="direct")]
    refusing = case.party(office.responding.name)
    office.clerk.answers(case, "serve_agreement", expects=422, records=records, refused_by=refusing, refusal="")
    office.clerk.answers(case, "serve_agreement", records=records, refused_by=refusing, refusal="当面拒绝签收")
    assert (case.state, case.open_keys()) == ("mediating", {"close_failed"})
    office.mediator.answers(case, "close_failed", reason="被请求人拒绝签收调解协议书")
    assert case.state == "failed"
    office.requester.acts(case, "to_adjudication", confirm=True)


OWNERSHIP = {"dispute_kind": "ownership", "standing": "claimant"}


def test_a_court_does_not_confirm_who_owns_a_right_and_the_national_office_is_told(office: Office) -> None:
    case = office.performing(**OWNERSHIP)
    assert case.open_keys() == {"performance"}
    assert case.due("mediation.resume") == "2026-03-17"
    party = case.party(office.requesting.name)
    office.requester.acts(case, "record_resumption", expects=422, party=party, on="2026-03-01", files=[])
    office.requester.acts(case, "record_resumption", party=party, on="2026-03-02", files=[])
    office.clerk.acts(case, "copy_to_cnipa", expects=403, on="2026-03-02", files=[])
    office.mediator.answers(case, "performance", finding="performed", on="2026-03-02", amount="80000.00")
    assert case.state == "performed"
    assert case.due("mediation.copy_to_cnipa") == "2026-03-09"
    office.clerk.acts(case, "copy_to_cnipa", on="2026-03-02", files=[])
    periods = {d["rule"]: d["state"] for d in case.seen_by(office.clerk)["deadlines"]}
    assert (periods["mediation.resume"], periods["mediation.copy_to_cnipa"]) == ("met", "met")


def test_a_dispute_about_anything_else_is_not_copied_to_the_national_office(office: Office) -> None:
    case = office.in_session()
    office.holds(case, "failed")
    office.mediator.answers(case, "close_failed", reason="双方分歧较大")
    office.clerk.acts(case, "copy_to_cnipa", expects=403, on="2026-03-02", files=[])
    assert "mediation.copy_to_cnipa" not in {d["rule"] for d in case.seen_by(office.clerk)["deadlines"]}
