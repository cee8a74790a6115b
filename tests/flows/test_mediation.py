"""Every way a mediation can go, over HTTP, as each of its people."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from app import clock
from app.jobs import run_due
from app.models import DeclaredRelation, User, db
from tests.conftest import Today
from tests.flows.office import POINTS, Case, Office


def let_pass(office: Office, today: Today, days: int) -> None:
    """Let days pass, doing on each what is due."""
    for _ in range(days):
        today.moves(days=1)
        run_due(db.session(), office.app.config["PEIYOU"])


# -- from the request to performance -----------------------------------------------------------------------------------


def test_a_dispute_goes_from_the_request_to_performance(either_office: Office, today: Today) -> None:
    office = either_office
    case = office.performing()
    assert case.state == "performing"
    for person in (office.requester, office.respondent):
        person.answers(case, "joint_application", applies=True)
    office.mediator.answers(case, "performance", finding="waiting", on="2026-03-02", next_on="2026-03-20")
    office.mediator.answers(case, "performance", finding="performed", on="2026-03-02", amount="80000.00")
    assert (case.state, case.open_keys()) == ("performing", {"record_confirmation"})
    office.clerk.answers(
        case, "record_confirmation", result="confirmed", court_number="(2026)粤0604诉前调确1号", on="2026-03-02"
    )
    assert case.state == "performed"
    assert case.open_keys() == set()
    assert case.happened()[-1] == "case_closed"
    assert {"mediation_request", "statement_notice", "mediation_agreement", "performance_record"} <= set(
        case.documents()
    )


def test_each_person_sees_what_is_theirs_on_the_way(office: Office) -> None:
    case = office.consented()
    assert case.seen_by(office.respondent)["state"] == "docketing"
    assert case.seen_by(office.supervisor)["state"] == "docketing"
    office.stranger.sees(f"/cases/{case.id}", expects=404)
    office.admin.sees(f"/cases/{case.id}", expects=404)
    office.mediator.sees(f"/cases/{case.id}", expects=404)


def test_the_office_keeps_its_internal_events_to_itself(office: Office) -> None:
    case = office.accepted()
    office.clerk.acts(case, "record_contact", on="2026-03-02", summary="已电话联系双方")
    assert "parties_contacted" in case.happened()
    assert "parties_contacted" not in [e["kind"] for e in case.seen_by(office.requester)["events"]]
    assert all(not d["rule"].startswith("fast.") for d in case.seen_by(office.requester)["deadlines"])


# -- not ours ----------------------------------------------------------------------------------------------------------


def copyright_request(office: Office) -> Case:
    return office.files(right_type="copyright", right_number="国作登字-2024-F-00012345")


def test_a_copyright_dispute_is_sent_on_to_the_copyright_office(office: Office) -> None:
    case = copyright_request(office)
    assert case.open_keys() == {"confirm_competence"}
    office.clerk.answers(
        case, "confirm_competence", competence="transfer", authority="copyright_office", reason="由著作权主管部门处理"
    )
    assert case.state == "transferred"
    assert "transfer_notice" in case.documents()


def test_what_cannot_be_mediated_is_refused_with_a_notice(office: Office) -> None:
    case = office.files(dispute_kind="validity")
    office.clerk.answers(case, "confirm_competence", competence="not_mediable", reason="权利有效性不能调解")
    assert case.state == "refused"
    assert "refusal_notice" in case.documents()


def test_the_clerk_may_find_that_it_is_ours_after_all(office: Office) -> None:
    case = copyright_request(office)
    office.clerk.answers(case, "confirm_competence", competence="ours", reason="同时涉及外观设计专利")
    assert case.open_keys() == {"formality_check"}


# -- the formality check -----------------------------------------------------------------------------------------------


def asks_for_correction(office: Office, case: Case, days: int = 10) -> None:
    office.clerk.answers(
        case, "formality_check", check="correct", points=["claims"], items=["缺登记簿副本第 2 页"], days=days
    )


def test_a_correction_is_asked_for_once_and_comes_back_to_the_check(office: Office) -> None:
    case = office.files()
    asks_for_correction(office, case)
    assert (case.state, case.due("mediation.correction")) == ("correcting", "2026-03-12")
    office.requester.answers(case, "correct_materials", explanation="已补", files=[office.requester.uploads()])
    assert (case.state, case.open_keys()) == ("requested", {"formality_check"})
    task = case.task("formality_check", office.clerk)
    answers = {"check": "correct", "points": ["claims"], "items": ["又缺一页"], "days": 10}
    office.clerk.does(f"/tasks/{task}/complete", {"answers": answers}, expects=422)
    office.clerk.answers(case, "formality_check", check="accept", points=POINTS)
    assert case.state == "serving"


def test_silence_after_a_correction_notice_ends_in_refusal(office: Office, today: Today) -> None:
    case = office.files()
    asks_for_correction(office, case)
    let_pass(office, today, 10)
    assert case.state == "correcting"
    let_pass(office, today, 1)
    assert case.state == "refused_uncorrected"
    assert "refusal_notice" in case.documents()


def test_a_refusal_names_its_reasons(office: Office) -> None:
    case = office.files()
    office.clerk.answers(
        case, "formality_check", check="refuse", points=[], reasons=["in_court"], explanation="已向人民法院起诉"
    )
    assert case.state == "refused"
    assert "refusal_notice" in case.documents()


def test_accepting_needs_every_point_checked(office: Office) -> None:
    case = office.files()
    problem = office.clerk.answers(case, "formality_check", expects=422, check="accept", points=POINTS[:3])
    assert "points" in problem["errors"]
    assert case.state == "requested"


# -- service and statement ---------------------------------------------------------------------------------------------


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
    let_pass(office, today, 15)
    assert case.state == "awaiting_statement"
    let_pass(office, today, 1)
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
    let_pass(office, today, 16)
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
    let_pass(office, today, 16)
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
    let_pass(office, today, 16)
    assert case.open_keys() == {"refuse_docketing"}
    office.clerk.acts(case, "register_statement", expects=422, **late_found(case, office, received_on="2026-03-18"))
    office.respondent.acts(case, "register_statement", expects=403, **late_found(case, office))
    office.clerk.acts(case, "register_statement", **late_found(case, office))
    assert case.open_keys() == {"docket"}
    assert case.due("mediation.docket") == "2026-03-24"
    office.clerk.acts(case, "register_statement", expects=422, **late_found(case, office))


def test_a_refusal_found_later_leaves_the_case_where_it_is(office: Office, today: Today) -> None:
    case = office.served()
    let_pass(office, today, 16)
    office.clerk.acts(case, "register_statement", **late_found(case, office, stance="declines"))
    assert case.open_keys() == {"refuse_docketing"}
    assert case.seen_by(office.clerk)["parties"][1]["stance"] == "declines"


# -- the mediator ------------------------------------------------------------------------------------------------------


def test_a_mediator_with_a_conflict_cannot_be_appointed(office: Office) -> None:
    office.session.get_one(User, office.mediator.id).employer = office.responding.name
    office.session.commit()
    case = office.consented()
    office.clerk.answers(case, "docket", expects=422, mediator=office.mediator.id)
    office.clerk.answers(case, "docket", mediator=office.second_mediator.id)
    assert case.state == "mediating"


RECUSE = {"ground": "interest", "reason": "调解员曾任职于对方公司"}


def test_an_upheld_recusal_brings_another_mediator_who_alone_goes_on(office: Office) -> None:
    case = office.docketed()
    office.requester.acts(case, "recuse", **RECUSE)
    assert case.due("recusal.decision") == "2026-03-05"
    office.schedules(case, expects=403)
    office.director.answers(case, "decide_recusal", decision="upheld", reason="经查属实")
    office.clerk.answers(case, "reappoint", expects=422, mediator=office.mediator.id)
    office.clerk.answers(case, "reappoint", mediator=office.second_mediator.id)
    office.mediator.sees(f"/cases/{case.id}", expects=404)
    office.schedules(case, by=office.second_mediator)


def test_a_rejected_recusal_lets_the_mediator_go_on_and_may_be_reviewed_once(office: Office) -> None:
    case = office.docketed()
    for _ in range(2):
        office.requester.acts(case, "recuse", **RECUSE)
        office.director.answers(case, "decide_recusal", decision="rejected", reason="没有事实依据")
    office.requester.acts(case, "recuse", expects=422, **RECUSE)
    office.schedules(case)


def knows_the_mediator(office: Office, case: Case) -> None:
    documents = case.seen_by(office.clerk)["documents"]
    notice = next(d["id"] for d in documents if d["kind"] == "mediator_notice")
    office.clerk.acts(case, "register_service", document=notice, **office.record(case, office.requesting))


def test_recusal_is_asked_for_within_three_working_days_of_the_notice(office: Office, today: Today) -> None:
    case = office.docketed()
    knows_the_mediator(office, case)
    assert case.due("recusal.request") == "2026-03-05"
    let_pass(office, today, 4)
    office.requester.acts(case, "recuse", expects=422, **RECUSE)
    office.requester.acts(case, "recuse", expects=422, known_on="2026-03-05", **RECUSE)
    office.requester.acts(case, "recuse", known_on="2026-03-06", **RECUSE)
    assert "decide_recusal" in case.open_keys()


def test_on_the_third_working_day_recusal_is_still_asked_for_in_time(office: Office, today: Today) -> None:
    case = office.docketed()
    knows_the_mediator(office, case)
    today.is_at("2026-03-05 23:59:58")
    office.requester.acts(case, "recuse", **RECUSE)
    assert "decide_recusal" in case.open_keys()


def test_a_case_is_handed_over_only_to_somebody_without_a_conflict(office: Office) -> None:
    case = office.docketed()
    relation = DeclaredRelation(
        user_id=office.second_mediator.id,
        organization_id=office.requesting.id,
        nature="亲属",
        declared_at=clock.now(),
    )
    office.session.add(relation)
    office.session.commit()
    office.director.acts(case, "hand_over", expects=422, to=office.second_mediator.id, reason="出差")
    office.session.delete(office.session.merge(relation))
    office.session.commit()
    office.director.acts(case, "hand_over", to=office.second_mediator.id, reason="出差")
    office.schedules(case, by=office.second_mediator)


# -- sessions and agreement --------------------------------------------------------------------------------------------


def test_sessions_may_be_held_one_after_another(office: Office) -> None:
    case = office.in_session()
    office.holds(case, "continue")
    office.schedules(case)
    office.holds(case, "agreed")
    assert case.open_keys() == {"draft_agreement"}


def test_a_failed_mediation_is_cancelled_with_a_notice_and_may_go_on_to_adjudication(office: Office) -> None:
    case = office.in_session()
    office.holds(case, "failed")
    office.mediator.answers(case, "close_failed", reason="双方分歧较大")
    assert case.state == "failed"
    assert "mediation_cancel_notice" in case.documents()
    office.respondent.acts(case, "to_adjudication", expects=403, confirm=True)
    office.requester.acts(case, "to_adjudication", confirm=True)
    office.requester.acts(case, "to_adjudication", expects=422, confirm=True)
    assert "turned_to_adjudication" in case.happened()


@pytest.mark.parametrize(
    ("result", "keys", "state"),
    [("requester_absent", set(), "deemed_withdrawn"), ("respondent_absent", {"close_failed"}, "mediating")],
)
def test_staying_away_without_a_reason_ends_the_session(
    office: Office, result: str, keys: set[str], state: str
) -> None:
    case = office.in_session()
    office.holds(case, result)
    assert (case.open_keys(), case.state) == (keys, state)


def test_nothing_is_said_of_a_session_before_its_time_but_that_it_is_called_off(office: Office, today: Today) -> None:
    case = office.docketed()
    office.mediator.answers(case, "schedule_session", at="2026-03-05T09:30:00+08:00", venue="302 调解室", online=False)
    assert case.due("mediation.session") == "2026-03-05"
    result = {"attended": [], "record": "请求人未到", "justified": False}
    office.mediator.answers(case, "hold_session", expects=422, result="requester_absent", **result)
    office.mediator.answers(case, "hold_session", result="cancelled", **{**result, "record": "被请求人出差"})
    assert (case.state, case.open_keys()) == ("mediating", {"schedule_session"})
    assert "mediation_record" not in case.documents()
    office.schedules(case)
    office.holds(case, "agreed")


def test_nobody_agrees_with_a_side_that_was_not_there(office: Office) -> None:
    case = office.in_session()
    office.holds(case, "agreed", expects=422, attended=[case.party(office.requesting.name)])
    office.holds(case, "agreed")


def test_the_first_session_is_held_once_however_many_follow(office: Office) -> None:
    case = office.in_session()
    office.holds(case, "continue")
    office.schedules(case)
    first = [d["state"] for d in case.seen_by(office.clerk)["deadlines"] if d["rule"] == "fast.first_session"]
    assert first == ["met"]


def test_staying_away_with_a_good_reason_leads_to_another_session(office: Office) -> None:
    case = office.in_session()
    office.holds(case, "requester_absent", justified=True)
    assert case.open_keys() == {"schedule_session"}


def test_a_partial_agreement_says_what_stays_open(office: Office) -> None:
    case = office.in_session()
    office.holds(case, "partial", open_points="赔偿数额")
    office.mediator.answers(case, "draft_agreement", expects=422, terms=["停止销售"], open_points="")
    office.drafts(case, open_points="赔偿数额另行解决")
    assert case.state == "agreeing"


def test_a_party_may_ask_for_a_change_of_the_draft(office: Office) -> None:
    case = office.agreed()
    office.drafts(case)
    office.requester.answers(case, "confirm_agreement", answer="confirm", signed_name="何云")
    office.respondent.answers(case, "confirm_agreement", answer="revise", comment="付款期限请延至四月底")
    assert case.open_keys() == {"draft_agreement"}
    office.drafts(case)
    assert case.open_keys() == {"confirm_agreement"}


def test_only_who_may_sign_for_a_party_signs(office: Office) -> None:
    case = office.agreed()
    office.drafts(case)
    problem = office.respondent.answers(case, "confirm_agreement", expects=422, answer="confirm", signed_name="张三")
    assert "signed_name" in problem["errors"]
    paper = [office.clerk.uploads("签章的协议书.pdf")]
    task = case.task("confirm_agreement", office.clerk)
    signed = {"answer": "confirm", "signed_name": "张三", "files": paper}
    office.clerk.does(f"/tasks/{task}/complete", {"answers": signed}, expects=422)


def test_a_party_may_refuse_the_draft(office: Office) -> None:
    case = office.agreed()
    office.drafts(case)
    office.respondent.answers(case, "confirm_agreement", answer="refuse", comment="不同意")
    assert case.open_keys() == {"close_failed"}


def test_the_director_may_send_the_agreement_back(office: Office) -> None:
    case = office.confirmed()
    office.director.answers(case, "issue_agreement", issued=False, reason="第二条金额大小写不一致")
    assert case.open_keys() == {"draft_agreement"}


def test_an_agreement_is_neither_left_at_the_door_nor_sent_electronically(office: Office) -> None:
    case = office.confirmed()
    office.director.answers(case, "issue_agreement", issued=True)
    for method in ("left", "electronic"):
        records = [office.record(case, o, method=method) for o in (office.requesting, office.responding)]
        office.clerk.answers(case, "serve_agreement", expects=422, records=records)
    assert case.state == "issued"


# -- after the agreement -----------------------------------------------------------------------------------------------


def test_judicial_confirmation_lapses_after_thirty_days(office: Office, today: Today) -> None:
    case = office.performing()
    assert case.due("confirmation.apply") == "2026-04-01"
    let_pass(office, today, 31)
    assert case.open_keys() == {"performance"}
    assert "confirmation_lapsed" in case.happened()


def test_who_has_applied_in_time_is_not_told_of_a_period_that_ran_out(office: Office, today: Today) -> None:
    case = office.performing()
    office.requester.answers(case, "joint_application", applies=True)
    let_pass(office, today, 31)
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
    let_pass(office, today, 31)
    office.mediator.answers(case, "performance", on="2026-04-02", **breach)
    assert case.state == "breached"


def test_whoever_has_performed_may_still_ask_the_court_to_confirm(office: Office) -> None:
    case = office.performing()
    office.mediator.answers(case, "performance", finding="performed", on="2026-03-02")
    assert case.open_keys() == {"joint_application"}
    office.requester.answers(case, "joint_application", applies=False)
    assert case.state == "performed"


def test_the_court_accepts_in_three_days_and_decides_in_fifteen_more(office: Office) -> None:
    case = office.performing()
    for person in (office.requester, office.respondent):
        person.answers(case, "joint_application", applies=True)
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


def test_nothing_is_sealed_while_a_recusal_is_pending(office: Office) -> None:
    case = office.confirmed()
    office.requester.acts(case, "recuse", **RECUSE)
    office.director.answers(case, "issue_agreement", expects=422, issued=True)
    office.director.answers(case, "decide_recusal", decision="rejected", reason="没有事实依据")
    office.director.answers(case, "issue_agreement", issued=True)
    assert case.state == "issued"


# -- ownership ---------------------------------------------------------------------------------------------------------

OWNERSHIP = {"dispute_kind": "ownership", "standing": "claimant"}


def test_a_court_does_not_confirm_who_owns_a_right_and_the_national_office_is_told(office: Office) -> None:
    case = office.performing(**OWNERSHIP)
    assert case.open_keys() == {"performance"}
    assert case.due("mediation.resume") == "2026-03-17"
    party = case.party(office.requesting.name)
    office.requester.acts(case, "record_resumption", expects=422, party=party, on="2026-03-01", files=[])
    office.requester.acts(case, "record_resumption", party=party, on="2026-03-02", files=[])
    office.clerk.acts(case, "copy_to_cnipa", expects=403, on="2026-03-02", files=[])
    office.mediator.answers(case, "performance", finding="performed", on="2026-03-02")
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


# -- beside the main line ----------------------------------------------------------------------------------------------


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
    assert case.documents()[-3:] == ["case_file_cover", "file_index", "file_note"]
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
    let_pass(office, today, 60)
    done = office.record(case, office.responding, **notice, sent_on="2026-03-02", received_on="2026-05-01")
    office.clerk.answers(case, "serve_request", records=[done], give_up=False)
    assert case.state == "awaiting_statement"


def test_what_people_typed_and_what_letters_print_lies_sealed_in_the_database(office: Office) -> None:
    office.files()
    for column in ("SELECT answers FROM submission", "SELECT facts FROM document WHERE facts IS NOT NULL"):
        kept = db.session.execute(text(column)).scalars().all()
        assert kept
        assert all("王晨光" not in value and "91440606" not in value for value in kept)
