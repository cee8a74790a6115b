"""Acts in an order that nobody plans: the case stays in one state, nothing is lost, and somebody can always go on."""

from __future__ import annotations

from typing import Any

import pytest

from app import clock
from app.jobs import run_due
from app.models import ClockPause, Recusal, db
from tests.conftest import Today
from tests.flows.office import PASSWORD, Case
from tests.flows.test_adjudication import comes_to_its_hearing, decides, drafts, examines_evidence, heard, holds
from tests.flows.test_adjudication import schedules as fixes_hearing
from tests.flows.test_evidence import MORE
from tests.flows.test_joining import joins
from tests.flows.tribunal import Tribunal, says
from tests.web.browser import Browser


def suspends(tribunal: Tribunal, case: Case) -> None:
    """Let the panel propose a suspension and the director grant it."""
    tribunal.presiding.acts(case, "suspend", ground="other", reason="等待检索")
    tribunal.director.answers(case, "decide_suspension", decision="granted", reason="同意")


def pauses(case: Case, kind: str) -> list[tuple[str, str | None]]:
    """Return the first and the last day of each pause of a kind."""
    db.session.rollback()
    rows = db.session.query(ClockPause).filter_by(case_id=case.id, kind=kind).order_by(ClockPause.id)
    return [(p.first.isoformat(), p.last.isoformat() if p.last else None) for p in rows]


def records_notice(tribunal: Tribunal, case: Case, **changes: Any) -> None:
    """Let the clerk record that the request is served by public notice, or how it went."""
    record = tribunal.record(case, tribunal.responding, sent_on=clock.today().isoformat(), **changes)
    tribunal.clerk.answers(case, "serve_case", records=[{k: v for k, v in record.items() if v is not None}])


def test_new_evidence_is_numbered_without_moving_the_case(tribunal: Tribunal, today: Today) -> None:
    case = heard(tribunal, today)
    tribunal.respondent.acts(case, "submit_evidence", **MORE)
    piece = {"evidence": tribunal.evidence(case)[-1], "number": "被证9", "opinion": "没有意见"}
    tribunal.presiding.acts(case, "examine_new_evidence", examined=[piece])
    assert case.state == "deliberating"
    tribunal.respondent.acts(case, "submit_evidence", **{**MORE, "reason": "又有一份"})
    suspends(tribunal, case)
    tribunal.presiding.acts(case, "examine_new_evidence", 409, examined=[piece])
    assert case.state == "suspended"


