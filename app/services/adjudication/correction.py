"""Slips of an issued decision are put right (D36)."""

from __future__ import annotations

from typing import Any

from app.domain.errors import RuleBroken
from app.domain.events import DecisionCorrected
from app.queries import publications
from app.services import papers
from app.services.acting import Acting, Answers, Data, act
from app.services.adjudication import current
from app.services.adjudication.decision_paper import printed

# What of a decision is words: its facts beside these are days, numbers and what was found. What is ordered and what is
# rejected stand as they were decided: another order is another decision.
WRITTEN = (
    "attended",
    "claims_of_requester",
    "answer_of_respondent",
    "inspection",
    "evidence_findings",
    "facts",
    "reasoning",
    "fees",
)


@act("correct_decision")
def correct_decision(acting: Acting, answers: Answers) -> Data:
    """Put slips right by a notice (D36); a new copy of the decision names the one that it replaces, which stays.

    Only what was written in words is put right: what was found, by when and for how long stays as it was decided.
    """
    draft = current.decision(acting)
    old = papers.latest(acting.session, acting.case, "adjudication_decision")
    if old is None or draft.issued_on is None:
        raise RuleBroken("裁决书还没有签发，不能更正", field="corrections")
    if publications.is_overturned(acting.session, acting.case):
        raise RuleBroken("裁决已被法院撤销，不能更正", field="corrections")
    facts = dict(papers.facts_behind(acting.session, old))
    for place, entry in enumerate(answers["corrections"]):
        at = f"corrections-{place}-"
        if entry["was"] == entry["now"]:
            raise RuleBroken("更正前后的文字相同", field=f"{at}now")
        texts, times = _put_right({name: facts[name] for name in WRITTEN}, entry["was"], entry["now"])
        if not times:
            raise RuleBroken(
                "裁决书可以更正的部分没有这段文字，请核对；责令和驳回的事项不能以更正改变", field=f"{at}was"
            )
        if times > 1:
            raise RuleBroken(
                "这段文字在裁决书中出现了 %(n)s 次，请连同前后文写明要更正的一处", field=f"{at}was", n=times
            )
        facts.update(texts)
    to = [p for p in acting.case.parties if p.takes_part]
    papers.issue(
        acting,
        "correction_of_decision",
        to=to,
        decision_number=old.number or "",
        decision_on=old.made_on.isoformat(),
        corrections=[{"was": e["was"], "now": e["now"]} for e in answers["corrections"]],
        reason=answers["reason"],
    )
    own = {name: facts[name] for name in (*printed(acting.session, acting.case, draft), "decided_on")}
    papers.issue(acting, "adjudication_decision", to=to, replaces=old, **own)
    acting.record(DecisionCorrected(reason=answers["reason"]))
    return {}


def _put_right(value: Any, was: str, now: str) -> tuple[Any, int]:
    """Return ``value`` with each ``was`` in its texts as ``now``, and how often it stood there."""
    if isinstance(value, str):
        return value.replace(was, now), value.count(was)
    if isinstance(value, list):
        parts = [_put_right(one, was, now) for one in value]
        return [part for part, _ in parts], sum(times for _, times in parts)
    if isinstance(value, dict):
        found = {name: _put_right(one, was, now) for name, one in value.items()}
        return {name: part for name, (part, _) in found.items()}, sum(times for _, times in found.values())
    return value, 0
