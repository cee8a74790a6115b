"""After the decision: who is exhorted too early, what a court orders, what is published again, who may sue over a refusal."""

from __future__ import annotations

from typing import Any

import pytest

from app import clock
from app.models import Adjudication, Publication, db
from app.services import settings
from app.services.changing import changing
from tests.conftest import Today
from tests.flows.office import Case
from tests.flows.test_adjudication import decides, heard, publishes, running, serves_decision
from tests.flows.tribunal import Tribunal, says
from tests.web.browser import Browser

SHEET = {
    "case_name": "电热水壶专利侵权纠纷",
    "facts": "裁决被法院撤销",
    "basis_text": "行政判决",
    "result": "原裁决不再执行",
    "hide": [],
    "checks": ["content", "secrecy", "privacy"],
}


@pytest.fixture
def decided(tribunal: Tribunal, today: Today) -> Case:
    """Return a case whose decision gives ten days, and has reached both sides on 12 March."""
    case = heard(tribunal, today)
    decides(tribunal, case, perform_days=10)
    serves_decision(tribunal, case)
    return case


def finds(tribunal: Tribunal, case: Case, performance: str, expects: int = 200, step: str = "check_performance") -> Any:
    """Let the one who presides say what was found today."""
    found = {"performance": performance, "on": clock.today().isoformat(), "detail": "现场核查"}
    more = {"exhort": {"obligations": ["停止销售"]}, "applied": {"court": "广州知识产权法院"}}.get(performance, {})
    return tribunal.presiding.answers(case, step, expects, **found, **more)


def sues(tribunal: Tribunal, case: Case, result: str = "filed", expects: int = 200) -> Any:
    """Let the clerk record today what became of the respondent's suit."""
    suit = {"party": case.party(tribunal.responding.name), "court": "广州知识产权法院"}
    return tribunal.clerk.acts(case, "record_suit", expects, result=result, on=clock.today().isoformat(), **suit)


def exhorts(tribunal: Tribunal, case: Case, today: Today) -> None:
    """Let the days pass that the decision gives, exhort, and let the days after that pass too."""
    tribunal.let_pass(today, 12)
    finds(tribunal, case, "exhort")
    tribunal.clerk.answers(case, "serve_exhortation", records=[tribunal.record(case, tribunal.responding)])
    tribunal.let_pass(today, 16)  # over Qingming


def test_nobody_is_exhorted_before_the_time_to_perform_is_over(tribunal: Tribunal, decided: Case, today: Today) -> None:
    tribunal.let_pass(today, 11)  # the tenth day is a Sunday
    assert "2026年3月23日" in str(finds(tribunal, decided, "exhort", 422)["errors"]["performance"])
    assert "exhortation_letter" not in decided.documents()
    tribunal.let_pass(today, 1)
    finds(tribunal, decided, "exhort")
    assert "exhortation_letter" in decided.documents()


def test_after_the_exhortation_the_office_may_look_again_before_it_decides(
    tribunal: Tribunal, decided: Case, today: Today
) -> None:
    exhorts(tribunal, decided, today)
    finds(tribunal, decided, "waiting", step="apply_enforcement")
    assert "apply_enforcement" in decided.open_keys()
    finds(tribunal, decided, "applied", step="apply_enforcement")
    assert "record_enforcement" in decided.open_keys()


def test_what_a_court_has_stayed_is_neither_exhorted_nor_enforced(
    tribunal: Tribunal, decided: Case, today: Today
) -> None:
    exhorts(tribunal, decided, today)
    sues(tribunal, decided)
    sues(tribunal, decided, "stayed")
    assert "停止执行" in str(finds(tribunal, decided, "applied", 422, step="apply_enforcement")["errors"])
    sues(tribunal, decided, "upheld")
    finds(tribunal, decided, "applied", step="apply_enforcement")


def test_a_revoked_decision_is_no_longer_enforced(tribunal: Tribunal, decided: Case, today: Today) -> None:
    publishes(tribunal, decided)
    exhorts(tribunal, decided, today)
    assert "performance" in finds(tribunal, decided, "revoked", 422, step="apply_enforcement")["errors"]
    sues(tribunal, decided)
    sues(tribunal, decided, "redo")
    assert "enforcement.apply" not in running(tribunal, decided)
    assert "performance" in finds(tribunal, decided, "applied", 422, step="apply_enforcement")["errors"]
    finds(tribunal, decided, "revoked", step="apply_enforcement")
    assert decided.state == "concluded"