def test_a_period_that_was_over_before_the_suspension_runs_out_before_it(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_served()
    tribunal.presiding.acts(case, "suspend", ground="other", reason="等待检索")
    today.moves(days=17)  # the answer was due on the day before, and no job has looked since
    tribunal.director.answers(case, "decide_suspension", decision="granted", reason="同意")
    assert case.state == "suspended"
    run_due(db.session(), tribunal.app.config["PEIYOU"])
    assert case.state == "suspended" and case.happened().count("deadline_lapsed") >= 1
    tribunal.presiding.acts(case, "resume", reason="检索完毕")
    assert case.state == "gathering" and "set_evidence_period" in case.open_keys()


def test_nobody_asks_for_a_recusal_while_others_are_replaced(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    tribunal.serves(case, "panel_notice")
    first, second, _third = (tribunal.seat(case, judge) for judge in tribunal.panel)
    asked = {"ground": "interest", "reason": "曾任对方顾问"}
    tribunal.requester.acts(case, "recuse_member", members=[first], **asked)
    upheld = {"recusal": 1, "decision": "upheld", "reason": "成立"}
    twice = tribunal.director.answers(
        case, "decide_panel_recusal", 422, decisions=[upheld, {**upheld, "decision": "rejected"}]
    )
    assert "decisions-1-recusal" in twice["errors"]
    tribunal.director.answers(case, "decide_panel_recusal", decisions=[upheld])
    waits = tribunal.respondent.acts(case, "recuse_member", 422, members=[second], **asked)
    assert "正在更换" in str(waits["errors"])
    tribunal.director.answers(case, "replace_member", seats=[{"seat": first, "member": tribunal.judges[3].id}])
    tribunal.respondent.acts(case, "recuse_member", members=[second], **asked)
    assert "decide_panel_recusal" in case.open_keys()


def test_a_member_steps_aside_without_a_party(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    member = tribunal.panel[1]
    browser = Browser(tribunal.app)
    browser.logs_in(member.username, PASSWORD)
    assert "提出申请的当事人" not in browser.gets(f"/cases/{case.id}/acts/recuse_member").text
    seat = tribunal.seat(case, member)
    member.acts(case, "recuse_member", members=[seat], ground="own_request", reason="近亲属在请求人处任职")
    db.session.rollback()
    assert db.session.query(Recusal).filter_by(case_id=case.id).one().party_id is None


@pytest.mark.parametrize("how", ["direct", "failed"])
def test_a_public_notice_stops_the_clock_until_the_paper_has_arrived_or_it_is_given_up(
    tribunal: Tribunal, today: Today, how: str
) -> None:
    case = tribunal.has_docketed()
    records_notice(tribunal, case, method="notice", result="pending", received_on=None)
    assert pauses(case, "announcement") == [("2026-03-03", None)]
    notice = says(case, "publication_notice")
    assert "请求书" in notice["paper"] and "责令" in notice["gist"] and "15日内提交答辩书" in notice["consequence"]
    assert notice["tried"] is False  # whereabouts unknown: nothing came back before
    today.moves(days=5)
    records_notice(tribunal, case, method="post", result="failed", received_on=None, note="退回")
    assert pauses(case, "announcement") == [("2026-03-03", None)]  # the notice is still up
    if how == "direct":
        records_notice(tribunal, case, method="direct", result="received", received_on=clock.today().isoformat())
    else:
        records_notice(tribunal, case, method="notice", result="failed", received_on=None, note="公告撤下")
    [(first, last)] = pauses(case, "announcement")
    assert first == "2026-03-03" and last in ("2026-03-07", "2026-03-06")
    assert [d["state"] for d in tribunal.seen(case)["deadlines"] if d["rule"] == "adjudication.close"] == ["running"]


def test_what_is_registered_is_dealt_with_before_the_case_ends(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    tribunal.presiding.acts(case, "propose_measure", kind="registration", of="被请求人", reason="可能灭失")
    tribunal.reviews_measure(case)
    things = [{"name": "模具", "quantity": 1}]
    tribunal.director.answers(case, "decide_measure", decision="granted", opinion="同意", things=things)
    tribunal.requester.acts(case, "withdraw_case", ground="other", reason="另行协商")
    granted = {"decision": "granted", "reason": "请求人撤回"}
    waits = tribunal.director.answers(case, "decide_withdrawal", 422, **granted)
    assert "处理登记保存的证据" in str(waits["errors"])
    tribunal.presiding.answers(case, "settle_registration", outcome="released", reason="发还")
    tribunal.director.answers(case, "decide_withdrawal", **granted)
    assert case.state == "withdrawn"


def test_nothing_is_sealed_while_evidence_or_a_measure_is_open(tribunal: Tribunal, today: Today) -> None:
    case = heard(tribunal, today)
    tribunal.votes(case)
    tribunal.presiding.answers(case, "conclude_deliberation", concluded="majority")
    twice = [{"evidence": n, "admitted": yes} for n in tribunal.evidence(case)[:1] for yes in (True, False)]
    assert "evidence_findings-1-evidence" in drafts(tribunal, case, expects=422, evidence_findings=twice)["errors"]
    drafts(tribunal, case)
    tribunal.section_head.answers(case, "review_decision", review="agree", opinion="同意")
    seal = {"decision": "issued", "opinion": "同意签发"}
    tribunal.presiding.acts(case, "propose_measure", kind="inspection", of="车间", reason="补充查明")
    assert "审核取证" in str(tribunal.director.answers(case, "approve_decision", 422, **seal)["errors"])
    tribunal.reviews_measure(case, "refused")
    tribunal.respondent.acts(case, "submit_evidence", **MORE)
    assert "合同" in str(tribunal.director.answers(case, "approve_decision", 422, **seal)["errors"])
    tribunal.director.answers(case, "approve_decision", decision="returned", opinion="有新的证据")
    drafts(tribunal, case)
    tribunal.section_head.answers(case, "review_decision", review="agree", opinion="同意")
    tribunal.director.answers(case, "approve_decision", **seal)
    assert case.state == "decided"


def test_who_joined_after_the_notice_takes_nothing_away_from_the_others(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_answered()
    examines_evidence(tribunal, case)
    tribunal.presiding.answers(case, "choose_trial", way="hearing")
    fixes_hearing(tribunal, case)
    tribunal.serves(case, "hearing_notice")
    joins(tribunal, case)
    tribunal.serves(case, "hearing_notice")
    today.moves(days=9)
    today.moves(days=1, hours=1)
    holds(tribunal, case, "heard_by_default", attended=[case.party(tribunal.requesting.name)])
    assert "sign_transcript" in case.open_keys()


def test_nobody_joins_who_could_not_be_told_of_the_hearing_in_time(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_answered()
    examines_evidence(tribunal, case)
    tribunal.presiding.answers(case, "choose_trial", way="hearing")
    fixes_hearing(tribunal, case)
    today.moves(days=9)
    assert "先改期" in str(joins(tribunal, case, 422)["errors"]["name"])
    holds(tribunal, case, "put_off", reason="追加第三人", attended=[])
    joins(tribunal, case)


def test_the_notice_of_a_hearing_that_was_put_off_starts_nothing(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_answered()
    examines_evidence(tribunal, case)
    tribunal.presiding.answers(case, "choose_trial", way="hearing")
    fixes_hearing(tribunal, case)
    case.has_made("hearing_notice")
    [old] = [d["id"] for d in tribunal.seen(case)["documents"] if d["kind"] == "hearing_notice"]
    holds(tribunal, case, "put_off", reason="改期", attended=[])
    fixes_hearing(tribunal, case, days=21)
    day = clock.today().isoformat()
    sent = {"method": "post", "sent_on": day, "result": "received", "received_on": day}
    party = case.party(tribunal.responding.name)
    tribunal.clerk.acts(case, "register_service", document=old, party=party, **sent)
    tribunal.let_pass(today, 5)
    tribunal.serves(case, "hearing_notice")
    tribunal.respondent.answers(case, "hearing_reply", attends=True, people=[{"name": "王晨光"}])


def test_each_hearing_has_its_own_time_to_reply(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_answered()
    examines_evidence(tribunal, case)
    tribunal.presiding.answers(case, "choose_trial", way="hearing")
    fixes_hearing(tribunal, case)
    tribunal.serves(case, "hearing_notice")
    tribunal.let_pass(today, 5)
    holds(tribunal, case, "put_off", reason="改期", attended=[])
    fixes_hearing(tribunal, case, days=23)
    tribunal.let_pass(today, 5)
    tribunal.serves(case, "hearing_notice")  # on 12 March; the third day is a Sunday
    periods = [d for d in tribunal.seen(case)["deadlines"] if d["rule"] == "hearing.reply" and d["state"] == "running"]
    assert {d["due"] for d in periods} == {"2026-03-16"}
    tribunal.respondent.answers(case, "hearing_reply", attends=True, people=[{"name": "王晨光"}])


def test_a_hearing_within_a_suspension_was_not_held(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_answered()
    examines_evidence(tribunal, case)
    tribunal.presiding.answers(case, "choose_trial", way="hearing")
    fixes_hearing(tribunal, case)
    tribunal.serves(case, "hearing_notice")
    suspends(tribunal, case)
    tribunal.requester.answers(case, "hearing_reply", attends=False, why="案件已中止")  # its three days run
    today.moves(days=12)
    tribunal.presiding.acts(case, "resume", reason="检索完毕")
    absent = {"attended": [case.party(tribunal.responding.name)]}
    assert "中止期间" in str(holds(tribunal, case, "requester_absent", 422, **absent)["errors"]["result"])
    holds(tribunal, case, "put_off", reason="原定的日子在中止期间", attended=[])


def test_no_hearing_is_held_while_a_member_rests(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_answered()
    tribunal.serves(case, "panel_notice")
    comes_to_its_hearing(tribunal, case, today)
    seat = tribunal.seat(case, tribunal.panel[1])
    day = clock.today().isoformat()
    asked = {"members": [seat], "ground": "interest", "reason": "曾任对方顾问", "known_on": day}
    tribunal.respondent.acts(case, "recuse_member", **asked)
    assert "回避" in str(holds(tribunal, case, expects=422)["errors"]["result"])


def test_one_of_two_requesters_withdraws_alone(tribunal: Tribunal) -> None:
    case = tribunal.asks(co_requesters=[tribunal.entry(tribunal.elsewhere)])
    tribunal.examines(case)
    tribunal.reviews(case)
    tribunal.decides_docketing(case)
    tribunal.serves_case(case)
    tribunal.requester.acts(case, "withdraw_case", ground="other", reason="不再请求")
    assert case.state == "answering" and "decide_withdrawal" not in case.open_keys()
    tribunal.requester.acts(case, "withdraw_case", 403, ground="other", reason="不再请求")
    files = [tribunal.clerk.uploads("撤案请求书.pdf")]
    tribunal.clerk.acts(case, "withdraw_case", ground="other", reason="也不再请求", files=files)
    assert "decide_withdrawal" in case.open_keys()


def test_a_correction_changes_neither_what_was_ordered_nor_what_stands_in_several_places(
    tribunal: Tribunal, today: Today
) -> None:
    case = heard(tribunal, today)
    decides(tribunal, case)
    before = case.documents()

    def refused(was: str, now: str) -> str:
        slip = [{"was": was, "now": now}]
        answer = tribunal.director.acts(case, "correct_decision", 422, corrections=slip, reason="笔误", confirm=True)
        return str(answer["errors"])

    assert "没有这段文字" in refused("责令被请求人立即停止制造", "责令被请求人继续制造")
    assert "出现了" in refused("被控产品", "被控方法")
    assert "相同" in refused("2026 年 1 月", "2026 年 1 月")
    assert case.documents() == before
