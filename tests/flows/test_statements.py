"""Serving the request, and what the respondents answer in their fifteen days."""

from __future__ import annotations

from tests.conftest import Today
from tests.flows.office import Case, Office


def test_the_statement_is_due_fifteen_days_after_service_and_rolls_to_a_working_day(
    office: Office, today: Today
) -> None:
    case = office.served()
    assert case.due("mediation.statement") == "2026-03-17"


def test_a_failed_service_leads_to_another_way(office: Office) -> None:
    case = office.accepted()
    failed = office.record(case, office.responding, result="failed", received_on=None, receiver="", note="查无此人")
    office.clerk.answers(case, "serve_request", records=[failed], give_up=False)
    assert case.open_keys() == {"serve_request"}
    office.clerk.answers(case, "serve_request", records=[office.record(case, office.responding)], give_up=False)
    assert case.state == "awaiting_statement"


def test_a_respondent_who_cannot_be_reached_ends_the_case_without_docketing(office: Office) -> None:
    case = office.accepted()
    failed = office.record(case, office.responding, result="failed", received_on=None, receiver="", note="查无此人")
    office.clerk.answers(case, "serve_request", records=[failed], give_up=True)
    office.clerk.answers(case, "refuse_docketing", explanation="")
    assert case.state == "not_docketed"


def test_electronic_service_needs_the_receivers_consent(office: Office) -> None:
    case = office.accepted()
    record = office.record(case, office.responding, method="electronic")
    office.clerk.answers(case, "serve_request", expects=422, records=[record], give_up=False)
    assert case.state == "serving"


def test_a_respondent_who_declines_is_not_drawn_into_mediation(office: Office) -> None:
    case = office.served()
    office.respondent.answers(case, "statement", stance="declines", opinion="不侵权", e_service=False)
    assert case.due("mediation.refuse") == "2026-03-09"
    office.clerk.answers(case, "refuse_docketing", explanation="")
    assert case.state == "not_docketed"
    assert "mediation_refusal_notice" in case.documents()


def test_a_silent_respondent_is_taken_as_not_consenting(office: Office, today: Today) -> None:
    case = office.served()
    office.let_pass(today, 15)
    assert case.state == "awaiting_statement"
    office.let_pass(today, 1)
    assert case.open_keys() == {"refuse_docketing"}
    assert case.seen_by(office.clerk)["parties"][1]["stance"] == "silent"
    assert case.due("mediation.refuse") == "2026-03-24"


def test_the_last_second_of_the_last_day_is_in_time(office: Office, today: Today) -> None:
    case = office.served()
    today.is_at("2026-03-17 23:59:58")
    office.respondent.answers(case, "statement", stance="consents", opinion="", e_service=False)
    assert case.state == "docketing"


def test_the_first_second_after_the_last_day_is_too_late(office: Office, today: Today) -> None:
    case = office.served()
    today.is_at("2026-03-18 00:00:01")
    office.respondent.answers(case, "statement", expects=422, stance="consents", opinion="", e_service=False)
    assert case.state == "awaiting_statement"


def test_a_clerk_enters_a_statement_that_came_on_paper(office: Office) -> None:
    case = office.served()
    paper = {"stance": "consents", "opinion": "同意", "e_service": False, "received_on": "2026-03-02"}
    office.clerk.answers(case, "statement", expects=422, **paper)
    office.clerk.answers(case, "statement", files=[office.clerk.uploads("意见陈述书.pdf")], **paper)
    assert case.state == "docketing"


def test_of_two_respondents_the_one_who_consents_is_mediated_with(office: Office, today: Today) -> None:
    both = [office.entry(office.responding), office.entry(office.elsewhere)]
    case = office.accepted(respondents=both)
    records = [office.record(case, o) for o in (office.responding, office.elsewhere)]
    office.clerk.answers(case, "serve_request", records=records, give_up=False)
    office.respondent.answers(case, "statement", stance="consents", opinion="愿意", e_service=False)
    assert case.state == "awaiting_statement"
    office.stranger.answers(case, "statement", stance="declines", opinion="不愿意", e_service=False)
    assert case.open_keys() == {"docket"}
    office.clerk.answers(case, "docket", mediator=office.mediator.id)
    assert case.state == "mediating"


def test_a_silent_one_of_two_respondents_does_not_hold_up_the_other(office: Office, today: Today) -> None:
    both = [office.entry(office.responding), office.entry(office.elsewhere)]
    case = office.accepted(respondents=both)
    records = [office.record(case, o) for o in (office.responding, office.elsewhere)]
    office.clerk.answers(case, "serve_request", records=records, give_up=False)
    office.respondent.answers(case, "statement", stance="consents", opinion="愿意", e_service=False)
    office.let_pass(today, 16)
    assert case.open_keys() == {"docket"}


