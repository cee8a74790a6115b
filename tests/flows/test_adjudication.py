"""An adjudication from the request to its end, over HTTP: the main line under either text."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from app import clock
from tests.conftest import Today
from tests.flows.office import Case
from tests.flows.tribunal import Tribunal

SCRIPT = ["identity", "discipline", "rights", "recusal", "claims", "answer", "evidence", "comparison", "issues"]


def examines_evidence(tribunal: Tribunal, case: Case) -> None:
    """Let the one who presides number the evidence without a period for more."""
    tribunal.presiding.answers(case, "set_evidence_period", period=False, reason="各方都表示不再举证")
    found = tribunal.evidence(case)
    examined = [{"evidence": n, "number": f"证{k}", "opinion": "没有意见"} for k, n in enumerate(found, 1)]
    tribunal.presiding.answers(case, "examine_evidence", examined=examined)


def schedules(tribunal: Tribunal, case: Case, days: int = 10, expects: int = 200, **changes: Any) -> Any:
    """Fix a hearing so many days from now."""
    at = (clock.now() + timedelta(days=days)).replace(hour=9, minute=0, second=0, microsecond=0)
    good = {"at": at.isoformat(), "venue": "第二审理庭", "online": False, "closed": False}
    return tribunal.presiding.answers(case, "schedule_hearing", expects, **{**good, **changes})


def holds(tribunal: Tribunal, case: Case, result: str = "heard", expects: int = 200, **changes: Any) -> Any:
    """Record the hearing now."""
    parties = [case.party(c.name) for c in (tribunal.requesting, tribunal.responding)]
    good = {
        "result": result,
        "attended": parties,
        "ended": clock.now().isoformat(),
        "script": [{"part": part, "text": "记录"} for part in SCRIPT],
    }
    return tribunal.presiding.answers(case, "hold_hearing", expects, **{**good, **changes})


def signs(tribunal: Tribunal, case: Case) -> None:
    """Record that both sides signed every page."""
    parties = [case.party(c.name) for c in (tribunal.requesting, tribunal.responding)]
    files = [tribunal.presiding.uploads("笔录.pdf")]
    tribunal.presiding.answers(
        case, "sign_transcript", signatures=[{"party": p, "how": "signed"} for p in parties], files=files
    )


def decides(tribunal: Tribunal, case: Case, finding: str = "infringed", **changes: Any) -> None:
    """Deliberate, draft, review and issue the decision."""
    tribunal.votes(case, *(finding,) * 3)
    tribunal.presiding.answers(case, "conclude_deliberation", concluded="majority")
    drafts(tribunal, case, finding, **changes)
    tribunal.section_head.answers(case, "review_decision", review="agree", opinion="同意")
    tribunal.director.answers(case, "approve_decision", decision="issued", opinion="同意签发")


def drafts(tribunal: Tribunal, case: Case, finding: str = "infringed", expects: int = 200, **changes: Any) -> Any:
    """Draft the decision."""
    good: dict[str, Any] = {
        "finding": finding,
        "facts": "经审理查明，被请求人自 2026 年 1 月起制造并销售了被控产品。",
        "reasoning": "被控产品具备权利要求 1 的全部技术特征，落入专利权保护范围。",
        "summary": "请求人主张被请求人侵权。",
        "evidence_findings": [{"evidence": n, "admitted": True} for n in tribunal.evidence(case)],
    }
    if finding != "not_infringed":
        good["orders"] = ["责令被请求人立即停止制造、销售被控产品"]
    return tribunal.presiding.answers(case, "draft_decision", expects, **{**good, **changes})


def serves_decision(tribunal: Tribunal, case: Case) -> None:
    """Serve the decision on both sides today."""
    both = (tribunal.requesting, tribunal.responding)
    records = [tribunal.record(case, o, method="direct") for o in both]
    tribunal.clerk.answers(case, "serve_decision", records=records)


def publishes(tribunal: Tribunal, case: Case) -> None:
    """Prepare and approve the publication."""
    sheet = {
        "case_name": "电热水壶专利侵权纠纷",
        "facts": "制造并销售",
        "basis_text": "专利法第六十五条",
        "result": "停止侵权",
    }
    tribunal.clerk.answers(case, "mask_decision", **sheet, hide=[], checks=["content", "secrecy", "privacy"])
    tribunal.director.answers(case, "approve_publication", publication="publish")


def running(tribunal: Tribunal, case: Case) -> set[str]:
    """Return the rules of the periods that run."""
    return {d["rule"] for d in tribunal.seen(case)["deadlines"] if d["state"] == "running"}


def comes_to_its_hearing(tribunal: Tribunal, case: Case, today: Today) -> None:
    """Examine the evidence, fix the hearing, tell both sides in time, and let its day come."""
    examines_evidence(tribunal, case)
    tribunal.presiding.answers(case, "choose_trial", way="hearing")
    schedules(tribunal, case)
    tribunal.serves(case, "hearing_notice")
    today.moves(days=10, hours=1)


def heard(tribunal: Tribunal, today: Today) -> Case:
    """Return a case whose hearing is over and whose transcript is signed."""
    case = tribunal.has_answered()
    comes_to_its_hearing(tribunal, case, today)
    holds(tribunal, case)
    signs(tribunal, case)
    return case


def test_a_case_goes_from_the_request_over_hearing_and_decision_to_its_end(tribunal: Tribunal, today: Today) -> None:
    case = heard(tribunal, today)
    assert case.state == "deliberating"
    decides(tribunal, case)
    assert case.state == "decided"
    assert running(tribunal, case) == set()
    serves_decision(tribunal, case)
    assert case.state == "executing"
    publishes(tribunal, case)
    found = {"performance": "performed", "on": clock.today().isoformat(), "detail": "现场核查，已停止制造、销售"}
    tribunal.presiding.answers(case, "check_performance", **found)
    assert case.state == "executing"
    tribunal.let_pass(today, 16)
    assert case.state == "concluded"


def test_a_case_without_a_hearing_tells_first_what_it_is_about_to_find(tribunal: Tribunal, today: Today) -> None:
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
    tribunal.requester.answers(case, "comment_findings", comment="没有意见")
    assert case.state == "trying" and case.due("adjudication.comment") == "2026-03-09"  # the fifth day is a Saturday
    tribunal.let_pass(today, 8)
    assert case.state == "deliberating"


@pytest.mark.parametrize(("finding", "opens"), [("infringed", True), ("not_infringed", False)])
def test_what_is_to_be_performed_is_looked_after(tribunal: Tribunal, today: Today, finding: str, opens: bool) -> None:
    case = heard(tribunal, today)
    decides(tribunal, case, finding)
    serves_decision(tribunal, case)
    assert ("check_performance" in case.open_keys()) is opens
    assert "mask_decision" in case.open_keys()


def test_who_does_not_perform_is_exhorted_and_the_court_is_asked(tribunal: Tribunal, today: Today) -> None:
    case = heard(tribunal, today)
    decides(tribunal, case)
    serves_decision(tribunal, case)
    publishes(tribunal, case)
    on = clock.today().isoformat()
    found = {"performance": "exhort", "on": on, "detail": "仍在销售", "obligations": ["停止销售"]}
    tribunal.presiding.answers(case, "check_performance", **found)
    tribunal.clerk.answers(case, "serve_exhortation", records=[tribunal.record(case, tribunal.responding)])
    tribunal.let_pass(today, 16)
    on = clock.today().isoformat()
    applied = {"performance": "applied", "on": on, "detail": "仍未停止", "court": "广州知识产权法院"}
    tribunal.presiding.answers(case, "apply_enforcement", **applied)
    ended = {
        "result": "enforced",
        "on": on,
        "venue": "被请求人厂房",
        "people": ["冯志远", "曾庆怡"],
        "record": "已执行",
    }
    tribunal.presiding.answers(case, "record_enforcement", **ended)
    assert case.state == "concluded"
    assert {"exhortation_letter", "enforcement_application", "enforcement_record"} <= set(case.documents())


def test_the_right_holder_has_six_months_once_the_offices_three_are_over(tribunal: Tribunal, today: Today) -> None:
    case = heard(tribunal, today)
    decides(tribunal, case)
    serves_decision(tribunal, case)
    publishes(tribunal, case)
    on = clock.today().isoformat()
    found = {"performance": "exhort", "on": on, "detail": "仍在销售", "obligations": ["停止销售"]}
    tribunal.presiding.answers(case, "check_performance", **found)
    tribunal.clerk.answers(case, "serve_exhortation", records=[tribunal.record(case, tribunal.responding)])
    tribunal.let_pass(today, 15)  # 27 March: the exhortation is over, the time to sue is not
    left = {"performance": "not_applied", "on": clock.today().isoformat(), "detail": "由权利人自行申请"}
    assert "performance" in tribunal.presiding.answers(case, "apply_enforcement", 422, **left)["errors"]
    tribunal.let_pass(today, 1)
    left["on"] = clock.today().isoformat()
    office = case.due("enforcement.apply")
    tribunal.presiding.answers(case, "apply_enforcement", **left)
    assert (office, case.due("enforcement.right_holder")) == ("2026-06-29", "2026-12-29")
