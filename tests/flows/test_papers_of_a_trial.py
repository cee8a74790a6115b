"""Every paper that a case makes on its way can be set: what a template cannot take would hold up the archive for ever."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from app import clock
from app.documents import letters
from app.documents.typesetting import NotSet
from app.models import Document, db
from tests.conftest import Today
from tests.flows.office import Case
from tests.flows.test_adjudication import (
    comes_to_its_hearing,
    decides,
    holds,
    publishes,
    serves_decision,
    signs,
)
from tests.flows.tribunal import Tribunal


def unset(case: Case) -> list[str]:
    """Set every paper that was issued in a case; returns what could not be set, with the reason."""
    db.session.rollback()
    failed = []
    issued = select(Document.kind, Document.facts).where(Document.case_id == case.id, Document.issued.is_(True))
    for kind, facts in db.session.execute(issued):
        try:
            letters.render(kind, facts)
        except NotSet as problem:
            failed.append(f"{kind}: {problem}")
    db.session.rollback()
    return failed


def finds(tribunal: Tribunal, case: Case, step: str, performance: str, **more: Any) -> None:
    """Say what was found of the performance today."""
    on = clock.today().isoformat()
    tribunal.presiding.answers(case, step, performance=performance, on=on, detail="仍在销售", **more)


@pytest.mark.slow
@pytest.mark.parametrize("received", ["2026-03-02 10:00", "2025-01-06 10:00"])
def test_every_paper_of_a_case_with_all_its_turns_is_set(tribunal: Tribunal, today: Today, received: str) -> None:
    today.is_at(received)
    case = tribunal.has_answered()
    tribunal.serves(case, "panel_notice")
    seat = tribunal.seat(case, tribunal.panel[1])
    tribunal.requester.acts(case, "recuse_member", members=[seat], ground="interest", reason="曾任对方顾问")
    upheld = {"recusal": 1, "decision": "upheld", "reason": "经核实有利害关系"}
    tribunal.director.answers(case, "decide_panel_recusal", decisions=[upheld])
    tribunal.director.answers(case, "replace_member", seats=[{"seat": seat, "member": tribunal.judges[3].id}])
    first, left, third, new, fifth = tribunal.judges
    tribunal.judges = [first, third, new, left, fifth]  # as their seats stand
    tribunal.presiding.acts(case, "suspend", ground="invalidation", reason="无效宣告请求已受理")
    refused = {"decision": "refused", "against": "clean_report", "reason": "不影响审理"}
    tribunal.director.answers(case, "decide_suspension", **refused)
    comes_to_its_hearing(tribunal, case, today)
    holds(tribunal, case)
    signs(tribunal, case)
    decides(tribunal, case)
    slip = [{"was": "2026 年 1 月", "now": "2026 年 2 月"}]
    tribunal.director.acts(case, "correct_decision", corrections=slip, reason="笔误", confirm=True)
    serves_decision(tribunal, case)
    publishes(tribunal, case)
    today.moves(days=1)
    finds(tribunal, case, "check_performance", "exhort", obligations=["停止销售"])
    tribunal.clerk.answers(case, "serve_exhortation", records=[tribunal.record(case, tribunal.responding)])
    tribunal.let_pass(today, 25)
    finds(tribunal, case, "apply_enforcement", "applied", court="广州知识产权法院")
    ended = {"result": "enforced", "on": clock.today().isoformat(), "venue": "被请求人厂房", "record": "已执行"}
    tribunal.presiding.answers(case, "record_enforcement", **ended, people=["冯志远", "曾庆怡"])
    assert unset(case) == []
    assert {"enforcement_record", "enforcement_application", "correction_of_decision"} <= set(case.documents())


@pytest.mark.slow
def test_every_paper_of_measures_and_of_a_cancelled_case_is_set(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_docketed()
    third = tribunal.entry(tribunal.elsewhere)
    tribunal.presiding.acts(case, "join_party", **third, reason="被控产品的制造者")
    wanted = {"investigated": "顺德某五金厂", "evidence": "模具", "kept_at": "三号仓库", "reason": "可能灭失"}
    tribunal.requester.acts(case, "request_measure", **wanted)
    tribunal.presiding.acts(case, "propose_measure", kind="sampling", of="顺德某五金厂", reason="查明结构")
    tribunal.reviews_measure(case)
    tribunal.director.answers(case, "decide_measure", decision="granted", opinion="同意")
    tribunal.presiding.acts(case, "propose_measure", kind="registration", of="顺德某五金厂", reason="可能灭失")
    tribunal.reviews_measure(case)
    things = [{"name": "模具", "quantity": 1}]
    tribunal.director.answers(case, "decide_measure", decision="granted", opinion="同意", things=things)
    tribunal.presiding.answers(case, "settle_registration", outcome="released", reason="已拍照取证")
    start = clock.today()
    today.moves(days=66)
    notice = {"method": "notice", "sent_on": start.isoformat(), "received_on": "2026-05-06"}
    tribunal.clerk.answers(case, "serve_case", records=[tribunal.record(case, tribunal.responding, **notice)])
    tribunal.presiding.acts(case, "propose_cancellation", ground="invalidated", reason="专利权已被宣告全部无效")
    tribunal.director.answers(case, "decide_cancellation", decision="granted", reason="专利权无效")
    assert unset(case) == []
    assert {"publication_notice", "sampling_decision", "release_decision"} <= set(
        case.seen_by(tribunal.clerk) and case.documents()
    )
