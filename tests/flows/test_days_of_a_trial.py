"""Days of a trial that meet each other: what is received in time, lengthened, suspended, corrected."""

from __future__ import annotations

import pytest

from app import clock
from tests.conftest import Today
from tests.flows.office import Case
from tests.flows.test_adjudication import decides, heard, running, serves_decision
from tests.flows.tribunal import Tribunal

ANSWER = {"grounds": ["no_infringement"], "opinion": "被控产品缺少权利要求 1 的锁扣特征。"}


def suspends(tribunal: Tribunal, case: Case) -> None:
    """Let the head suspend the case today."""
    tribunal.presiding.acts(case, "suspend", ground="invalidation", reason="无效宣告请求已受理")
    tribunal.director.answers(case, "decide_suspension", decision="granted", reason="应当中止")


def test_an_answer_received_in_time_is_entered_after_its_period(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_served()
    paper = {**ANSWER, "files": [tribunal.clerk.uploads("答辩书.pdf")]}
    tribunal.clerk.acts(case, "register_answer", 422, received_on=clock.today().isoformat(), **paper)
    tribunal.let_pass(today, 16)
    assert case.state == "gathering"
    for day, told in (("2026-03-18", "逾期"), ("2026-03-01", "送达日期")):
        problem = tribunal.clerk.acts(case, "register_answer", 422, received_on=day, **paper)
        assert told in str(problem["errors"]["received_on"])
    tribunal.clerk.acts(case, "register_answer", received_on="2026-03-17", **paper)
    assert case.due("adjudication.serve_answer") == "2026-03-24"
    tribunal.serves(case, "answer_brief")
    assert "adjudication.serve_answer" not in running(tribunal, case)
    tribunal.clerk.acts(case, "register_answer", 422, received_on="2026-03-16", **paper)
    assert case.documents().count("answer_brief") == 1
    assert "register_answer" not in case.seen_by(tribunal.respondent)["acts"]


def test_who_has_more_time_to_answer_has_it_to_object_too(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_served()
    tribunal.presiding.acts(case, "extend_answer", days=10, reason="准许")
    assert case.due("jurisdiction.objection") == case.due("adjudication.answer") == "2026-03-27"
    today.moves(days=20)
    tribunal.respondent.acts(case, "object_jurisdiction", authority="广州市知识产权局", reason="侵权行为地在广州")


def test_a_suspension_moves_the_time_to_object_on(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_served()
    suspends(tribunal, case)
    today.moves(days=20)
    tribunal.presiding.acts(case, "resume", reason="维持专利权有效")
    assert case.due("jurisdiction.objection") == "2026-04-07"  # 6 April is a day off
    tribunal.respondent.acts(case, "object_jurisdiction", authority="广州市知识产权局", reason="侵权行为地在广州")


def test_a_case_that_stands_still_may_be_given_more_time(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_answered()
    suspends(tribunal, case)
    today.moves(days=100)  # beyond the day on which the case would have had to be closed
    tribunal.director.acts(case, "extend_closing_of_case", ladder="first", reason="案情复杂")
    tribunal.presiding.acts(case, "resume", reason="维持专利权有效")
    assert case.due("adjudication.close") == "2026-10-09"  # 2 July and 99 days: the first did not count anyway


@pytest.mark.parametrize("after", [3, 20])
def test_days_added_for_evidence_are_left_out_where_a_suspension_has_moved_them(
    tribunal: Tribunal, today: Today, after: int
) -> None:
    case = tribunal.has_answered()
    tribunal.presiding.answers(case, "set_evidence_period", period=True, days=15)
    tribunal.serves(case, "evidence_notice")
    files = [tribunal.presiding.uploads("申请书.pdf")]
    more = {"party": case.party(tribunal.responding.name), "days": 10, "reason": "境外取证", "files": files}
    tribunal.presiding.acts(case, "extend_evidence", **more)
    assert case.due("adjudication.close") == "2026-06-12"
    today.moves(days=after)
    suspends(tribunal, case)
    today.moves(days=31)
    tribunal.presiding.acts(case, "resume", reason="维持专利权有效")
    assert case.due("evidence.period") == "2026-04-27"
    assert case.due("adjudication.close") == "2026-07-13"  # 2 June, ten days and thirty-one


@pytest.mark.parametrize("ground", ["death", "incapacity", "force_majeure"])
def test_reasons_of_the_patent_do_not_help_against_what_befell_a_party(tribunal: Tribunal, ground: str) -> None:
    case = tribunal.has_answered()
    tribunal.presiding.acts(case, "suspend", ground=ground, reason="须等待")
    refused = {"decision": "refused", "reason": "不需要中止", "against": "clean_report"}
    assert "应当中止" in str(tribunal.director.answers(case, "decide_suspension", 422, **refused)["errors"])


def test_a_corrected_copy_starts_no_new_period(tribunal: Tribunal, today: Today) -> None:
    case = heard(tribunal, today)
    decides(tribunal, case)
    serves_decision(tribunal, case)
    until = case.due("adjudication.sue")
    today.moves(days=3)
    sued_on = clock.today().isoformat()
    today.moves(days=2)
    slip = [{"was": "2026 年 1 月", "now": "2026 年 2 月"}]
    tribunal.director.acts(case, "correct_decision", corrections=slip, reason="笔误", confirm=True)
    tribunal.serves(case, "adjudication_decision")
    assert case.due("adjudication.sue") == until
    suit = {"party": case.party(tribunal.responding.name), "court": "广州知识产权法院"}
    tribunal.clerk.acts(case, "record_suit", result="filed", on=sued_on, **suit)


def test_only_the_words_of_a_decision_are_put_right_and_only_by_the_head(tribunal: Tribunal, today: Today) -> None:
    case = heard(tribunal, today)
    decides(tribunal, case)
    slip = {"corrections": [{"was": "infringed", "now": "not_infringed"}], "reason": "笔误", "confirm": True}
    tribunal.presiding.acts(case, "correct_decision", 403, **slip)
    tribunal.director.acts(case, "correct_decision", 422, **slip)
    day = [{"was": clock.today().isoformat(), "now": "2026-01-01"}]
    tribunal.director.acts(case, "correct_decision", 422, **{**slip, "corrections": day})
    assert case.documents().count("adjudication_decision") == 1
