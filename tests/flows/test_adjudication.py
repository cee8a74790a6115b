"""An adjudication from the request to the archived file: the main line."""

from __future__ import annotations

from tests.flows.tribunal import Tribunal


def test_a_request_is_docketed_served_and_answered(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    assert case.state == "gathering"
    assert "acceptance_notice" in case.documents()


def test_tmp_to_the_end(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    t = tribunal
    for key in ("set_evidence_period", "examine_evidence", "choose_trial", "schedule_hearing", "hold_hearing", "sign_transcript"):
        t.presiding.answers(case, key)
    t.votes(case)
    t.presiding.answers(case, "conclude_deliberation", concluded="majority")
    seen = case.seen_by(t.presiding)
    assert "deliberation_record" in [d["kind"] for d in seen["documents"]]
    assert "deliberation_record" not in case.documents()
    from app.models import db, Evidence
    rows = [e.id for e in db.session.query(Evidence).all()]
    t.presiding.answers(case, "draft_decision", finding="infringed", facts="查明的事实如下：被请求人制造并销售了被控产品。", reasoning="被控产品落入权利要求 1 的保护范围，侵权成立。", orders=["立即停止制造、销售"], summary="简介", evidence_findings=[{"evidence": n, "admitted": True} for n in rows])
    t.section_head.answers(case, "review_decision", review="agree", opinion="同意")
    t.director.answers(case, "approve_decision", decision="issued", opinion="同意签发")
    assert case.state == "decided"
    t.clerk.answers(case, "serve_decision")
    print(case.open_keys())
    t.clerk.answers(case, "mask_decision")
    t.director.answers(case, "approve_publication")
    t.presiding.answers(case, "check_performance")
    print(case.open_keys(), case.state, case.happened())
