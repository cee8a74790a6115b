"""Before a case is docketed: competence, correction, approval, the panel."""

from __future__ import annotations

import pytest

from app.domain.statute import length
from tests.conftest import Today
from tests.flows.office import Case
from tests.flows.tribunal import Tribunal, says


def test_damages_are_split_off_and_the_rest_is_decided(tribunal: Tribunal) -> None:
    case = tribunal.asks(requests=["责令停止制造、销售被控产品", "赔偿经济损失十万元", "公开赔礼道歉"])
    split = next(e for e in tribunal.seen(case)["events"] if e["kind"] == "requests_split_off")
    assert split["data"]["items"] == ["赔偿经济损失十万元", "公开赔礼道歉"]


def test_who_asks_for_money_alone_is_told_to_ask_for_mediation(tribunal: Tribunal) -> None:
    problem = tribunal.asks(422, requests=["赔偿经济损失十万元"])
    assert "只能调解" in problem["errors"]["requests"][0]


def test_a_request_names_one_respondent(tribunal: Tribunal) -> None:
    both = [tribunal.entry(tribunal.responding), tribunal.entry(tribunal.elsewhere)]
    assert "respondents" in tribunal.asks(422, respondents=both)["errors"]


def test_an_invention_names_its_claims_and_a_licensee_proves_the_licence(tribunal: Tribunal) -> None:
    assert "claims" in tribunal.asks(422, claims="")["errors"]
    assert "standing_files" in tribunal.asks(422, standing="exclusive_licensee")["errors"]


@pytest.mark.parametrize(
    ("change", "authority"),
    [
        ({"right_type": "copyright", "right_number": "", "claims": ""}, "copyright_office"),
        ({"major": True}, "cnipa"),
    ],
)
def test_what_is_not_ours_is_handed_over_with_a_letter(tribunal: Tribunal, change: dict, authority: str) -> None:
    case = tribunal.asks(**change)
    tribunal.clerk.answers(
        case, "confirm_competence", competence="transfer", authority=authority, reason="不属于本局裁决的范围"
    )
    assert case.state == "transferred"
    assert {"transfer_letter", "transfer_notice"} <= set(case.documents())
    kinds = [d["kind"] for d in case.seen_by(tribunal.requester)["documents"]]
    assert "transfer_letter" not in kinds and "transfer_notice" in kinds


@pytest.mark.parametrize("right", ["copyright", "trademark"])
def test_the_office_adjudicates_patents_alone(tribunal: Tribunal, right: str) -> None:
    case = tribunal.asks(right_type=right, right_number="" if right == "copyright" else "12345678", claims="")
    ours = {"competence": "ours", "reason": "本局受理"}
    problem = tribunal.clerk.answers(case, "confirm_competence", 422, **ours)
    assert "专利" in str(problem["errors"]["competence"])


