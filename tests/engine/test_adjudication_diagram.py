"""The adjudication as it is drawn: sound, wired to what it names, and every way through it is walked."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from app import engine
from app.commands.workflows import DATA_NAMES
from app.domain import statute
from app.domain.roles import PARTY_LANES, STAFF_LANES, SYSTEM_LANE
from app.engine import check, drawing, wires
from tests.engine.drawn import Walk, nothing

FOLDER = Path(__file__).parents[2] / "workflows" / "adjudication"
FILES = engine.read_folder(FOLDER)
STRANDS = {
    "withdrawal",
    "settlement",
    "recusal_requested",
    "jurisdiction_objected",
    "suspension_proposed",
    "cancellation_proposed",
    "measure_proposed",
    "talks_agreed",
}


def filed(**data: bool | str) -> Walk:
    """Return a case that has just been asked for."""
    asked = {"right_type": "invention", "major": False, "docketed": False, **data}
    return Walk(engine.version(engine.digest(FILES), lambda: FILES), nothing, **asked)


def docketed() -> Walk:
    """Return a case whose docketing has just been approved."""
    walk = filed().does("examine_request", examined="submit").does("review_docketing", docketing_review="agree")
    return walk.does("decide_docketing", docketing="docket", docketed=True)


def answered() -> Walk:
    walk = docketed().does("serve_case", served="yes").does("answer").does("check_answer", answer="complete")
    return walk.does("serve_answer", served="yes")


def to_be_tried() -> Walk:
    return answered().does("set_evidence_period", period=False).does("examine_evidence")


def to_be_decided() -> Walk:
    walk = to_be_tried().does("choose_trial", trial_way="written").does("notify_findings")
    return walk.does("comment_findings")


def issued(**data: bool | str) -> Walk:
    walk = to_be_decided().does("deliberate").does("conclude_deliberation", concluded="majority")
    walk.does("draft_decision").does("review_decision", decision_review="agree")
    return walk.does("approve_decision", decision="issued", **data)


def ended(walk: Walk) -> str | None:
    assert walk.position.ended == (not walk.ready and not walk.waits)
    return walk.position.outcome if walk.position.ended else None


def test_the_folder_is_drawn_sound_and_wired_to_what_it_names() -> None:
    used = wires.used(drawing.read(FILES))
    wiring = check.Wiring(
        forms=used.forms,
        roles={*STAFF_LANES, *PARTY_LANES, SYSTEM_LANE},
        operations=used.operations,
        rules=set(statute.RULES),
        acts=used.acts,
        data_names=set(DATA_NAMES),
    )
    assert check.problems(FILES, wiring) == []


def test_no_id_occurs_twice_in_the_folder_and_none_of_the_hints_of_the_drawing_tool_is_left() -> None:
    trees = drawing.read(FILES).trees
    ids = Counter(
        e.get("id") for name, tree in trees.items() if name.endswith(".bpmn") for e in tree.iter() if e.get("id")
    )
    assert [key for key, times in ids.items() if times > 1] == []
    assert not any("urn:draw" in content.decode() for content in FILES.values())


def test_every_period_a_timer_waits_for_runs_out_by_itself() -> None:
    waits = {n.waits_for for n in drawing.read(FILES).nodes.values() if n.event == "timer" and n.waits_for}
    assert [rule for rule in sorted(waits) if not statute.rule(rule).acts] == []


# -- before docketing --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("right", ["invention", "utility_model", "design"])
def test_a_patent_goes_to_the_examination_at_once(right: str) -> None:
    walk = filed(right_type=right)
    assert walk.ready == ["examine_request"]
    assert walk.position.data["authority"] == "city_bureau"


@pytest.mark.parametrize(
    ("right", "major", "competence", "authority"),
    [
        ("design", True, "transfer", "cnipa"),
        ("copyright", False, "transfer", "copyright_office"),
        ("software", False, "transfer", "copyright_office"),
        ("plant_variety", False, "transfer", "agriculture_forestry"),
        ("layout_design", False, "transfer", "cnipa"),
        ("trademark", False, "unclear", "city_bureau"),
        ("trade_secret", False, "unclear", "city_bureau"),
        ("other", False, "unclear", ""),
    ],
)
def test_what_is_not_ours_is_looked_at_first(right: str, major: bool, competence: str, authority: str) -> None:
    walk = filed(right_type=right, major=major)
    assert walk.ready == ["confirm_competence"]
    assert (walk.position.data["competence"], walk.position.data["authority"]) == (competence, authority)
    assert (
        ended(filed(right_type=right, major=major).does("confirm_competence", competence="transfer")) == "transferred"
    )
    assert walk.does("confirm_competence", competence="ours").ready == ["examine_request"]


def test_the_request_is_corrected_as_often_as_it_takes() -> None:
    walk = filed()
    for _time in range(2):
        assert walk.does("examine_request", examined="correct").ready == ["correct_request"]
        assert walk.does("correct_request").ready == ["examine_request"]


def test_a_request_that_is_not_corrected_in_time_is_refused() -> None:
    walk = filed().does("examine_request", examined="correct")
    assert ended(walk.lapses("adjudication.correction")) == "refused_uncorrected"


def test_docketing_is_returned_by_the_section_and_by_the_head() -> None:
    walk = filed().does("examine_request", examined="submit")
    assert walk.does("review_docketing", docketing_review="return").ready == ["examine_request"]
    walk.does("examine_request", examined="submit").does("review_docketing", docketing_review="agree")
    assert walk.does("decide_docketing", docketing="return").ready == ["examine_request"]
    walk.does("examine_request", examined="submit").does("review_docketing", docketing_review="agree")
    assert ended(walk.does("decide_docketing", docketing="refuse")) == "refused"


@pytest.mark.parametrize(("act", "outcome"), [("withdraw_case", "withdrawn"), ("settle_case", "settled")])
def test_before_docketing_a_withdrawal_or_a_settlement_ends_the_case_at_once(act: str, outcome: str) -> None:
    assert ended(filed().acts(act)) == outcome
    assert ended(filed().does("examine_request", examined="correct").acts(act)) == outcome


# -- the main line -----------------------------------------------------------------------------------------------------


def test_docketing_begins_the_service_and_everything_that_waits_beside_it() -> None:
    walk = docketed()
    assert walk.ready == ["serve_case"]
    assert set(walk.waits) == STRANDS


def test_the_main_line_goes_through_every_part_to_its_end() -> None:
    walk = docketed()
    walk.does("serve_case", served="again").does("serve_case", served="yes").does("answer")
    walk.does("check_answer", answer="resign").does("resign_answer").does("check_answer", answer="complete")
    walk.does("serve_answer", served="again").does("serve_answer", served="yes")
    assert walk.ready == ["set_evidence_period"]
    walk.does("set_evidence_period", period=True).does("hand_in_evidence").does("examine_evidence")
    walk.does("choose_trial", trial_way="hearing").does("schedule_hearing").does("hearing_reply")
    assert walk.does("hold_hearing", heard="again").ready == ["schedule_hearing"]
    walk.does("schedule_hearing").does("hearing_reply").does("hold_hearing", heard="done")
    assert walk.does("sign_transcript").ready == ["deliberate"]
    walk.does("deliberate").does("conclude_deliberation", concluded="again").does("deliberate")
    walk.does("conclude_deliberation", concluded="majority").does("draft_decision")
    walk.does("review_decision", decision_review="return").does("draft_decision")
    walk.does("review_decision", decision_review="agree")
    walk.does("approve_decision", decision="return").does("draft_decision")
    walk.does("review_decision", decision_review="agree")
    assert walk.does("approve_decision", decision="reconsider").ready == ["deliberate"]
    walk.does("deliberate").does("conclude_deliberation", concluded="majority").does("draft_decision")
    walk.does("review_decision", decision_review="agree")
    assert walk.does("approve_decision", decision="issued", publishes=True, orders=True).ready == ["serve_decision"]
    walk.does("serve_decision", served="yes").does("mask_decision").does("approve_publication", publication="agree")
    walk.lapses("adjudication.sue").does("check_performance", performance="done")
    assert ended(walk) == "concluded"


@pytest.mark.parametrize("part", ["call_service", "call_evidence", "call_hearing", "call_decision", "call_enforcement"])
def test_a_part_that_is_gone_through_is_done_and_the_one_that_is_worked_in_is_now(part: str) -> None:
    parts = ["call_service", "call_evidence", "call_hearing", "call_decision", "call_enforcement"]
    walks = [docketed, answered, to_be_tried, to_be_decided, issued]
    walk = walks[parts.index(part)]()
    states = {s.id: s.state for s in engine.outline(walk.version, walk.position)}
    n = parts.index(part)
    assert [states[p] for p in parts] == ["done"] * n + ["now"] + ["ahead"] * (4 - n)


def test_no_answer_in_time_does_not_hold_the_case_up() -> None:
    walk = docketed().does("serve_case", served="yes")
    assert "answer_due" in walk.waits
    assert walk.lapses("adjudication.answer").ready == ["set_evidence_period"]


def test_an_answer_that_is_not_signed_in_time_does_not_hold_the_case_up() -> None:
    walk = docketed().does("serve_case", served="yes").does("answer").does("check_answer", answer="resign")
    assert walk.lapses("adjudication.resign_answer").ready == ["set_evidence_period"]


def test_the_evidence_is_examined_when_its_period_is_over() -> None:
    walk = answered().does("set_evidence_period", period=True)
    assert walk.lapses("evidence.period").ready == ["examine_evidence"]


def test_a_trial_in_writing_hears_the_parties_or_lets_their_time_run_out() -> None:
    walk = to_be_tried().does("choose_trial", trial_way="written").does("notify_findings")
    assert walk.ready == ["comment_findings"]
    assert walk.lapses("adjudication.comment").ready == ["deliberate"]
    assert to_be_decided().ready == ["deliberate"]


def test_the_end_of_a_hearing_ends_only_that_hearing_and_its_replies() -> None:
    walk = to_be_tried().does("choose_trial", trial_way="hearing").does("schedule_hearing")
    assert walk.ready == ["hearing_reply", "hold_hearing"]
    assert walk.does("hold_hearing", heard="done").ready == ["sign_transcript"]
    assert set(walk.waits) == STRANDS
    assert not walk.position.ended


def test_all_replies_before_the_hearing_leave_it_to_be_held() -> None:
    walk = to_be_tried().does("choose_trial", trial_way="hearing").does("schedule_hearing").does("hearing_reply")
    assert walk.ready == ["hold_hearing"]


def test_a_requester_who_stays_away_is_treated_as_withdrawn_or_heard_again() -> None:
    walk = to_be_tried().does("choose_trial", trial_way="hearing").does("schedule_hearing")
    assert walk.does("hold_hearing", heard="requester_absent").ready == ["cancel_absent"]
    assert walk.does("cancel_absent", cancellation="refused").ready == ["choose_trial"]
    walk.does("choose_trial", trial_way="hearing").does("schedule_hearing")
    walk.does("hold_hearing", heard="requester_absent")
    assert ended(walk.does("cancel_absent", cancellation="granted")) == "deemed_withdrawn"


def test_an_absence_once_excused_is_not_held_against_a_trial_in_writing() -> None:
    walk = to_be_tried().does("choose_trial", trial_way="hearing").does("schedule_hearing")
    walk.does("hold_hearing", heard="requester_absent").does("cancel_absent", cancellation="refused")
    walk.does("choose_trial", trial_way="written").does("notify_findings").does("comment_findings")
    assert walk.ready == ["deliberate"]


# -- after the decision ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("publishes", [True, False])
@pytest.mark.parametrize("orders", [True, False])
def test_the_case_is_concluded_when_publication_suing_and_performance_are_all_over(
    publishes: bool, orders: bool
) -> None:
    walk = issued(publishes=publishes, orders=orders).does("serve_decision", served="yes")
    assert "suit_due" in walk.waits
    if orders:
        walk.does("check_performance", performance="waiting").does("check_performance", performance="done")
    if publishes:
        walk.does("mask_decision").does("approve_publication", publication="return").does("mask_decision")
        walk.does("approve_publication", publication="agree")
    assert not walk.position.ended
    assert ended(walk.lapses("adjudication.sue")) == "concluded"


def test_suing_may_be_over_before_the_rest() -> None:
    walk = issued(publishes=True, orders=True).does("serve_decision", served="again")
    walk.does("serve_decision", served="yes").lapses("adjudication.sue")
    assert walk.ready == ["mask_decision", "check_performance"]
    walk.does("check_performance", performance="done").does("mask_decision")
    assert ended(walk.does("approve_publication", publication="agree")) == "concluded"


def exhorted() -> Walk:
    walk = issued(publishes=False, orders=True).does("serve_decision", served="yes").lapses("adjudication.sue")
    walk.does("check_performance", performance="exhort").does("serve_exhortation", served="again")
    return walk.does("serve_exhortation", served="yes").lapses("enforcement.exhortation")


def test_after_the_exhortation_the_court_is_asked_and_its_result_awaited() -> None:
    walk = exhorted()
    assert walk.ready == ["apply_enforcement"]
    walk.does("apply_enforcement", performance="applied").does("record_enforcement", performance="waiting")
    assert ended(walk.does("record_enforcement", performance="enforced")) == "concluded"


def test_after_the_exhortation_it_is_performed_or_not_applied_for() -> None:
    assert ended(exhorted().does("apply_enforcement", performance="done")) == "concluded"


# -- what waits beside the main line -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("act", "step", "outcome"),
    [
        ("withdraw_case", "decide_withdrawal", "withdrawn"),
        ("settle_case", "decide_settlement", "settled"),
        ("propose_cancellation", "decide_cancellation", "cancelled"),
    ],
)
def test_after_docketing_the_head_decides_whether_the_case_is_cancelled(act: str, step: str, outcome: str) -> None:
    walk = docketed()
    for _time in range(2):
        assert set(walk.acts(act).ready) == {"serve_case", step}
        walk.does(step, cancellation="refused")
        assert set(walk.waits) == STRANDS
    assert ended(walk.acts(act).does(step, cancellation="granted")) == outcome


def test_a_withdrawal_is_heard_while_a_part_is_worked_in_and_takes_all_of_it_away() -> None:
    walk = to_be_tried().does("choose_trial", trial_way="hearing").does("schedule_hearing").acts("withdraw_case")
    assert set(walk.ready) == {"hearing_reply", "hold_hearing", "decide_withdrawal"}
    assert ended(walk.does("decide_withdrawal", cancellation="granted")) == "withdrawn"


def test_members_of_the_panel_are_replaced_as_often_as_a_recusal_is_upheld() -> None:
    walk = docketed()
    for _time in range(2):
        assert "decide_panel_recusal" in walk.acts("recuse_member").ready
        assert "replace_member" in walk.does("decide_panel_recusal", recusal="upheld").ready
        assert set(walk.does("replace_member").waits) == STRANDS
    walk.acts("recuse_member").does("decide_panel_recusal", recusal="rejected")
    assert set(walk.waits) == STRANDS
    assert walk.ready == ["serve_case"]


def test_an_objection_to_jurisdiction_is_rejected_or_moves_the_case() -> None:
    walk = docketed()
    for _time in range(2):
        walk.acts("object_jurisdiction").does("decide_jurisdiction", jurisdiction="rejected")
        assert set(walk.waits) == STRANDS
    assert ended(walk.acts("object_jurisdiction").does("decide_jurisdiction", jurisdiction="upheld")) == "moved"


def test_a_case_is_suspended_and_resumed_as_often_as_it_takes() -> None:
    walk = docketed().acts("suspend").does("decide_suspension", suspension="refused")
    assert set(walk.waits) == STRANDS
    for _time in range(2):
        walk.acts("suspend").does("decide_suspension", suspension="granted")
        assert set(walk.waits) == STRANDS - {"suspension_proposed"} | {"resumption"}
        assert set(walk.acts("resume").waits) == STRANDS


def test_a_measure_is_approved_and_what_was_registered_is_dealt_with() -> None:
    walk = docketed()
    for _time in range(2):
        walk.acts("propose_measure").does("review_measure", measure_review="agree")
        walk.does("decide_measure", measure="registered")
        assert set(walk.ready) == {"serve_case", "settle_registration"}
        assert set(walk.does("settle_registration").waits) == STRANDS
    walk.acts("propose_measure").does("review_measure", measure_review="agree")
    walk.does("decide_measure", measure="granted")
    assert set(walk.waits) == STRANDS
    walk.acts("propose_measure").does("review_measure", measure_review="refused")
    assert set(walk.waits) == STRANDS


# -- talks -------------------------------------------------------------------------------------------------------------


def test_an_agreement_that_is_in_effect_ends_the_case() -> None:
    walk = docketed().acts("mediate").does("mediate_inside", talks="agreed").does("confirm_terms", confirmed="all")
    walk.does("seal_terms", issued=True)
    assert ended(walk.does("serve_terms", agreement="effective")) == "mediated"


@pytest.mark.parametrize("how", ["not agreed", "not confirmed", "refused"])
def test_talks_that_fail_leave_the_case_where_it_was_and_may_be_held_again(how: str) -> None:
    walk = docketed()
    for _time in range(2):
        walk.acts("mediate").does("mediate_inside", talks="ended" if how == "not agreed" else "agreed")
        if how != "not agreed":
            walk.does("confirm_terms", confirmed="all" if how == "refused" else "no")
        if how == "refused":
            walk.does("seal_terms", issued=True).does("serve_terms", agreement="refused")
        assert walk.ready == ["serve_case"]
        assert set(walk.waits) == STRANDS


def test_an_agreement_is_revised_and_sent_back_before_it_is_sealed() -> None:
    walk = docketed().acts("mediate").does("mediate_inside", talks="agreed")
    walk.does("confirm_terms", confirmed="revise").does("mediate_inside", talks="agreed")
    walk.does("confirm_terms", confirmed="all").does("seal_terms", issued=False)
    assert set(walk.ready) == {"serve_case", "mediate_inside"}


def test_talks_go_on_beside_the_main_line() -> None:
    walk = docketed().acts("mediate").does("serve_case", served="yes")
    assert set(walk.ready) == {"answer", "mediate_inside"}
    walk.does("mediate_inside", talks="agreed").lapses("adjudication.answer")
    assert set(walk.ready) == {"set_evidence_period", "confirm_terms"}