def test_what_a_court_took_away_is_published_again_within_twenty_working_days(
    tribunal: Tribunal, decided: Case, today: Today
) -> None:
    publishes(tribunal, decided)
    today.moves(days=8)  # 20 March
    sues(tribunal, decided)
    sues(tribunal, decided, "revoked")
    assert decided.due("adjudication.publish_again") == "2026-04-20"  # 6 April is a day off
    assert "publish_again" not in decided.seen_by(tribunal.director)["acts"]
    tribunal.director.acts(decided, "withdraw_publication", reason="裁决已被撤销", confirm=True)
    assert "publish_again" not in decided.seen_by(tribunal.clerk)["acts"]
    problem = tribunal.director.acts(decided, "publish_again", 422, **{**SHEET, "facts": "电话 13800138000"})
    assert "facts" in problem["errors"]
    tribunal.director.acts(decided, "publish_again", **SHEET)
    assert "adjudication.publish_again" not in running(tribunal, decided)
    first, second = publications(decided)
    assert first.withdrawn_on == second.published_on == clock.today()
    assert second.sheet["result"] == "原裁决不再执行"
    tribunal.director.acts(decided, "withdraw_publication", reason="仍有错漏", confirm=True)
    assert not public(decided)


def test_a_decision_that_was_never_public_is_not_published_again(tribunal: Tribunal, decided: Case) -> None:
    sues(tribunal, decided)
    sues(tribunal, decided, "revoked")
    assert "adjudication.publish_again" not in running(tribunal, decided)
    assert "publish_again" not in decided.seen_by(tribunal.director)["acts"]


def publications(case: Case) -> list[Publication]:
    """Return what was published of a case, the oldest first."""
    db.session.rollback()
    return list(db.session.query(Publication).filter_by(case_id=case.id).order_by(Publication.id))


def public(case: Case) -> bool:
    """Say whether the decision of a case is public now."""
    db.session.rollback()
    return db.session.query(Adjudication).filter_by(case_id=case.id).one().published_on is not None


# -- the remedy against a refusal and a cancellation (TL20) --


@pytest.mark.parametrize(("chosen", "until"), [(None, "2026-03-17"), ("六个月", "2026-09-02")])
def test_the_time_to_sue_over_a_refusal_runs_from_its_receipt(
    tribunal: Tribunal, today: Today, chosen: str | None, until: str
) -> None:
    if chosen is not None:
        with changing(db.session):
            settings.put(db.session(), "remedy.suit_within", chosen)
    case = tribunal.asks()
    tribunal.examines(case, check="refuse", reasons=["no_standing"], explanation="不是专利权人")
    tribunal.reviews(case)
    tribunal.director.answers(case, "decide_docketing", docketing="refuse", opinion="同意不予受理")
    assert "adjudication.remedy" not in running(tribunal, case)
    tribunal.serves(case, "adjudication_refusal_notice")
    assert case.due("adjudication.remedy") == until
    today.moves(days=200)
    tribunal.let_pass(today, 1)
    assert "adjudication.remedy" not in running(tribunal, case)
    assert case.state == "refused"


