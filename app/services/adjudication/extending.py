"""Lengthening the period within which a case is closed, step by step (order 81, art. 37; order 71, art. 21)."""

from __future__ import annotations

from app.domain import numerals, statute
from app.domain.errors import RuleBroken
from app.domain.periods import Regime
from app.services import clocks, papers
from app.services.acting import Acting, Answers, Data, act

LADDER = ("first", "second")


@act("extend_closing_of_case")
def extend_closing_of_case(acting: Acting, answers: Answers) -> Data:
    """Take the next step of the ladder: the head of the department, then the authority one level up, with its word."""
    taken = sum(len(d.extensions) for d in clocks.open_ones(acting) if d.rule == "adjudication.close")
    wanted = LADDER.index(answers["ladder"])
    if wanted < taken:
        raise RuleBroken("这一级已经批准延长过，不能再次延长", field="ladder")
    if wanted > taken:
        raise RuleBroken("应当先由部门负责人批准延长，才能报上一级机关批准", field="ladder")
    received = papers.receive(acting, "upper_approval", answers.get("files") or [], seen_by="office")
    if wanted == 1 and not received:
        raise RuleBroken("请上传上一级机关的批复", field="files")
    deadline = clocks.extend(acting, "adjudication.close", answers["reason"], days=answers.get("days"))
    papers.issue(
        acting,
        "extension_notice",
        to=[p for p in acting.case.parties if p.takes_part],
        period="办案期限",
        length=_by_how_much(acting, wanted, answers.get("days")),
        until=deadline.due_on.isoformat(),
        reason=answers["reason"],
    )
    return {}


def _by_how_much(acting: Acting, step: int, days: int | None) -> str:
    """Return what was granted as a letter says it: so many days, or the whole step of the ladder."""
    whole = statute.rule("adjudication.close").term(Regime(acting.case.regime)).extensions[step].length
    if days or whole is None:
        return f"{days}日"
    return numerals.period(whole)
