"""The decision: drafted from the findings, reviewed, sealed and issued, put right (order 81, arts. 31 and 33)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock
from app.domain import numerals
from app.domain.adjudication import Finding
from app.domain.claims import parted
from app.domain.errors import RuleBroken
from app.domain.events import (
    DecisionCorrected,
    DecisionDrafted,
    DecisionIssued,
    DecisionReturned,
    DecisionReviewed,
    DeliberationReopened,
)
from app.domain.roles import Role
from app.models import Case, Decision, Document, Evidence, Hearing, Party, Task, User
from app.queries import deliberations
from app.services import clocks, papers
from app.services.acting import Acting, Answers, Data, act, step
from app.services.adjudication import current

SUIT_DAYS = 15  # patent law 2020, art. 65; the same under either text (TL19)
TEXT = ("facts", "reasoning", "fees", "summary")


@step("draft_decision")
def draft_decision(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Keep a draft that says what the majority found; an earlier one stays as it was."""
    majority = deliberations.found(acting.session, acting.case)
    if majority is None:
        raise RuleBroken("合议组还没有形成多数意见，不能起草裁决书", field="finding")
    finding = Finding(answers["finding"])
    if finding.value != majority:
        raise RuleBroken(
            "合议的多数意见是“%(found)s”，裁决结果应当与之一致", field="finding", found=Finding(majority).label
        )
    if only_mediated := parted(answers.get("orders") or [])[1]:
        raise RuleBroken(
            "赔偿、道歉只能调解，不能裁决（专利法第65条）：%(orders)s", field="orders", orders=only_mediated
        )
    _assess(acting, answers.get("evidence_findings") or [])
    last = acting.session.scalar(select(func.max(Decision.place)).where(Decision.case_id == acting.case.id)) or 0
    assert acting.by is not None
    acting.session.add(
        Decision(
            case_id=acting.case.id,
            place=last + 1,
            finding=finding.value,
            orders=list(answers.get("orders") or []),
            rejected=list(answers.get("rejected") or []),
            text={name: answers.get(name) or "" for name in TEXT},
            perform_days=answers.get("perform_days"),
            drafted_by_id=acting.by.id,
            drafted_at=clock.now(),
        )
    )
    acting.record(DecisionDrafted(place=last + 1))
    return {}


def _assess(acting: Acting, entries: list[dict[str, Any]]) -> None:
    """Keep what the panel finds of each piece of evidence."""
    rows = {e.id: e for e in acting.session.scalars(select(Evidence).where(Evidence.case_id == acting.case.id))}
    assessed = {e["evidence"] for e in entries}
    if rows.keys() - assessed:
        raise RuleBroken("还有证据没有认定是否采信", field="evidence_findings")
    for entry in entries:
        row = rows.get(entry["evidence"])
        if row is None:
            raise RuleBroken("请选择本案的证据", field="evidence_findings")
        row.admitted, row.assessment = bool(entry["admitted"]), entry.get("assessment") or ""