def test_each_party_may_sue_over_a_cancellation_from_its_own_receipt(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_answered()
    tribunal.presiding.acts(case, "propose_cancellation", ground="invalidated", reason="专利权已被宣告全部无效")
    tribunal.director.answers(case, "decide_cancellation", decision="granted", reason="专利权无效")
    tribunal.serves(case, "cancellation_decision")
    periods = [d for d in tribunal.seen(case)["deadlines"] if d["rule"] == "adjudication.remedy"]
    assert {(d["party_id"], d["due"]) for d in periods} == {(p, "2026-03-17") for p in parties(tribunal, case)}


def parties(tribunal: Tribunal, case: Case) -> list[int]:
    """Return the ids of both sides."""
    return [case.party(one.name) for one in (tribunal.requesting, tribunal.responding)]


def test_the_court_is_not_told_of_a_suit_that_came_too_late(tribunal: Tribunal, decided: Case, today: Today) -> None:
    exhorts(tribunal, decided, today)
    sues(tribunal, decided)
    finds(tribunal, decided, "applied", step="apply_enforcement")
    assert says(decided, "enforcement_application")["sued"] is False


def test_the_requester_asks_for_enforcement_when_the_time_to_perform_is_over(
    tribunal: Tribunal, decided: Case, today: Today
) -> None:
    asked = {"reason": "被请求人仍在网店销售"}
    tribunal.respondent.acts(decided, "request_enforcement", 403, **asked)
    early = tribunal.requester.acts(decided, "request_enforcement", 422, **asked)
    assert "届满后" in str(early["errors"])
    tribunal.let_pass(today, 18)  # fifteen days to sue
    tribunal.requester.acts(decided, "request_enforcement", **asked)
    request = says(decided, "enforcement_request")
    assert request["decision_number"] == says(decided, "adjudication_decision")["number"]
    assert request["served_on"] == "2026-03-12"
    on_paper = tribunal.clerk.acts(decided, "request_enforcement", 422, **asked)
    assert "files" in on_paper["errors"] or "party" in on_paper["errors"]


def test_a_suit_that_has_its_result_gets_no_other(tribunal: Tribunal, decided: Case, today: Today) -> None:
    sues(tribunal, decided)
    sues(tribunal, decided, "stayed")
    today.moves(days=1)
    sues(tribunal, decided, "revoked")
    assert "已经有结果" in str(sues(tribunal, decided, "withdrawn", 422)["errors"]["result"])
    slip = [{"was": "2026 年 1 月", "now": "2026 年 2 月"}]
    gone = tribunal.director.acts(decided, "correct_decision", 422, corrections=slip, reason="笔误", confirm=True)
    assert "已被法院撤销" in str(gone["errors"])


def test_nothing_is_enforced_before_it_was_asked_for_or_after_the_decision_is_gone(
    tribunal: Tribunal, decided: Case, today: Today
) -> None:
    exhorts(tribunal, decided, today)
    sues(tribunal, decided)
    finds(tribunal, decided, "applied", step="apply_enforcement")
    ended = {"result": "enforced", "venue": "厂房", "record": "已执行", "people": ["冯志远", "曾庆怡"]}
    early = tribunal.presiding.answers(decided, "record_enforcement", 422, **ended, on="2026-03-13")
    assert "申请强制执行的日期" in str(early["errors"]["on"])
    sues(tribunal, decided, "revoked")
    day = clock.today().isoformat()
    gone = tribunal.presiding.answers(decided, "record_enforcement", 422, **ended, on=day)
    assert "已被法院撤销" in str(gone["errors"]["result"])
    refused = {"result": "not_accepted", "on": day, "record": "裁决已被撤销"}
    tribunal.presiding.answers(decided, "record_enforcement", **refused)


def test_who_sued_has_used_the_time_for_it(tribunal: Tribunal, decided: Case, today: Today) -> None:
    sues(tribunal, decided)
    seen = [d for d in tribunal.seen(decided)["deadlines"] if d["rule"] == "adjudication.sue"]
    assert sorted(d["state"] for d in seen) == ["met", "running"]
    party = decided.party(tribunal.requesting.name)
    suit = {"party": party, "court": "广州知识产权法院", "result": "filed", "on": clock.today().isoformat()}
    tribunal.clerk.acts(decided, "record_suit", **suit)
    assert "adjudication.sue" not in running(tribunal, decided)
    publishes(tribunal, decided)
    finds(tribunal, decided, "performed")
    assert decided.state == "concluded"  # nobody's suit is waited for any more


def test_the_public_reads_what_a_court_did_with_the_decision(tribunal: Tribunal, decided: Case, today: Today) -> None:
    publishes(tribunal, decided)
    sheet = says(decided, "case_disclosure_sheet")
    assert sheet["offender"]["name"] == tribunal.responding.name and not sheet["ruling"]
    browser = Browser(tribunal.app)
    row = publications(decided)[-1].id
    assert "法院" not in browser.gets(f"/decisions/{row}").text.split("<main")[1].split("</main")[0]
    sues(tribunal, decided)
    sues(tribunal, decided, "revoked")
    for page in ("/decisions", f"/decisions/{row}"):
        assert "法院撤销裁决" in browser.gets(page).text
    tribunal.director.acts(decided, "withdraw_publication", reason="裁决已被撤销", confirm=True)
    tribunal.director.acts(decided, "publish_again", **SHEET)
    sheet = says(decided, "case_disclosure_sheet")
    assert sheet["offender"] is None and sheet["ruling"] == "法院撤销裁决"
