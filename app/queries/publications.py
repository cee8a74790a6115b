"""Decisions as the public reads them, and what is prepared for it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import publishing
from app.domain.adjudication import Finding
from app.models import Case, Decision, Publication, Task, User


def _disclosure(session: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    """Return the sheet as the decision gives it, with what is protected by its kind masked; else what was prepared last."""
    before = session.scalar(
        select(Publication).where(Publication.case_id == case.id).order_by(Publication.id.desc()).limit(1)
    )
    if before is not None:
        return {"disclosure": {**before.sheet, "hide": []}}
    rows = select(Decision).where(Decision.case_id == case.id, Decision.issued_on.is_not(None))
    draft = session.scalar(rows.order_by(Decision.place.desc()).limit(1))
    if draft is None or case.adjudication is None:
        return {"disclosure": {}}
    result = draft.orders or [Finding(draft.finding).label]
    return {
        "disclosure": {
            "case_name": f"{case.title}专利侵权纠纷",
            "facts": publishing.masked(draft.text["facts"]),
            "basis_text": "《中华人民共和国专利法》第六十五条",
            "result": publishing.masked("\n".join(result)),
        }
    }


def _all_parties(_s: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    return {"all_parties": [(p.id, p.name) for p in case.parties]}


FACTS = {"disclosure": _disclosure, "all_parties": _all_parties}
