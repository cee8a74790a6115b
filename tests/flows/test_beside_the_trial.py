"""Beside the main line of an adjudication: jurisdiction, suspension, extensions, cancellation, talks, measures."""

from __future__ import annotations

import pytest

from app.jobs import run_due
from app.models import Adjudication, db
from app.services.changing import changing
from tests.conftest import Today
from tests.flows.office import PASSWORD
from tests.flows.test_adjudication import decides, examines_evidence, heard, holds, schedules
from tests.flows.tribunal import Tribunal, says
from tests.web.browser import Browser

PROOF = "证明材料.pdf"


def test_an_objection_to_jurisdiction_comes_in_time_and_its_days_do_not_count(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_served()
    close = case.due("adjudication.close")
    today.moves(days=3)
    tribunal.respondent.acts(case, "object_jurisdiction", authority="广州市知识产权局", reason="侵权行为地在广州")
    assert case.due("jurisdiction.decision") == "2026-03-12"
    today.moves(days=4)
    tribunal.director.answers(case, "decide_jurisdiction", decision="rejected", reason="住所在本市")
    assert (close, case.due("adjudication.close")) == ("2026-06-02", "2026-06-08")  # four days, and a weekend


def test_an_objection_after_the_period_to_answer_is_refused(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_served()
    case_due = case.due("jurisdiction.objection")
    assert case_due == "2026-03-17"
    today.moves(days=16)
    answers = {"authority": "广州市知识产权局", "reason": "侵权行为地在广州"}
    assert "答辩期内" in str(tribunal.respondent.acts(case, "object_jurisdiction", 422, **answers))


def test_an_objection_that_came_on_paper_in_time_is_entered_later(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_served()
    today.moves(days=16)
    party = case.party(tribunal.responding.name)
    files = [tribunal.clerk.uploads("签章的异议书.pdf")]
    answers = {"party": party, "authority": "广州市知识产权局", "reason": "侵权行为地在广州", "files": files}
    assert "received_on" in tribunal.clerk.acts(case, "object_jurisdiction", 422, **answers)["errors"]
    for day in ("2026-03-18", "2026-02-01"):  # too late, and before the request was served
        wrong = tribunal.clerk.acts(case, "object_jurisdiction", 422, **answers, received_on=day)
        assert "received_on" in wrong["errors"]
    tribunal.clerk.acts(case, "object_jurisdiction", **answers, received_on="2026-03-17")
    assert case.due("jurisdiction.decision") == "2026-03-24"


def test_whoever_can_only_be_refused_is_not_asked(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_served()
    page = f"/cases/{case.id}/acts/object_jurisdiction"
    respondent, clerk = Browser(tribunal.app), Browser(tribunal.app)
    respondent.logs_in("respondent", PASSWORD)
    clerk.logs_in("clerk", PASSWORD)
    respondent.gets(page)
    today.moves(days=16)
    run_due(db.session(), tribunal.app.config["PEIYOU"])
    assert "答辩期已经届满" in respondent.gets(page, expects=409).text
    clerk.gets(page)  # for what came on paper in time


def test_one_measure_after_the_other(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    tribunal.presiding.acts(case, "propose_measure", kind="inspection", of="被请求人的车间", reason="查明生产情况")
    presiding = Browser(tribunal.app)
    presiding.logs_in(tribunal.presiding.username, PASSWORD)
    told = presiding.gets(f"/cases/{case.id}/acts/propose_measure", expects=409).text
    assert "上一项取证还没有办完" in told


def test_an_upheld_objection_moves_the_case(tribunal: Tribunal) -> None:
    case = tribunal.has_served()
    tribunal.respondent.acts(case, "object_jurisdiction", authority="广州市知识产权局", reason="侵权行为地在广州")
    decision = {"decision": "upheld", "authority": "广州市知识产权局", "reason": "成立"}
    tribunal.director.answers(case, "decide_jurisdiction", **decision)
    assert case.state == "moved"
    assert {"jurisdiction_decision", "transfer_letter"} <= set(case.documents())


def test_a_suspended_case_stands_still_and_goes_on_where_it_stood(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_answered()
    files = [tribunal.respondent.uploads(PROOF)]
    asked = {"ground": "invalidation", "reason": "无效宣告请求已受理", "files": files}
    tribunal.respondent.acts(case, "ask_suspension", **asked)
    tribunal.presiding.acts(case, "suspend", ground="invalidation", reason="无效宣告请求已受理")
    tribunal.director.answers(case, "decide_suspension", decision="granted", reason="应当中止")
    assert case.state == "suspended"
    tribunal.presiding.answers(case, "set_evidence_period", 409, period=False, reason="齐备")
    today.moves(days=30)
    tribunal.presiding.acts(case, "resume", reason="维持专利权有效")
    assert case.state == "gathering"
    assert (
        case.due("adjudication.close") == "2026-07-01"
    )  # 29 days after 2 June: the day of docketing counts for nothing
    assert {"suspension_application", "suspension_notice", "resumption_notice"} <= set(case.documents())


def test_what_must_be_suspended_is_refused_only_for_a_reason_that_can_hold(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    tribunal.presiding.acts(case, "suspend", ground="invalidation", reason="无效宣告请求已受理")
    refused = {"decision": "refused", "reason": "不需要中止"}
    problem = tribunal.director.answers(case, "decide_suspension", 422, **refused, against="invention")
    assert "应当中止" in str(problem)
    tribunal.director.answers(case, "decide_suspension", **refused, against="clean_report")
    assert case.state == "gathering" and "no_suspension_notice" in case.documents()


def test_under_the_text_of_2015_nothing_has_to_be_suspended(tribunal: Tribunal, today: Today) -> None:
    today.is_at("2025-01-20 10:00")
    case = tribunal.has_answered()
    tribunal.presiding.acts(case, "suspend", ground="death", reason="当事人死亡")
    tribunal.director.answers(case, "decide_suspension", decision="refused", against="other", reason="不影响审理")
    assert case.state == "gathering"


def test_the_closing_period_is_lengthened_step_by_step(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    director = tribunal.director
    files = [director.uploads("批复.pdf")]
    second = {"ladder": "second", "reason": "特别复杂", "files": files}
    assert "先由部门负责人" in str(director.acts(case, "extend_closing_of_case", 422, **second))
    director.acts(case, "extend_closing_of_case", ladder="first", reason="案情复杂")
    assert case.due("adjudication.close") == "2026-07-02"
    assert "已经批准延长过" in str(director.acts(case, "extend_closing_of_case", 422, ladder="first", reason="再延"))
    director.acts(case, "extend_closing_of_case", **second)
    assert case.due("adjudication.close") == "2026-09-02"


def test_less_than_a_whole_step_may_be_granted(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    director = tribunal.director
    first = {"ladder": "first", "reason": "案情复杂"}
    too_long = director.acts(case, "extend_closing_of_case", 422, **first, days=31)  # from 2 June to 2 July are thirty
    assert "2026年7月2日" in str(too_long["errors"]["days"])
    director.acts(case, "extend_closing_of_case", **first, days=10)
    assert case.due("adjudication.close") == "2026-06-12"
    files = [director.uploads("批复.pdf")]
    director.acts(case, "extend_closing_of_case", ladder="second", reason="特别复杂", files=files, days=20)
    assert case.due("adjudication.close") == "2026-07-02"


def test_under_the_text_of_2015_it_is_lengthened_once(tribunal: Tribunal, today: Today) -> None:
    today.is_at("2025-01-20 10:00")
    case = tribunal.has_answered()
    tribunal.director.acts(case, "extend_closing_of_case", ladder="first", reason="案情特别复杂")
    files = [tribunal.director.uploads("批复.pdf")]
    answers = {"ladder": "second", "reason": "特别复杂", "files": files}
    tribunal.director.acts(case, "extend_closing_of_case", 422, **answers)


def test_before_docketing_a_request_is_withdrawn_at_once(tribunal: Tribunal) -> None:
    case = tribunal.asks()
    tribunal.requester.acts(case, "withdraw_case", ground="other", reason="另行协商")
    assert case.state == "withdrawn" and "case_withdrawal" in case.documents()
    [gone] = [e["data"] for e in tribunal.seen(case)["events"] if e["kind"] == "request_withdrawn"]
    assert gone["to_be_decided"] is False


def test_a_docketed_case_is_cancelled_by_the_head(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    tribunal.requester.acts(case, "withdraw_case", ground="other", reason="另行协商")
    assert case.state == "gathering"
    tribunal.director.answers(case, "decide_withdrawal", decision="refused", reason="涉及公共利益，继续审理")
    tribunal.requester.acts(case, "withdraw_case", ground="other", reason="仍然撤回请求")
    tribunal.director.answers(case, "decide_withdrawal", decision="granted", reason="请求人撤回")
    assert case.state == "withdrawn" and "cancellation_decision" in case.documents()
    form = says(case, "closing_approval_form")
    assert "仍然撤回请求" in form["panel_opinion"] and form["director_opinion"] == "请求人撤回"


def test_a_settlement_is_handed_in_and_ends_the_case(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    files = [tribunal.requester.uploads("和解协议书.pdf")]
    tribunal.requester.acts(case, "settle_case", summary="被请求人停止销售并补偿", files=files)
    tribunal.director.answers(case, "decide_settlement", decision="granted", reason="双方和解")
    assert case.state == "settled"


def test_the_panel_proposes_to_cancel(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    tribunal.presiding.acts(case, "propose_cancellation", ground="invalidated", reason="专利权已被宣告全部无效")
    tribunal.director.answers(case, "decide_cancellation", decision="granted", reason="专利权无效")
    assert case.state == "cancelled"


def test_a_requester_who_stays_away_has_withdrawn(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_answered()
    examines_evidence(tribunal, case)
    tribunal.presiding.answers(case, "choose_trial", way="hearing")
    schedules(tribunal, case)
    today.moves(days=10, hours=1)
    there = [case.party(tribunal.responding.name)]
    assert "不能按缺席处理" in str(holds(tribunal, case, "requester_absent", 422, attended=there))


def test_who_was_told_in_time_and_stays_away_is_absent(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_answered()
    examines_evidence(tribunal, case)
    tribunal.presiding.answers(case, "choose_trial", way="hearing")
    schedules(tribunal, case)
    tribunal.serves(case, "hearing_notice")
    today.moves(days=10, hours=1)
    both = [case.party(c.name) for c in (tribunal.requesting, tribunal.responding)]
    assert "attended" in holds(tribunal, case, "requester_absent", 422, attended=both)["errors"]
    holds(tribunal, case, "requester_absent", attended=both[1:])
    tribunal.director.answers(case, "cancel_absent", decision="granted", reason="按撤回处理")
    assert case.state == "deemed_withdrawn"


@pytest.mark.parametrize(("major", "days", "first"), [(False, 2, "3月5日"), (True, 4, "3月9日")])
def test_a_hearing_is_not_fixed_too_early(tribunal: Tribunal, major: bool, days: int, first: str) -> None:
    case = tribunal.has_answered()
    if major:
        with changing(db.session):
            db.session.get(Adjudication, case.id).major = True
    examines_evidence(tribunal, case)
    tribunal.presiding.answers(case, "choose_trial", way="hearing")
    assert first in str(schedules(tribunal, case, days, 422)["errors"]["at"])


def test_a_hearing_on_line_came_with_order_81(tribunal: Tribunal, today: Today) -> None:
    today.is_at("2025-01-20 10:00")
    case = tribunal.has_answered()
    examines_evidence(tribunal, case)
    tribunal.presiding.answers(case, "choose_trial", way="hearing")
    assert "online" in schedules(tribunal, case, 15, 422, online=True)["errors"]


def test_a_closed_hearing_has_its_reason_and_is_not_announced(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    examines_evidence(tribunal, case)
    tribunal.presiding.answers(case, "choose_trial", way="hearing")
    assert "closed_because" in schedules(tribunal, case, expects=422, closed=True)["errors"]
    schedules(tribunal, case, closed=True, closed_because="请求人以涉及商业秘密为由申请")
    assert "hearing_announcement" not in case.documents()


def test_terms_that_everybody_confirms_end_the_case(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    tribunal.presiding.acts(case, "mediate", consent=True, reason="双方当庭同意")
    terms = {"talks": "agreed", "record": "双方协商一致", "terms": ["停止销售", "补偿五万元"], "amount": "50000.00"}
    tribunal.presiding.answers(case, "mediate_inside", **terms)
    for person in (tribunal.requester, tribunal.respondent):
        person.answers(case, "confirm_terms", answer="confirm", signed_name=person.name)
    tribunal.director.answers(case, "seal_terms", issued=True)
    records = [tribunal.record(case, o, method="direct") for o in (tribunal.requesting, tribunal.responding)]
    tribunal.clerk.answers(case, "serve_terms", records=records)
    assert case.state == "mediated"


def test_talks_that_fail_leave_the_case_where_it_was(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    tribunal.presiding.acts(case, "mediate", consent=True, reason="双方当庭同意")
    tribunal.presiding.answers(case, "mediate_inside", talks="failed", record="分歧过大")
    assert case.state == "gathering"
    tribunal.presiding.acts(case, "mediate", consent=True, reason="双方再次同意")


def test_the_days_of_settlement_talks_do_not_count_since_order_81(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_answered()
    files = [tribunal.presiding.uploads("和解申请.pdf")]
    tribunal.presiding.acts(case, "settlement_talks", reason="双方共同申请", files=files)
    today.moves(days=11)
    tribunal.presiding.acts(case, "end_talks", reason="和解不成")
    assert case.due("adjudication.close") == "2026-06-12"


def test_under_the_text_of_2015_the_days_of_talks_count(tribunal: Tribunal, today: Today) -> None:
    today.is_at("2025-01-20 10:00")
    case = tribunal.has_answered()
    files = [tribunal.presiding.uploads("和解申请.pdf")]
    tribunal.presiding.acts(case, "settlement_talks", 422, reason="双方共同申请", files=files)


def test_an_appraisal_stops_the_closing_period(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_answered()
    wanted = {"kind": "appraisal", "of": "某司法鉴定所", "reason": "比对结构", "matters": ["特征是否相同"]}
    tribunal.presiding.acts(case, "propose_measure", **wanted, finish_by="2026-04-01")
    tribunal.reviews_measure(case)
    tribunal.director.answers(case, "decide_measure", decision="granted", opinion="同意")
    today.moves(days=20)
    at = {"began": "2026-03-21T09:00:00+08:00", "ended": "2026-03-21T10:00:00+08:00"}
    officials = [p.id for p in tribunal.panel[:2]]
    done = {"measure": 1, **at, "venue": "某司法鉴定所", "officials": officials, "record": "结论：相同"}
    files = [tribunal.presiding.uploads("鉴定意见书.pdf")]
    tribunal.presiding.acts(case, "record_measure", **done, concluded=True, files=files)
    assert case.due("adjudication.close") == "2026-06-22"  # 19 days after 2 June is a Sunday


def test_registered_evidence_is_dealt_with_in_seven_days(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    tribunal.presiding.acts(case, "propose_measure", kind="registration", of="被请求人", reason="可能灭失")
    tribunal.reviews_measure(case)
    problem = tribunal.director.answers(case, "decide_measure", 422, decision="granted", opinion="同意")
    assert "things" in problem["errors"]
    things = [{"name": "电热水壶", "quantity": 3}]
    tribunal.director.answers(case, "decide_measure", decision="granted", opinion="同意", things=things)
    assert case.due("evidence.registration") == "2026-03-09"
    tribunal.presiding.answers(case, "settle_registration", outcome="released", reason="已拍照取证")
    assert case.due("evidence.collection") == "2026-06-02"


def test_evidence_that_comes_late_is_kept_and_marked(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_answered()
    problem = tribunal.presiding.answers(case, "set_evidence_period", 422, period=True, days=10)
    assert "days" in problem["errors"]
    tribunal.presiding.answers(case, "set_evidence_period", period=True, days=15)
    tribunal.serves(case, "evidence_notice")
    tribunal.requester.answers(case, "hand_in_evidence", evidence=[{"title": "检测报告", "proves": "结构"}])
    tribunal.let_pass(today, 16)
    assert "examine_evidence" in case.open_keys()
    late = {"evidence": [{"title": "合同", "proves": "销售"}], "reason": "刚刚取得"}
    tribunal.respondent.acts(case, "submit_evidence", **late)
    last = [e for e in tribunal.seen(case)["events"] if e["kind"] == "evidence_handed_in"][-1]
    assert last["data"]["late"] is True


def test_more_time_for_evidence_makes_the_case_longer_by_as_much(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    tribunal.presiding.answers(case, "set_evidence_period", period=True, days=15)
    tribunal.serves(case, "evidence_notice")
    files = [tribunal.presiding.uploads("申请书.pdf")]
    more = {"party": case.party(tribunal.responding.name), "days": 10, "reason": "境外取证", "files": files}
    tribunal.presiding.acts(case, "extend_evidence", **more)
    assert case.due("adjudication.close") == "2026-06-12"


def test_a_decision_is_put_right_by_a_notice_and_a_new_copy(tribunal: Tribunal, today: Today) -> None:
    case = heard(tribunal, today)
    decides(tribunal, case)
    wrong = [{"was": "没有的文字", "now": "文字"}]
    answers = {"reason": "笔误", "confirm": True}
    assert "没有这段文字" in str(tribunal.director.acts(case, "correct_decision", 422, corrections=wrong, **answers))
    slip = [{"was": "2026 年 1 月", "now": "2026 年 2 月"}]
    tribunal.director.acts(case, "correct_decision", corrections=slip, **answers)
    assert case.documents().count("adjudication_decision") == 2


def test_a_decision_without_the_votes_is_refused(tribunal: Tribunal, today: Today) -> None:
    case = heard(tribunal, today)
    tribunal.panel[0].answers(case, "deliberate", vote="infringed", text="经比对，落入保护范围。")
    assert not {"draft_decision", "conclude_deliberation"} & case.open_keys()


def test_an_objection_that_is_under_way_is_not_called_late(tribunal: Tribunal) -> None:
    case = tribunal.has_served()
    tribunal.respondent.acts(case, "object_jurisdiction", authority="广州市知识产权局", reason="侵权行为地在广州")
    clerk = Browser(tribunal.app)
    clerk.logs_in("clerk", PASSWORD)
    told = clerk.gets(f"/cases/{case.id}/acts/object_jurisdiction", expects=409).text
    assert "答辩期已经届满" not in told