def test_correction_is_asked_once_and_its_days_do_not_count(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.asks()
    before = case.due("adjudication.docket")
    asked = {"check": "correct", "items": ["补交主体资格证明"], "days": 10, "report": True}
    assert "right_filed_on" in tribunal.examines(case, 422, **asked)["errors"]
    tribunal.examines(case, **asked, right_filed_on="2023-05-18")
    assert says(case, "evaluation_report_notice")["filed_on"] == "2023-05-18"
    assert case.state == "correcting" and "evaluation_report_notice" in case.documents()
    today.moves(days=2)
    answers = {"items": [{"item": n, "answer": "已补"} for n in (1, 2)]}
    tribunal.requester.answers(case, "correct_request", **answers)
    assert (
        before == "2026-03-09" and case.due("adjudication.docket") == "2026-03-10"
    )  # of the two days the first would not count anyhow
    problem = tribunal.examines(case, 422, check="correct", items=["还缺"], days=10)
    assert "check" in problem["errors"]


def test_what_is_not_corrected_in_time_is_refused(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.asks()
    tribunal.examines(case, check="correct", items=["补交主体资格证明"], days=length("adjudication.correction"))
    tribunal.serves(case, "correction_notice")
    tribunal.let_pass(today, 12)
    assert case.state == "refused_uncorrected"
    assert "adjudication_refusal_notice" in case.documents()


def test_a_refusal_goes_through_both_heads(tribunal: Tribunal) -> None:
    case = tribunal.asks()
    tribunal.examines(case, check="refuse", reasons=["no_standing"], explanation="不是专利权人")
    tribunal.reviews(case)
    problem = tribunal.director.answers(case, "decide_docketing", 422, docketing="docket", opinion="立案")
    assert "members" in problem["errors"]
    tribunal.director.answers(case, "decide_docketing", docketing="refuse", opinion="同意不予受理")
    assert case.state == "refused"
    assert {"docketing_approval_form", "adjudication_refusal_notice"} <= set(case.documents())
    kinds = [d["kind"] for d in case.seen_by(tribunal.requester)["documents"]]
    assert "docketing_approval_form" not in kinds


def test_a_refusal_that_nobody_proposed_is_refused_itself(tribunal: Tribunal) -> None:
    case = tribunal.asks()
    tribunal.examines(case)
    tribunal.reviews(case)
    problem = tribunal.director.answers(case, "decide_docketing", 422, docketing="refuse", opinion="不立案")
    assert "没有提出不予受理的理由" in problem["errors"]["docketing"][0]


def test_each_head_may_send_the_proposal_back(tribunal: Tribunal) -> None:
    case = tribunal.asks()
    tribunal.examines(case)
    tribunal.reviews(case, "return")
    assert case.open_keys() == {"examine_request"} and case.state == "requested"
    tribunal.examines(case)
    tribunal.reviews(case)
    tribunal.director.answers(case, "decide_docketing", docketing="return", opinion="请补充案情")
    assert case.open_keys() == {"examine_request"}


@pytest.mark.parametrize(
    ("members", "presiding", "told"),
    [
        ([0, 1], 0, "不能少于"),
        ([0, 1, 2, 3], 0, "单数"),
        ([0, 1, 2], 3, "组长"),
    ],
)
def test_a_panel_is_odd_of_three_or_more_and_one_of_them_presides(
    tribunal: Tribunal, members: list[int], presiding: int, told: str
) -> None:
    case = tribunal.asks()
    tribunal.examines(case)
    tribunal.reviews(case)
    judges = tribunal.judges
    problem = tribunal.decides_docketing(
        case, 422, members=[judges[n].id for n in members], presiding=judges[presiding].id
    )
    assert told in str(problem["errors"])
    assert case.state == "docketing"


def test_nobody_with_a_conflict_sits_or_keeps_the_record(tribunal: Tribunal) -> None:
    tribunal.relates(tribunal.judges[1], tribunal.responding)
    tribunal.relates(tribunal.second_clerk, tribunal.responding)
    case = tribunal.asks()
    tribunal.examines(case)
    tribunal.reviews(case)
    assert "members" in tribunal.decides_docketing(case, 422)["errors"]
    panel = [tribunal.judges[n].id for n in (0, 2, 3)]
    problem = tribunal.decides_docketing(case, 422, members=panel)
    assert "recorder" in problem["errors"]
    tribunal.decides_docketing(case, members=panel, recorder=tribunal.clerk.id)
    assert case.state == "serving"


def test_the_docketing_starts_the_periods_and_issues_the_notices(tribunal: Tribunal) -> None:
    case = tribunal.has_docketed()
    assert case.due("adjudication.close") == "2026-06-02"
    assert case.due("adjudication.serve") == "2026-03-09"
    assert {"acceptance_notice", "answer_notice", "panel_notice", "docketing_approval_form"} <= set(case.documents())


def test_the_docketing_may_take_five_working_days_more_once_since_order_81(tribunal: Tribunal) -> None:
    case = tribunal.asks()
    tribunal.director.acts(case, "extend_docketing", reason="案情特别复杂")
    assert case.due("adjudication.docket") == "2026-03-16"
    tribunal.director.acts(case, "extend_docketing", 422, reason="仍然复杂")


def test_under_the_text_of_2015_the_docketing_is_not_extended(tribunal: Tribunal, today: Today) -> None:
    today.is_at("2025-01-20 10:00")
    case = tribunal.asks()
    problem = tribunal.director.acts(case, "extend_docketing", 422, reason="案情特别复杂")
    assert "不能延长" in str(problem)


def test_the_same_request_is_docketed_once(tribunal: Tribunal) -> None:
    tribunal.has_docketed()
    again = tribunal.asks(facts="请求人再次发现被请求人制造、销售落入保护范围的电热水壶，已公证。")
    tribunal.examines(again)
    tribunal.reviews(again)
    assert "已经立案" in str(tribunal.decides_docketing(again, 422))


def test_who_agrees_and_who_decides_see_the_same_last_day_as_who_examines(tribunal: Tribunal) -> None:
    case = tribunal.asks()
    last = case.due("adjudication.docket")
    assert shown_due(tribunal, case, "examine_request") == last
    tribunal.examines(case)
    assert shown_due(tribunal, case, "review_docketing") == last
    tribunal.reviews(case)
    assert shown_due(tribunal, case, "decide_docketing") == last
    tribunal.decides_docketing(case, docketing="return", opinion="请补查", members=[], presiding=None, recorder=None)
    assert shown_due(tribunal, case, "examine_request") == last


def test_the_steps_of_a_trial_show_until_when_the_case_must_be_closed(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    assert shown_due(tribunal, case, "set_evidence_period") == case.due("adjudication.close")


def shown_due(tribunal: Tribunal, case: Case, key: str) -> str | None:
    """Return the last day that the inbox shows of the open task ``key``."""
    found: str | None = next(t["due"] for t in tribunal.seen(case)["tasks"] if t["key"] == key)
    return found
