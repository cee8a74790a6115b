"""What stands in the way of a decision, and what its papers say of the trial and show to whom."""

from __future__ import annotations

import pytest

from app import clock
from tests.conftest import Today
from tests.flows.office import Case
from tests.flows.test_adjudication import (
    comes_to_its_hearing,
    decides,
    drafts,
    examines_evidence,
    heard,
    holds,
    schedules,
    signs,
)
from tests.flows.test_evidence import granted, records
from tests.flows.tribunal import Tribunal, says


def to_be_issued(tribunal: Tribunal, today: Today) -> Case:
    """Return a case whose decision waits for the head of the department."""
    case = heard(tribunal, today)
    tribunal.votes(case)
    tribunal.presiding.answers(case, "conclude_deliberation", concluded="majority")
    drafts(tribunal, case)
    tribunal.section_head.answers(case, "review_decision", review="agree", opinion="同意")
    return case


def test_nothing_is_issued_while_something_could_end_the_case_otherwise(tribunal: Tribunal, today: Today) -> None:
    case = to_be_issued(tribunal, today)
    tribunal.requester.acts(case, "withdraw_case", ground="other", reason="另行协商")
    problem = tribunal.director.answers(case, "approve_decision", 422, decision="issued", opinion="同意签发")
    assert "审批撤回" in str(problem["errors"]["decision"])
    tribunal.director.answers(case, "decide_withdrawal", decision="refused", reason="涉及公共利益")
    tribunal.director.answers(case, "approve_decision", decision="issued", opinion="同意签发")


def test_a_party_asks_for_no_recusal_when_the_trial_is_over(tribunal: Tribunal, today: Today) -> None:
    case = to_be_issued(tribunal, today)
    asked = {"members": [tribunal.seat(case, tribunal.panel[1])], "ground": "interest", "reason": "刚刚得知"}
    known = clock.today().isoformat()
    assert "终结" in str(tribunal.requester.acts(case, "recuse_member", 422, **asked, known_on=known)["errors"])


def test_no_money_is_ordered(tribunal: Tribunal, today: Today) -> None:
    case = heard(tribunal, today)
    tribunal.votes(case)
    tribunal.presiding.answers(case, "conclude_deliberation", concluded="majority")
    problem = drafts(tribunal, case, expects=422, orders=["责令被请求人赔偿请求人经济损失 100 万元"])
    assert "只能调解" in str(problem["errors"]["orders"])


def test_the_decision_says_who_came_and_what_was_said_of_the_evidence(tribunal: Tribunal, today: Today) -> None:
    case = heard(tribunal, today)
    decides(tribunal, case)
    printed = says(case, "adjudication_decision")
    assert [(a["name"], a["people"]) for a in printed["attended"]] == [
        (tribunal.requesting.name, "到庭"),
        (tribunal.responding.name, "到庭"),
    ]
    assert all("没有意见" in e["opinion"] for e in printed["evidence_findings"])


