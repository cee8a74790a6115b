"""A third party joins an adjudication: it reads the case, is told of everything, and comes no later than the hearing."""

from __future__ import annotations

from typing import Any

from app.models import Adjudication, Deadline, Hearing, db
from tests.conftest import Today
from tests.flows.office import PASSWORD, Case
from tests.flows.test_adjudication import examines_evidence, heard, schedules
from tests.flows.test_evidence import gives_time
from tests.flows.tribunal import Tribunal, says
from tests.web.browser import Browser

REASON = "被控产品由该公司委托生产"


def joins(tribunal: Tribunal, case: Case, expects: int = 200, **changes: Any) -> Any:
    """Let the one who presides enter the third company."""
    entry = {**tribunal.entry(tribunal.elsewhere), "reason": REASON, **changes}
    return tribunal.presiding.acts(case, "join_party", expects, **entry)


def test_a_third_party_reads_the_case_from_then_on_and_is_told_like_the_others(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    tribunal.stranger.sees(f"/cases/{case.id}", 404)
    joins(tribunal, case)
    seen = case.seen_by(tribunal.stranger)
    assert [p["role"] for p in seen["parties"]] == ["requester", "respondent", "third_party"]
    assert "joinder_notice" in [d["kind"] for d in seen["documents"]]
    assert "docketing_approval_form" not in [d["kind"] for d in seen["documents"]]


def test_a_third_party_hands_in_evidence_and_is_asked_to_the_hearing(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    joins(tribunal, case)
    piece = {"title": "委托加工合同", "proves": "被控产品的来源", "pages": 6}
    tribunal.stranger.acts(
        case, "submit_evidence", evidence=[piece], reason="刚刚参加本案", files=[tribunal.stranger.uploads()]
    )
    examines_evidence(tribunal, case)
    tribunal.presiding.answers(case, "choose_trial", way="hearing")
    schedules(tribunal, case)
    case.has_made("hearing_notice")
    notice = next(d["id"] for d in tribunal.seen(case)["documents"] if d["kind"] == "hearing_notice")
    assert case.party(tribunal.elsewhere.name) in tribunal.addressees(notice)


def test_who_joins_while_evidence_comes_in_has_as_many_days_from_their_own_notice(
    tribunal: Tribunal, today: Today
) -> None:
    case = gives_time(tribunal)
    tribunal.let_pass(today, 5)
    joins(tribunal, case)
    tribunal.serves(case, "evidence_notice")
    for person in (tribunal.requester, tribunal.respondent):
        person.answers(case, "hand_in_evidence", none="没有")
    assert "examine_evidence" not in case.open_keys()
    tribunal.let_pass(today, 11)
    assert "hand_in_evidence" in case.open_keys()
    tribunal.stranger.answers(case, "hand_in_evidence", evidence=[{"title": "委托加工合同", "proves": "来源"}])
    assert "examine_evidence" in case.open_keys()


def test_a_shorter_period_that_others_agreed_upon_does_not_bind_who_joins(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    agreed = [tribunal.presiding.uploads("协商一致的书面材料.pdf")]
    tribunal.presiding.answers(case, "set_evidence_period", period=True, days=7, agreed=True, files=agreed)
    tribunal.serves(case, "evidence_notice")
    joins(tribunal, case)
    assert (says(case, "evidence_notice")["days"], says(case, "evidence_notice")["agreed"]) == (15, False)
    tribunal.serves(case, "evidence_notice")
    db.session.rollback()
    rows = db.session.query(Deadline).filter_by(case_id=case.id, rule="evidence.period", state="running")
    lengths = {row.party_id: (row.due_on - row.start_on).days for row in rows}
    db.session.rollback()
    assert lengths[case.party(tribunal.requesting.name)] == 7
    assert lengths[case.party(tribunal.elsewhere.name)] >= 15


def test_a_third_party_says_whether_it_comes_to_the_hearing(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    examines_evidence(tribunal, case)
    tribunal.presiding.answers(case, "choose_trial", way="hearing")
    schedules(tribunal, case)
    tribunal.serves(case, "hearing_notice")
    joins(tribunal, case)
    tribunal.serves(case, "hearing_notice")
    people = [{"name": "何志强", "unit": tribunal.elsewhere.name}]
    tribunal.stranger.answers(case, "hearing_reply", attends=True, people=people)
    db.session.rollback()
    [row] = db.session.query(Hearing).filter_by(case_id=case.id)
    assert list(row.replies) == [str(case.party(tribunal.elsewhere.name))]
    db.session.rollback()
    tribunal.requester.answers(case, "hearing_reply", attends=True, people=people)
    assert "hearing_reply" in case.open_keys()


def test_a_third_party_comments_before_the_decision(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    joins(tribunal, case)
    examines_evidence(tribunal, case)
    tribunal.presiding.answers(case, "choose_trial", way="written", reason="事实清楚")
    told = {
        "facts": "被请求人制造了被控产品。",
        "reasons": "落入权利要求 1 的保护范围。",
        "basis_text": "专利法第十一条",
    }
    tribunal.presiding.answers(case, "notify_findings", **told, days=5)
    tribunal.serves(case, "pre_decision_notice")
    for person in (tribunal.requester, tribunal.respondent):
        person.answers(case, "comment_findings", comment="没有意见")
    assert case.open_keys() == {"comment_findings"}
    tribunal.stranger.answers(case, "comment_findings", comment="仅受托加工")
    assert case.open_keys() == {"deliberate"}


def test_nobody_joins_twice(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    problem = joins(tribunal, case, 422, name=tribunal.responding.name, uscc=tribunal.responding.uscc)
    assert "已经是本案当事人" in str(problem)
    joins(tribunal, case)
    assert "已经是本案当事人" in str(joins(tribunal, case, 422, reason="再次申请参加"))


def test_nobody_joins_after_the_hearing(tribunal: Tribunal, today: Today) -> None:
    case = heard(tribunal, today)
    before = tribunal.seen(case)
    joins(tribunal, case, 422)
    assert tribunal.seen(case) == before


def test_in_a_major_case_the_time_to_close_begins_anew(tribunal: Tribunal, today: Today) -> None:
    case, other = tribunal.has_answered(), tribunal.has_answered(right_number="ZL 2023 2 0518812.X", right_name="壶底")
    row = db.session.get(Adjudication, case.id)
    assert row
    row.major = True
    db.session.commit()
    first = other.due("adjudication.close")
    today.moves(days=10)
    joins(tribunal, case)
    joins(tribunal, other)
    assert other.due("adjudication.close") == first == "2026-06-02"
    assert case.due("adjudication.close") == "2026-06-12"
    assert "deadline_moved" in case.happened()


def test_who_takes_the_place_of_a_party_goes_on_where_it_stood(tribunal: Tribunal) -> None:
    case = tribunal.has_served()
    tribunal.presiding.acts(case, "suspend", ground="ended", reason="被请求人已经注销")
    tribunal.director.answers(case, "decide_suspension", decision="granted", reason="等待承继")
    theirs = case.party(tribunal.responding.name)
    entry = {**tribunal.entry(tribunal.elsewhere), "party": theirs, "reason": "吸收合并"}
    assert "files" in tribunal.presiding.acts(case, "succeed_party", 422, **entry)["errors"]
    files = [tribunal.presiding.uploads("合并证明.pdf")]
    same = {**entry, **tribunal.entry(tribunal.requesting), "files": files}
    assert "已经是本案当事人" in str(tribunal.presiding.acts(case, "succeed_party", 422, **same)["errors"]["name"])
    tribunal.presiding.acts(case, "succeed_party", **entry, files=files)
    assert case.party(tribunal.elsewhere.name) == theirs
    assert says(case, "succession_notice")["was"] == tribunal.responding.name
    presiding = Browser(tribunal.app)
    presiding.logs_in(tribunal.presiding.username, PASSWORD)
    served = presiding.gets(f"/cases/{case.id}?tab=documents").text
    assert f"{tribunal.responding.name}&nbsp;·" in served  # what was served on it before stays its own
    tribunal.respondent.sees(f"/cases/{case.id}", 404)
    tribunal.presiding.acts(case, "resume", reason="已有承继人")
    answer = {"grounds": ["no_infringement"], "opinion": "缺少权利要求 1 的特征，不落入保护范围。"}
    tribunal.stranger.answers(case, "answer", **answer, files=[tribunal.stranger.uploads("答辩书.pdf")])
    assert "answer_brief" in case.documents()
