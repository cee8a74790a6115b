"""What the forms of an adjudication need: the panel, who could sit on it, what was proposed, what was drafted."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import policy
from app.domain.roles import PartyRole, Role
from app.models import (
    Case,
    Decision,
    Document,
    Evidence,
    Membership,
    Party,
    Proposal,
    Submission,
    Suspension,
    Task,
    User,
)
from app.queries import recusals
from app.queries.conflicts import conflicts_of

KEPT = ("orders", "rejected", "perform_days", "finding")


def _recorders(session: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    """Return who of the unit could keep the record: officials without a conflict."""
    rows = select(User).join(Membership).where(Membership.unit_id == case.unit_id, User.active)
    roles = (Role.ADJUDICATOR, Role.INTAKE_CLERK)
    users = list(session.scalars(rows.where(Membership.role.in_(roles)).order_by(User.id)).unique())
    barred = conflicts_of(session, users, case)
    return {"recorders": [(u.id, u.name) for u in users if not barred[u.id]]}


def _proposed(session: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    """Return what the clerk proposed on the last check of the request."""
    rows = select(Submission.answers).where(Submission.case_id == case.id, Submission.form == "examine_request")
    answers = session.scalar(rows.order_by(Submission.id.desc()).limit(1))
    return {"proposed": answers.get("check") if answers else None}


def _panel_members(_s: Session, case: Case, user: User, _t: Task | None) -> dict[str, Any]:
    """Return the members who may be asked to step aside; a member may ask that of themselves alone."""
    seats = [s for s in case.seats(Role.ADJUDICATOR) if not s.resting]
    own = [s for s in seats if s.user_id == user.id]
    return {"panel_members": [(s.id, s.user.name) for s in own or seats]}


def _sits(_s: Session, case: Case, user: User, _t: Task | None) -> dict[str, Any]:
    return {"sits_on_the_panel": policy.sits_on_the_panel(user, case)}


def _recusals(session: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    found = recusals.all_pending(session, case)
    return {"recusals": [(r.id, r.user.name) for r in found], "recusals_asked": found}


def _vacant(_s: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    return {"vacant": [(s.id, s.user.name) for s in case.seats(Role.ADJUDICATOR) if s.resting]}


def _seats(_s: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    return {"seats": [(s.id, s.user.name) for s in case.seats(Role.ADJUDICATOR)]}


def _speaking(called: str, *roles: PartyRole) -> Any:
    """Return what names the parties in ``roles`` that this person may speak for, where there are several or none of their own."""

    def fact(_s: Session, case: Case, user: User, _t: Task | None) -> dict[str, Any]:
        found: list[Party] = policy.disposed_by(user, case, *roles)
        own = [p for p in found if p in policy.parties_of(user, case)]
        return {called: [] if len(own) == 1 and len(found) == 1 else [(p.id, p.name) for p in found]}

    return fact


def _resigned(session: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    rows = select(Document.id).where(Document.case_id == case.id, Document.kind == "resign_notice")
    return {"resigned": session.scalar(rows.limit(1)) is not None}


def _proposal(session: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    """Return what was put to the head of the department and waits."""
    rows = select(Proposal).where(Proposal.case_id == case.id, Proposal.granted.is_(None))
    return {"proposal": session.scalar(rows.order_by(Proposal.id.desc()).limit(1))}


def _suspension(session: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    rows = select(Suspension).where(Suspension.case_id == case.id, Suspension.granted.is_(None))
    return {"suspension": session.scalar(rows.order_by(Suspension.id.desc()).limit(1))}


def evidence_of(session: Session, case: Case) -> list[Evidence]:
    """Return the evidence of the case, in order."""
    return list(session.scalars(select(Evidence).where(Evidence.case_id == case.id).order_by(Evidence.place)))


def _evidence(session: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    return {"evidence": [(e.id, f"{e.number} {e.title}".strip()) for e in evidence_of(session, case)]}


def _requests(_s: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    return {"requests": case.adjudication.requests if case.adjudication else []}


def _last_decision(session: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    """Return the last draft of the decision as the form that changes it begins, with what was found of the evidence."""
    rows = select(Decision).where(Decision.case_id == case.id).order_by(Decision.place.desc())
    last = session.scalar(rows.limit(1))
    if last is None:
        return {"last_decision": None}
    findings = [
        {"evidence": e.id, "admitted": e.admitted, "assessment": e.assessment} for e in evidence_of(session, case)
    ]
    return {
        "last_decision": {
            **{name: getattr(last, name) for name in KEPT},
            **last.text,
            "evidence_findings": findings,
        }
    }


FACTS = {
    "recorders": _recorders,
    "proposed": _proposed,
    "panel_members": _panel_members,
    "sits_on_the_panel": _sits,
    "recusals": _recusals,
    "vacant": _vacant,
    "seats": _seats,
    "objecting": _speaking("objecting", PartyRole.RESPONDENT),
    "asking": _speaking("asking", *PartyRole),
    "resigned": _resigned,
    "proposal": _proposal,
    "suspension": _suspension,
    "evidence": _evidence,
    "requests": _requests,
    "last_decision": _last_decision,
}