def test_who_was_heard_by_default_is_printed_as_absent(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_answered()
    comes_to_its_hearing(tribunal, case, today)
    holds(tribunal, case, "heard_by_default", attended=[case.party(tribunal.requesting.name)])
    files = [tribunal.presiding.uploads("笔录.pdf")]
    signed = [{"party": case.party(tribunal.requesting.name), "how": "signed"}]
    tribunal.presiding.answers(case, "sign_transcript", signatures=signed, files=files)
    decides(tribunal, case)
    came = {a["name"]: a["people"] for a in says(case, "adjudication_decision")["attended"]}
    assert came == {tribunal.requesting.name: "到庭", tribunal.responding.name: "未到庭"}


def test_an_answer_that_was_not_signed_in_time_is_none(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_served()
    tribunal.replies(case, files=[])
    tribunal.clerk.answers(case, "check_answer", answer="resign")
    tribunal.serves(case, "resign_notice")
    tribunal.let_pass(today, 5)
    comes_to_its_hearing(tribunal, case, today)
    holds(tribunal, case)
    signs(tribunal, case)
    decides(tribunal, case)
    assert says(case, "adjudication_decision")["answer_of_respondent"] is None


def test_a_signed_answer_that_came_in_time_and_was_found_later_stands(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_served()
    tribunal.replies(case, files=[])
    files = [tribunal.clerk.uploads("签章的答辩书.pdf")]
    found = {"received_on": "2026-03-03", "files": files}
    nothing = tribunal.clerk.acts(case, "register_signed_answer", 422, **found)
    assert "received_on" in nothing["errors"]
    tribunal.clerk.answers(case, "check_answer", answer="resign")
    tribunal.serves(case, "resign_notice")
    tribunal.let_pass(today, 5)
    late = tribunal.clerk.acts(case, "register_signed_answer", 422, **{**found, "received_on": "2026-03-06"})
    assert "逾期" in str(late["errors"]["received_on"])
    tribunal.clerk.acts(case, "register_signed_answer", **found)
    assert case.due("adjudication.serve_answer")
    tribunal.serves(case, "answer_brief")
    comes_to_its_hearing(tribunal, case, today)
    holds(tribunal, case)
    signs(tribunal, case)
    decides(tribunal, case)
    assert says(case, "adjudication_decision")["answer_of_respondent"] is not None


def test_later_papers_quote_the_decision_and_not_its_corrected_copy(tribunal: Tribunal, today: Today) -> None:
    case = heard(tribunal, today)
    decides(tribunal, case)
    first = says(case, "adjudication_decision")["number"]
    day = clock.today().isoformat()
    today.moves(days=5)
    slip = [{"was": "2026 年 1 月", "now": "2026 年 2 月"}]
    tribunal.director.acts(case, "correct_decision", corrections=slip, reason="笔误", confirm=True)
    assert says(case, "adjudication_decision")["replaces"] == first
    both = (tribunal.requesting, tribunal.responding)
    case.has_made("adjudication_decision")
    tribunal.clerk.answers(case, "serve_decision", records=[tribunal.record(case, o, method="direct") for o in both])
    found = {"performance": "exhort", "on": clock.today().isoformat(), "detail": "仍在销售", "obligations": ["停止"]}
    tribunal.presiding.answers(case, "check_performance", **found)
    letter = says(case, "exhortation_letter")
    assert (letter["decision_number"], letter["decision_on"]) == (first, day)


def test_who_is_to_be_investigated_does_not_read_it_before(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    wanted = {"investigated": "顺德某五金厂", "evidence": "模具", "kept_at": "三号仓库", "reason": "可能灭失"}
    tribunal.requester.acts(case, "request_measure", **wanted)
    granted(tribunal, case, "sampling")
    hidden = {"investigation_request", "sampling_decision"}
    seen = case.seen_by(tribunal.respondent)
    assert not hidden & {d["kind"] for d in seen["documents"]}
    assert "三号仓库" not in str(seen) and "measure_requested" not in {e["kind"] for e in seen["events"]}
    assert hidden & {d["kind"] for d in case.seen_by(tribunal.requester)["documents"]} == {"investigation_request"}
    assert hidden <= {d["kind"] for d in case.seen_by(tribunal.presiding)["documents"]}


def test_the_record_of_an_inspection_hides_the_numbers_of_witnesses(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_answered()
    measure = granted(tribunal, case, "inspection")
    today.moves(days=1)
    witness = {
        "name": "王某",
        "number": "11010519491231002X",
        "phone": "13800138000",
        "address": "佛山市顺德区某路 1 号",
    }
    records(tribunal, case, measure, present=[witness])
    [shown] = says(case, "inspection_record")["present"]
    assert shown == {
        "name": "王某",
        "number": "110105********002X",
        "unit": "",
        "address": "佛山市顺德区****",
        "phone": "138****8000",
    }


def test_who_joins_is_told_who_sits_and_when_the_hearing_is(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    examines_evidence(tribunal, case)
    tribunal.presiding.answers(case, "choose_trial", way="hearing")
    schedules(tribunal, case)
    tribunal.presiding.acts(case, "join_party", **tribunal.entry(tribunal.elsewhere), reason="利害关系")
    for kind in ("joinder_notice", "panel_notice", "hearing_notice"):
        assert tribunal.elsewhere.name in [p["name"] for p in says(case, kind)["to"]]


def test_nobody_joins_once_the_panel_deliberates(tribunal: Tribunal, today: Today) -> None:
    case = to_be_issued(tribunal, today)
    problem = tribunal.presiding.acts(case, "join_party", 422, **tribunal.entry(tribunal.elsewhere), reason="利害关系")
    assert "口头审理前" in str(problem["errors"])


@pytest.mark.parametrize("ground", ["claims_unclear", "time_barred"])
def test_the_text_of_2015_knows_fewer_grounds_for_cancellation(tribunal: Tribunal, today: Today, ground: str) -> None:
    today.is_at("2025-01-20 10:00")
    case = tribunal.has_answered()
    problem = tribunal.presiding.acts(case, "propose_cancellation", 422, ground=ground, reason="理由")
    assert "没有这一撤案理由" in str(problem["errors"]["ground"])


def test_an_objection_is_decided_once_and_while_the_case_stands_still(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_served()
    objection = {"authority": "广州市知识产权局", "reason": "侵权行为地在广州"}
    tribunal.respondent.acts(case, "object_jurisdiction", **objection)
    tribunal.presiding.acts(case, "suspend", ground="invalidation", reason="无效宣告请求已受理")
    tribunal.director.answers(case, "decide_suspension", decision="granted", reason="应当中止")
    tribunal.director.answers(case, "decide_jurisdiction", decision="rejected", reason="住所在本市")
    tribunal.presiding.acts(case, "resume", reason="维持专利权有效")
    again = {**objection, "reason": "再次提出"}
    assert "已经驳回" in str(tribunal.respondent.acts(case, "object_jurisdiction", 422, **again)["errors"])


def test_a_request_with_one_more_requester_is_the_same_request(tribunal: Tribunal) -> None:
    tribunal.has_docketed()
    more = [tribunal.entry(tribunal.elsewhere)]
    again = tribunal.asks(co_requesters=more, facts="请求人再次发现被请求人制造、销售落入保护范围的电热水壶，已公证。")
    tribunal.examines(again)
    tribunal.reviews(again)
    assert "已经立案" in str(tribunal.decides_docketing(again, 422))


def test_a_comment_on_paper_counts_from_the_day_it_was_received(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_answered()
    examines_evidence(tribunal, case)
    tribunal.presiding.answers(case, "choose_trial", way="written")
    told = {
        "facts": "被请求人制造了被控产品。",
        "reasons": "落入权利要求 1 的保护范围。",
        "basis_text": "专利法第十一条",
    }
    tribunal.presiding.answers(case, "notify_findings", **told, days=5)
    tribunal.serves(case, "pre_decision_notice")
    today.moves(days=8)  # the last day was yesterday, and no job has run since
    late = {
        "comment": "没有意见",
        "received_on": clock.today().isoformat(),
        "files": [tribunal.clerk.uploads("意见.pdf")],
    }
    assert "逾期" in str(tribunal.clerk.answers(case, "comment_findings", 422, **late)["errors"]["received_on"])
    tribunal.clerk.answers(case, "comment_findings", **{**late, "received_on": "2026-03-09"})


def test_who_withdraws_because_of_a_settlement_has_it_said_so(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    tribunal.requester.acts(case, "withdraw_case", ground="settled", reason="双方已经和解")
    [asked] = [e["data"] for e in tribunal.seen(case)["events"] if e["kind"] == "request_withdrawn"]
    assert asked["to_be_decided"] is True
    tribunal.director.answers(case, "decide_withdrawal", decision="granted", reason="同意")
    assert says(case, "cancellation_decision")["ground"] == "settled"
