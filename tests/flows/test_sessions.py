"""Sessions, and the agreement that comes of them."""

from __future__ import annotations

from app.models import User, db
from tests.conftest import Today
from tests.flows.office import Office


def test_sessions_may_be_held_one_after_another(office: Office) -> None:
    case = office.in_session()
    office.holds(case, "continue")
    office.schedules(case)
    office.holds(case, "agreed")
    assert case.open_keys() == {"draft_agreement"}


def test_a_failed_mediation_is_cancelled_with_a_notice_and_may_go_on_to_adjudication(
    office: Office, today: Today
) -> None:
    case = office.in_session()
    office.holds(case, "failed")
    office.mediator.answers(case, "close_failed", reason="双方分歧较大")
    assert case.state == "failed"
    assert "mediation_cancel_notice" in case.documents()
    office.respondent.acts(case, "to_adjudication", expects=403, confirm=True)
    office.requester.acts(case, "to_adjudication", confirm=True)
    office.requester.acts(case, "to_adjudication", expects=409, confirm=True)
    today.moves(minutes=2)
    assert "to_adjudication" not in case.seen_by(office.requester)["acts"]
    office.requester.acts(case, "to_adjudication", expects=409, confirm=True)
    assert "turned_to_adjudication" in [e["kind"] for e in case.seen_by(office.requester)["events"]]


def test_nothing_is_said_of_a_session_before_its_time_but_that_it_is_called_off(office: Office, today: Today) -> None:
    case = office.docketed()
    office.mediator.answers(case, "schedule_session", at="2026-03-05T09:30:00+08:00", venue="302 调解室", online=False)
    assert case.due("mediation.session") == "2026-03-05"
    result = {"attended": [], "record": "请求人未到", "justified": False}
    there = {**result, "attended": [case.party(office.responding.name)]}
    problem = office.mediator.answers(case, "hold_session", expects=422, result="requester_absent", **there)
    assert list(problem["errors"]) == ["result"]
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


def test_nobody_was_there_where_no_session_took_place(office: Office) -> None:
    case = office.in_session()
    there = [case.party(office.requesting.name)]
    problem = office.holds(case, "cancelled", expects=422, attended=there)
    assert list(problem["errors"]) == ["attended"]
    office.holds(case, "cancelled")


def test_a_session_on_a_day_off_is_fixed_only_by_who_has_noticed_it(office: Office) -> None:
    case = office.docketed()
    sunday = {"at": "2026-03-08T09:30:00+08:00", "venue": "302 调解室", "online": False}
    problem = office.mediator.answers(case, "schedule_session", expects=422, **sunday)
    assert list(problem["errors"]) == ["day_off"] and "星期日" in str(problem)
    office.mediator.answers(case, "schedule_session", day_off=True, **sunday)
    assert case.open_keys() == {"hold_session"}


def test_more_than_was_agreed_is_recorded_only_with_an_explanation(office: Office) -> None:
    case = office.performing()
    paid = {"finding": "performed", "on": "2026-03-02", "amount": "90000.00"}
    problem = office.mediator.answers(case, "performance", expects=422, **paid)
    assert list(problem["errors"]) == ["detail"] and "80,000.00" in str(problem)
    office.mediator.answers(case, "performance", detail="对方自愿多付，抵作利息", **paid)
    assert "performance" not in case.open_keys()


def test_a_mediator_with_a_full_desk_gets_another_case_only_with_a_reason(office: Office) -> None:
    case = office.consented()
    db.session.get_one(User, office.mediator.id).capacity = 0
    db.session.get_one(User, office.second_mediator.id).capacity = 0
    db.session.commit()
    problem = office.clerk.answers(case, "docket", expects=422, mediator=office.mediator.id)
    assert list(problem["errors"]) == ["over_capacity"]
    assert case.open_keys() == {"docket"}
    office.clerk.answers(case, "docket", mediator=office.mediator.id, over_capacity="其他调解员均在休假")
    to_another = {"to": office.second_mediator.id, "reason": "调离"}
    problem = office.director.acts(case, "hand_over", expects=422, **to_another)
    assert list(problem["errors"]) == ["over_capacity"]
    office.director.acts(case, "hand_over", over_capacity="熟悉本案技术", **to_another)
    assert "case_handed_over" in case.happened()
