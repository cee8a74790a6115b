"""Suits of the parties against the decision (patent law 2020, art. 65; TL19)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from app.domain.adjudication import OVERTURNED, SuitResult
from app.domain.errors import RuleBroken
from app.domain.events import SuitRecorded
from app.models import Party, Suit
from app.services import clocks, papers, parties, stepping
from app.services.acting import Acting, Answers, Data, act
from app.services.adjudication import publication
from app.services.adjudication.enforcement import APPLY, SUE

PENDING = (SuitResult.FILED, SuitResult.STAYED)  # what a court may still decide otherwise


@act("record_suit")
def record_suit(acting: Acting, answers: Answers) -> Data | None:
    """Record that a party sued, or what became of its suit; only a court stays the decision (litigation law, art. 56)."""
    party, result = parties.party_in(acting, answers["party"]), SuitResult(answers["result"])
    on = date.fromisoformat(answers["on"])
    served = acting.milestone_of("decision_served", party)
    if served is None or on < served:
        raise RuleBroken("日期不能早于这一方收到裁决书的日期", field="on")
    if on > acting.today:
        raise RuleBroken("日期不能晚于今天", field="on")
    row = acting.session.scalar(select(Suit).where(Suit.case_id == acting.case.id, Suit.party_id == party.id))
    if row is None and result is not SuitResult.FILED:
        raise RuleBroken("请先登记起诉，再登记结果", field="result")
    if row is not None and result is SuitResult.FILED:
        raise RuleBroken("%(name)s的起诉已经登记", field="result", name=party.name)
    if row is None:
        row = Suit(case_id=acting.case.id, party_id=party.id, court=answers["court"], filed_on=on)
        acting.session.add(row)
    else:
        if row.result not in PENDING:
            raise RuleBroken(
                "%(name)s的诉讼已经有结果：%(result)s",
                field="result",
                name=party.name,
                result=SuitResult(row.result).label,
            )
        if on < (before := row.result_on or row.filed_on):
            raise RuleBroken("结果的日期不能早于%(day)s，那时登记了诉讼的情况", field="on", day=before)
        row.result_on = on
    row.result, row.court, row.number = result.value, answers["court"], answers.get("number") or ""
    if result is SuitResult.FILED:
        _sued(acting, party)
    papers.receive(acting, "court_ruling", answers.get("files") or [], party=party)
    if result in OVERTURNED:
        clocks.end(acting, APPLY, met=False)
        publication.overturned(acting, on)
    acting.record(SuitRecorded(party=party.name, court=answers["court"], result=result.label, on=on))
    return None


def _sued(acting: Acting, party: Party) -> None:
    """Who sued needs no more time for it; when nobody's time runs any more, the case waits for nobody's suit."""
    clocks.end(acting, SUE, party=party, met=True)
    if not any(d.rule == SUE for d in clocks.open_ones(acting)) and stepping.waits_for(acting, SUE):
        stepping.lapsed(acting, SUE)