def two_respondents(office: Office) -> Case:
    return office.accepted(respondents=[office.entry(office.responding), office.entry(office.elsewhere)])


def test_each_respondent_has_fifteen_days_from_their_own_service(office: Office, today: Today) -> None:
    case = two_respondents(office)
    today.moves(days=4)
    records = [
        office.record(case, office.responding, sent_on="2026-03-02", received_on="2026-03-03"),
        office.record(case, office.elsewhere, sent_on="2026-03-02", received_on="2026-03-05"),
    ]
    office.clerk.answers(case, "serve_request", records=records, give_up=False)
    dues = [d["due"] for d in case.seen_by(office.clerk)["deadlines"] if d["rule"] == "mediation.statement"]
    assert dues == ["2026-03-18", "2026-03-20"]


def test_whoever_was_reached_answers_while_the_other_is_still_being_served(office: Office, today: Today) -> None:
    case = two_respondents(office)
    office.clerk.answers(case, "serve_request", records=[office.record(case, office.responding)], give_up=False)
    assert case.open_keys() == {"serve_others", "statement"}
    office.stranger.sees(f"/cases/{case.id}")
    office.respondent.answers(case, "statement", stance="consents", opinion="愿意", e_service=False)
    assert (case.state, case.open_keys()) == ("awaiting_statement", {"serve_others"})
    failed = office.record(case, office.elsewhere, result="failed", received_on=None, receiver="", note="查无此人")
    office.clerk.answers(case, "serve_others", records=[failed], give_up=False)
    assert case.open_keys() == {"serve_others"}
    office.clerk.answers(case, "serve_others", records=[office.record(case, office.elsewhere)], give_up=False)
    assert case.open_keys() == {"statement"}
    office.stranger.answers(case, "statement", stance="consents", opinion="", e_service=False)
    assert case.open_keys() == {"docket"}


def test_giving_up_the_last_respondent_ends_the_waiting(office: Office) -> None:
    case = two_respondents(office)
    office.clerk.answers(case, "serve_request", records=[office.record(case, office.responding)], give_up=False)
    office.respondent.answers(case, "statement", stance="consents", opinion="愿意", e_service=False)
    office.clerk.answers(case, "serve_others", records=[], give_up=True)
    assert (case.state, case.open_keys()) == ("docketing", {"docket"})
    assert case.due("mediation.docket") == "2026-03-09"


def test_the_silence_of_one_does_not_end_the_service_of_the_other(office: Office, today: Today) -> None:
    case = two_respondents(office)
    office.clerk.answers(case, "serve_request", records=[office.record(case, office.responding)], give_up=False)
    office.let_pass(today, 16)
    assert (case.state, case.open_keys()) == ("awaiting_statement", {"serve_others"})
    office.clerk.acts(
        case, "register_service", document=notice_of(office, case), **office.record(case, office.elsewhere)
    )
    assert case.open_keys() == {"serve_others", "statement"}
    office.clerk.answers(case, "serve_others", records=[], give_up=False)
    office.stranger.answers(case, "statement", stance="declines", opinion="", e_service=False)
    assert case.open_keys() == {"refuse_docketing"}


def notice_of(office: Office, case: Case) -> int:
    documents = case.seen_by(office.clerk)["documents"]
    return int(next(d["id"] for d in documents if d["kind"] == "statement_notice"))


def late_found(case: Case, office: Office, **changes: object) -> dict[str, object]:
    found = {
        "party": case.party(office.responding.name),
        "received_on": "2026-03-17",
        "stance": "consents",
        "opinion": "愿意",
        "files": [],
        "e_service": False,
        "reason": "收发室当日签收，次日转来",
    }
    return {**found, **changes}


def test_a_statement_that_came_in_time_and_was_found_later_brings_the_case_to_docketing(
    office: Office, today: Today
) -> None:
    case = office.served()
    office.clerk.acts(case, "register_statement", expects=409, **late_found(case, office))
    office.let_pass(today, 16)
    assert case.open_keys() == {"refuse_docketing"}
    office.clerk.acts(case, "register_statement", expects=422, **late_found(case, office, received_on="2026-03-18"))
    office.respondent.acts(case, "register_statement", expects=403, **late_found(case, office))
    office.clerk.acts(case, "register_statement", **late_found(case, office))
    assert case.open_keys() == {"docket"}
    assert case.due("mediation.docket") == "2026-03-24"
    office.clerk.acts(case, "register_statement", expects=422, **late_found(case, office))


def test_a_refusal_found_later_leaves_the_case_where_it_is(office: Office, today: Today) -> None:
    case = office.served()
    office.let_pass(today, 16)
    office.clerk.acts(case, "register_statement", **late_found(case, office, stance="declines"))
    assert case.open_keys() == {"refuse_docketing"}
    assert case.seen_by(office.clerk)["parties"][1]["stance"] == "declines"
