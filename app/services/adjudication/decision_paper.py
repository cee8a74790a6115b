"""What the decision prints of the draft and of what happened in the case (D34)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.domain import numerals
from app.domain.adjudication import Finding
from app.models import Case, Decision, Document, Evidence, Hearing, Party, User
from app.services import papers
from app.services.acting import Acting
from app.services.adjudication import current

SUIT_DAYS = 15  # patent law 2020, art. 65; the same under either text (TL19)


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
    """Return who came to the sittings for a party: as it was recorded, else as the party had said.

    A party without names came itself, or stayed away.
    """
    if not any(party.id in row.attended for row in held):
        return "未到庭"
    there = [f"{one['name']}（{one['capacity']}）" for row in held for one in row.present if one["party"] == party.id]
    if there:
        return list(dict.fromkeys(there))
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