@step("review_decision")
def review_decision(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Agree with the draft, or send it back to whoever drafted it."""
    assert acting.by is not None
    row = current.decision(acting)
    agreed = answers["review"] == "agree"
    row.reviewed_by_id, row.reviewed_on, row.review = acting.by.id, acting.today, answers["opinion"]
    acting.record(DecisionReviewed(agreed=agreed, opinion=answers["opinion"]))
    return {"decision_review": "agree" if agreed else "return"}


@step("approve_decision")
def approve_decision(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Seal and issue the decision (D34) with its approval form (D35), or send it back.

    Nothing is sealed while it is open whether a member has to step aside (order 81, art. 5).
    """
    choice = answers["decision"]
    if choice == "returned":
        acting.record(DecisionReturned(reason=answers["opinion"]))
        return {"decision": "returned"}
    if choice == "reconsider":
        acting.record(DeliberationReopened(reason=answers["opinion"]))
        return {"decision": "reconsider"}
    if acting.case.recusal_pending:
        raise RuleBroken("对合议组成员的回避申请尚未处理完毕，暂不能签发", field="decision")
    _refuse_pending(acting)
    _refuse_unvoted(acting)
    _issue(acting, answers)
    return {"decision": "issued"}


# What could still end the case in another way, or lets it stand still: decided before the case is.
_BEFORE_IT = frozenset(
    {
        "decide_withdrawal",
        "decide_settlement",
        "decide_cancellation",
        "decide_jurisdiction",
        "decide_suspension",
        "mediate_inside",
        "confirm_terms",
        "seal_terms",
        "serve_terms",
    }
)


def _refuse_pending(acting: Acting) -> None:
    waiting = select(Task).where(Task.case_id == acting.case.id, Task.state == "open", Task.form.in_(_BEFORE_IT))
    if titles := list(dict.fromkeys(t.title for t in acting.session.scalars(waiting))):
        raise RuleBroken("%(steps)s还没有办完，暂不能签发", field="decision", steps=titles)


def _refuse_unvoted(acting: Acting) -> None:
    """Who decides has voted: where the panel changed after the vote, it deliberates once more (order 81, arts. 5 and 25)."""
    last = deliberations.current_round(acting.session, acting.case) - 1
    voted = {o.user_id for o in deliberations.opinions(acting.session, acting.case, last)}
    if missing := [s.user.name for s in acting.case.seats(Role.ADJUDICATOR) if s.user_id not in voted]:
        raise RuleBroken("%(names)s没有参加合议表决，请退回重新合议", field="decision", names=missing)


def _issue(acting: Acting, answers: Answers) -> None:
    assert acting.by is not None
    draft, row = current.decision(acting), current.adjudication(acting)
    _approval_form(acting, draft, answers)
    document = papers.issue(
        acting,
        "adjudication_decision",
        to=[p for p in acting.case.parties if p.takes_part],
        **printed(acting.session, acting.case, draft),
        decided_on=acting.today.isoformat(),
        replaces=None,
    )
    acting.session.flush()  # the decision names its document
    draft.document_id, draft.issued_on, draft.issued_by_id = document.id, acting.today, acting.by.id
    row.finding, row.decided_on = draft.finding, acting.today
    acting.milestone("decision_made", acting.today)
    acting.record(DecisionIssued(number=document.number or acting.case.number, finding=Finding(draft.finding).label))
    clocks.end(acting, "adjudication.close", met=True)
    clocks.end(acting, "fast.adjudication", met=True)
    for party in acting.case.parties:  # what is sealed is not taken back because somebody should have stepped aside
        clocks.end(acting, "recusal.request", party=party, met=False)
        clocks.end(acting, "jurisdiction.objection", party=party, met=False)


def _approval_form(acting: Acting, draft: Decision, answers: Answers) -> None:
    assert acting.by is not None
    papers.issue(
        acting,
        "closing_approval_form",
        seen_by="office",
        summary=draft.text["summary"],
        panel_opinion=f"合议组多数意见：{Finding(draft.finding).label}",
        section_opinion=draft.review,
        section_head=draft.reviewed_by.name if draft.reviewed_by else "",
        reviewed_on=draft.reviewed_on.isoformat() if draft.reviewed_on else "",
        director_opinion=answers["opinion"],
        director=acting.by.name,
        decided_on=acting.today.isoformat(),
    )


def printed(session: Session, case: Case, draft: Decision) -> dict[str, Any]:
    """Return what the decision prints of the draft and of what happened in the case (D34, thirteen parts)."""
    evidence = list(session.scalars(select(Evidence).where(Evidence.case_id == case.id).order_by(Evidence.place)))
    hearings = select(Hearing).where(Hearing.case_id == case.id, Hearing.result.is_not(None)).order_by(Hearing.place)
    held = [h for h in session.scalars(hearings) if h.result != "put_off"]
    dispute = case.adjudication
    assert dispute is not None
    answer = current.answer_of(session, case)
    return {
        "hearing_on": held[-1].at.astimezone(clock.ZONE).date().isoformat() if held else None,
        "attended": [{"name": p.name, "people": _came(p, held)} for p in case.parties if held and p.takes_part],
        "claims_of_requester": {
            "requests": dispute.requests,
            "facts": dispute.facts,
            "evidence": [_titled(e) for e in evidence if _side(e) == "requester"],
        },
        "answer_of_respondent": _answer(session, answer, [_titled(e) for e in evidence if _side(e) == "respondent"]),
        "inspection": _inspection(session, case),
        "evidence_findings": [
            {
                "title": _titled(e),
                "by": e.party.name if e.party else "本局",
                "admitted": bool(e.admitted),
                "opinion": _weighed(e),
            }
            for e in evidence
        ],
        "facts": draft.text["facts"],
        "reasoning": draft.text["reasoning"],
        "result": draft.finding,
        "orders": draft.orders,
        "rejected": draft.rejected or (dispute.requests if draft.finding == Finding.NOT_INFRINGED else []),
        "fees": draft.text["fees"],
        "perform_days": draft.perform_days,
        "suit_within": f"{numerals.spelt(SUIT_DAYS)}日",
    }


def _came(party: Party, held: list[Hearing]) -> list[str] | str:
    """Return who came to the sittings for a party, as far as it said so; a party without names came itself or stayed away."""
    if not any(party.id in row.attended for row in held):
        return "未到庭"
    replies = [row.replies.get(str(party.id)) or {} for row in held if party.id in row.attended]
    named = [p["name"] for reply in replies for p in reply.get("people") or [] if p.get("name")]
    return list(dict.fromkeys([*named, *(a.name for a in party.agents if a.until is None)])) or "到庭"


def _weighed(row: Evidence) -> str:
    """Return what the other side said of a piece of evidence and what the panel holds of it."""
    said = row.opinions.get("other")
    return "；".join(filter(None, [f"质证意见：{said}" if said else "", row.assessment]))


def _titled(row: Evidence) -> str:
    return f"{row.number} {row.title}".strip()


def _side(row: Evidence) -> str:
    party: Party | None = row.party
    return party.role if party is not None else ""


def _answer(session: Session, document: Document | None, evidence: list[str]) -> dict[str, Any] | None:
    if document is None:
        return None
    facts = papers.facts_behind(session, document)
    return {"text": facts["opinion"], "evidence": evidence}


def _inspection(session: Session, case: Case) -> str | None:
    document = papers.latest(session, case, "inspection_record")
    return papers.facts_behind(session, document)["record"] if document is not None else None


def preview(session: Session, case: Case, by: User) -> bytes:
    """Return the decision as it would be sealed, marked as a preview: what is reviewed and approved."""
    draft = current.decision(Acting(session, case, by))
    to = [p for p in case.parties if p.takes_part]
    return papers.preview(
        session,
        case,
        "adjudication_decision",
        by,
        to=to,
        **printed(session, case, draft),
        decided_on=clock.today().isoformat(),
        replaces=None,
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
    facts = dict(papers.facts_behind(acting.session, old))
    for place, entry in enumerate(answers["corrections"]):
        texts, changed = _put_right({name: facts[name] for name in WRITTEN}, entry["was"], entry["now"])
        facts.update(texts)
        if not changed:
            raise RuleBroken("裁决书中没有这段文字，请核对", field=f"corrections-{place}-was")
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


# What of a decision is words: its facts beside these are days, numbers and what was found.
WRITTEN = (
    "attended",
    "claims_of_requester",
    "answer_of_respondent",
    "inspection",
    "evidence_findings",
    "facts",
    "reasoning",
    "orders",
    "rejected",
    "fees",
)


def _put_right(value: Any, was: str, now: str) -> tuple[Any, bool]:
    """Return ``value`` with each ``was`` in its texts as ``now``, and whether there was any."""
    if isinstance(value, str):
        return value.replace(was, now), was in value
    if isinstance(value, list):
        parts = [_put_right(one, was, now) for one in value]
        return [part for part, _ in parts], any(changed for _, changed in parts)
    if isinstance(value, dict):
        found = {name: _put_right(one, was, now) for name, one in value.items()}
        return {name: part for name, (part, _) in found.items()}, any(changed for _, changed in found.values())
    return value, False
