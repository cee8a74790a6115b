"""What the ids in old answers are called: answers keep ids, people read names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.domain.adjudication import Measure
from app.models import Case, Document, EvidenceMeasure, Recusal, StoredFile, User
from app.queries import corrections, visits
from app.queries.adjudications import evidence_of, investigators_of
from app.queries.casefile import documents

# The choices among parties, officials and seats, by the names under which forms are handed them.
OF_PARTIES = (
    "all_parties",
    "asking",
    "attended",
    "giving_evidence",
    "named",
    "objecting",
    "own_parties",
    "parties",
    "recusing",
    "respondents",
    "settling",
    "silent_parties",
    "to_serve",
    "withdrawing",
)
OF_OFFICIALS = ("adjudicators", "investigators", "mediators", "recorders")
OF_SEATS = ("panel_members", "seats", "vacant")
OF_EVIDENCE = ("evidence", "evidence_to_examine", "new_evidence")


def known_then(session: Session, user: User, case: Case) -> dict[str, Any]:
    """Return the names and files needed to print old answers, of what is over as well."""
    papers = documents(session, user, case)
    officials = {**{s.user_id: s.user.name for s in case.staff}, **investigators_of(session, case)}
    parties = {p.id: p.name for p in case.parties}
    seats = {s.id: s.user.name for s in case.staff}
    evidence = {e.id: f"{e.number} {e.title}".strip() for e in evidence_of(session, case)}
    return {
        "today": clock.today(),
        "now": clock.now(),
        "organizations": {p.organization_id: p.name for p in case.parties},
        **visits.known_then(session, case),
        **dict.fromkeys(OF_PARTIES, parties),
        **dict.fromkeys(OF_OFFICIALS, officials),
        **dict.fromkeys(OF_SEATS, seats),
        **dict.fromkeys(OF_EVIDENCE, evidence),
        "recusals": _recusals(session, case),
        "assistants": _assistants(session, case),
        "granted_measures": _measures(session, case),
        "asked": corrections.asked(session, case),
        "documents": {d.id: f"{d.title} {d.number or ''}".strip() for d in papers if d.issued},
        "files": {d.file.id: _file(d, d.file) for d in papers if d.file is not None},
        "right_type": case.dispute.right_type if case.dispute else None,
    }


def _recusals(session: Session, case: Case) -> dict[int, str]:
    return {r.id: r.name for r in session.scalars(select(Recusal).where(Recusal.case_id == case.id))}


def _assistants(session: Session, case: Case) -> dict[str, str]:
    """Return what those were called who helped the panel; which recorder it was, the history says."""
    measures = session.scalars(select(EvidenceMeasure).where(EvidenceMeasure.case_id == case.id))
    return {"recorder": "书记员", **{f"measure-{m.id}": f"鉴定人 {m.of}" for m in measures}}


def _measures(session: Session, case: Case) -> dict[int, str]:
    rows = select(EvidenceMeasure).where(EvidenceMeasure.case_id == case.id)
    return {m.id: f"{Measure(m.kind).label}：{m.of}" for m in session.scalars(rows)}


def _file(document: Document, file: StoredFile) -> Mapping[str, Any]:
    href = f"/files/cases/{document.case_id}/{document.id}"
    return {"id": file.id, "name": file.name, "size": file.size, "href": href}
