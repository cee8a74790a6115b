"""The panel: told of, asked to step aside, changed; what it says among itself stays there."""

from __future__ import annotations

from tests.conftest import Today
from tests.flows.test_adjudication import drafts, heard
from tests.flows.tribunal import Tribunal


def test_a_member_who_is_asked_to_step_aside_rests_until_it_is_decided(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    tribunal.serves(case, "panel_notice")
    seat = tribunal.seat(case, tribunal.presiding)
    tribunal.respondent.acts(case, "recuse_member", members=[seat], ground="interest", reason="曾任对方顾问")
    tribunal.presiding.answers(case, "set_evidence_period", 409, period=False, reason="齐备")
    decision = {"recusal": 1, "decision": "rejected", "reason": "经核实没有关系"}
    tribunal.director.answers(case, "decide_panel_recusal", decisions=[decision])
    tribunal.presiding.answers(case, "set_evidence_period", period=False, reason="各方不再举证")


def test_several_members_are_asked_about_at_once_and_those_who_leave_are_replaced(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    tribunal.serves(case, "panel_notice")
    seats = [tribunal.seat(case, judge) for judge in tribunal.panel[:2]]
    tribunal.respondent.acts(case, "recuse_member", members=seats, ground="interest", reason="曾任对方顾问")
    problem = tribunal.director.answers(
        case, "decide_panel_recusal", 422, decisions=[{"recusal": 1, "decision": "upheld", "reason": "成立"}]
    )
    assert "decisions" in problem["errors"]
    tribunal.director.answers(
        case,
        "decide_panel_recusal",
        decisions=[
            {"recusal": 1, "decision": "upheld", "reason": "曾任顾问"},
            {"recusal": 2, "decision": "rejected", "reason": "没有关系"},
        ],
    )
    new = tribunal.judges[3]
    tribunal.director.answers(case, "replace_member", seats=[{"seat": seats[0], "member": new.id}])
    assert case.documents().count("panel_notice") == 2
    new.answers(case, "set_evidence_period", period=False, reason="各方不再举证")  # who follows the chair presides
    tribunal.presiding.sees(f"/cases/{case.id}", 404)  # who was recused sees nothing of the case any more


def test_a_request_of_the_other_side_joins_one_that_is_pending(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    tribunal.serves(case, "panel_notice")
    first, second = (tribunal.seat(case, judge) for judge in tribunal.panel[:2])
    tribunal.respondent.acts(case, "recuse_member", members=[first], ground="interest", reason="曾任对方顾问")
    tribunal.requester.acts(case, "recuse_member", members=[second], ground="other_relation", reason="同学")
    decided = [{"recusal": n, "decision": "rejected", "reason": "没有关系"} for n in (1, 2)]
    tribunal.director.answers(case, "decide_panel_recusal", decisions=decided)
    assert "decide_panel_recusal" not in case.open_keys()


def test_who_asks_too_late_says_when_they_learned_of_it(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_answered()
    tribunal.serves(case, "panel_notice")
    today.moves(days=7)
    seat = tribunal.seat(case, tribunal.presiding)
    asked = {"members": [seat], "ground": "interest", "reason": "曾任对方顾问"}
    assert "known_on" in tribunal.respondent.acts(case, "recuse_member", 422, **asked)["errors"]
    tribunal.respondent.acts(case, "recuse_member", **asked, known_on="2026-03-08")


def test_a_review_is_asked_for_once(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    tribunal.serves(case, "panel_notice")
    seat = tribunal.seat(case, tribunal.presiding)
    for n in (1, 2):
        asked = {"members": [seat], "ground": "interest", "reason": f"曾任对方顾问，第 {n} 次"}
        tribunal.respondent.acts(case, "recuse_member", **asked)
        decided = {"recusal": n, "decision": "rejected", "reason": "没有关系"}
        tribunal.director.answers(case, "decide_panel_recusal", decisions=[decided])
    problem = tribunal.respondent.acts(case, "recuse_member", 422, members=[seat], ground="interest", reason="再次")
    assert "复议" in str(problem)


def test_a_member_who_cannot_go_on_is_replaced_by_the_head(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    seat = tribunal.seat(case, tribunal.presiding)
    tribunal.director.acts(case, "change_panel", seat=seat, member=tribunal.judges[4].id, reason="调离")
    tribunal.judges[4].answers(case, "set_evidence_period", period=False, reason="各方不再举证")


def test_what_the_panel_says_among_itself_nobody_else_reads(tribunal: Tribunal, today: Today) -> None:
    case = heard(tribunal, today)
    first, second, third = tribunal.panel
    first.answers(case, "deliberate", vote="infringed", text="第一名成员的意见：落入保护范围。")
    second.answers(case, "deliberate", vote="not_infringed", text="第二名成员的意见：缺少特征。")
    for person in (third, tribunal.director, tribunal.clerk, tribunal.requester):
        assert "第一名成员" not in str(case.seen_by(person))
    third.answers(case, "deliberate", vote="infringed", text="第三名成员的意见：落入保护范围。")
    tribunal.presiding.answers(case, "conclude_deliberation", concluded="majority")
    for person in (tribunal.director, tribunal.section_head, tribunal.clerk, tribunal.requester, tribunal.respondent):
        seen = case.seen_by(person)
        assert "deliberation_record" not in [d["kind"] for d in seen["documents"]]
        assert not {"opinion_given", "deliberation_concluded"} & {e["kind"] for e in seen["events"]}
    assert "deliberation_record" in [d["kind"] for d in case.seen_by(second)["documents"]]


def test_without_a_majority_the_panel_deliberates_again(tribunal: Tribunal, today: Today) -> None:
    case = heard(tribunal, today)
    tribunal.votes(case, "infringed", "partly", "not_infringed")
    problem = tribunal.presiding.answers(case, "conclude_deliberation", 422, concluded="majority")
    assert "concluded" in problem["errors"]
    tribunal.presiding.answers(case, "conclude_deliberation", concluded="again")
    tribunal.votes(case, "infringed", "infringed", "not_infringed")
    tribunal.presiding.answers(case, "conclude_deliberation", concluded="majority")
    assert "多数意见" in str(drafts(tribunal, case, "not_infringed", 422))


def test_nobody_votes_for_another_member(tribunal: Tribunal, today: Today) -> None:
    case = heard(tribunal, today)
    task = case.task("deliberate", tribunal.panel[0])
    vote = {"answers": {"vote": "infringed", "text": "经比对，落入保护范围。"}}
    for person in (tribunal.panel[1], tribunal.director, tribunal.clerk):
        person.does(f"/tasks/{task}/complete", vote, 403)


def test_who_takes_the_seat_of_one_who_has_voted_votes_too(tribunal: Tribunal, today: Today) -> None:
    case = heard(tribunal, today)
    first, second, third = tribunal.panel
    vote = {"vote": "infringed", "text": "经比对，落入权利要求 1 的保护范围。"}
    first.answers(case, "deliberate", **vote)
    new = tribunal.judges[3]
    tribunal.director.acts(case, "change_panel", seat=tribunal.seat(case, first), member=new.id, reason="调离")
    for person in (second, third, new):
        person.answers(case, "deliberate", **vote)
    new.answers(case, "conclude_deliberation", concluded="majority")
    assert case.open_keys() == {"draft_decision"}


def test_who_comes_back_within_a_round_votes_anew(tribunal: Tribunal, today: Today) -> None:
    case = heard(tribunal, today)
    first, second, third = tribunal.panel
    first.answers(case, "deliberate", vote="not_infringed", text="初步意见：缺少锁扣特征，不落入保护范围。")
    for out, into in ((first, tribunal.judges[3]), (tribunal.judges[3], first)):
        tribunal.director.acts(case, "change_panel", seat=tribunal.seat(case, out), member=into.id, reason="调整")
    for person in (second, third, first):
        person.answers(case, "deliberate", vote="infringed", text="经比对，落入权利要求 1 的保护范围。")
    first.answers(case, "conclude_deliberation", concluded="majority")
    assert case.open_keys() == {"draft_decision"}


def test_a_panel_that_changes_after_the_votes_deliberates_again(tribunal: Tribunal, today: Today) -> None:
    case = heard(tribunal, today)
    tribunal.votes(case)
    first, second, third = tribunal.panel
    new = tribunal.judges[3]
    tribunal.director.acts(case, "change_panel", seat=tribunal.seat(case, second), member=new.id, reason="调离")
    problem = first.answers(case, "conclude_deliberation", 422, concluded="majority")
    assert "没有" in str(problem)
    first.answers(case, "conclude_deliberation", concluded="again")
    for person in (first, third, new):
        person.answers(case, "deliberate", vote="infringed", text="经比对，落入权利要求 1 的保护范围。")
    first.answers(case, "conclude_deliberation", concluded="majority")
    assert case.open_keys() == {"draft_decision"}


def test_who_joins_the_panel_after_the_vote_has_not_decided(tribunal: Tribunal, today: Today) -> None:
    case = heard(tribunal, today)
    tribunal.votes(case)
    first, second, third = tribunal.panel
    first.answers(case, "conclude_deliberation", concluded="majority")
    drafts(tribunal, case)
    new = tribunal.judges[3]
    tribunal.director.acts(case, "change_panel", seat=tribunal.seat(case, second), member=new.id, reason="调离")
    tribunal.section_head.answers(case, "review_decision", review="agree", opinion="同意")
    problem = tribunal.director.answers(case, "approve_decision", 422, decision="issued", opinion="同意签发")
    assert new.name in str(problem["errors"]["decision"])
    tribunal.director.answers(case, "approve_decision", decision="reconsider", opinion="合议组已经更换")
    for person in (first, third, new):
        person.answers(case, "deliberate", vote="infringed", text="经比对，落入权利要求 1 的保护范围。")
    first.answers(case, "conclude_deliberation", concluded="majority")
    drafts(tribunal, case)
    tribunal.section_head.answers(case, "review_decision", review="agree", opinion="同意")
    tribunal.director.answers(case, "approve_decision", decision="issued", opinion="同意签发")
    assert "adjudication_decision" in case.documents()
