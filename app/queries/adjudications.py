"""What the forms of an adjudication need: the panel, who could sit on it, what was proposed, what was drafted."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import policy
from app.domain.adjudication import Measure
from app.domain.disputes import RecusalCapacity
from app.domain.roles import PartyRole, Role
from app.models import (
    Case,
    Deadline,
    Decision,
    Document,
    Evidence,
    EvidenceMeasure,
    Membership,
    Party,
    Proposal,
    Submission,
    Suspension,
    Task,
    User,
)
from app.queries import publications, recusals
from app.queries.conflicts import conflicts_of

KEPT = ("orders", "rejected", "perform_days", "finding")


def _recorders(session: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    """Return who may keep the record from now on: nobody who sits on the panel, and not who keeps it."""
    now = case.adjudication.recorder_id if case.adjudication is not None else None
    taken = {now, *(s.user_id for s in case.seats(Role.ADJUDICATOR) if not s.resting)}
    return {"recorders": [(u.id, u.name) for u in _of_the_unit(session, case) if u.id not in taken]}


def _of_the_unit(session: Session, case: Case) -> list[User]:
    """Return who of the unit could work on the case: officials without a conflict."""
    rows = select(User).join(Membership).where(Membership.unit_id == case.unit_id, User.active)
    roles = (Role.ADJUDICATOR, Role.INTAKE_CLERK)
    users = list(session.scalars(rows.where(Membership.role.in_(roles)).order_by(User.id)).unique())
    barred = conflicts_of(session, users, case)
    return [u for u in users if not barred[u.id]]


def investigators_of(session: Session, case: Case) -> dict[int, str]:
    """Return who may carry a measure out, with names: the panel, then the unit; nobody who is asked to step aside."""
    seats = case.seats(Role.ADJUDICATOR)
    resting = {s.user_id for s in seats if s.resting}
    people = [*(s.user for s in seats), *_of_the_unit(session, case)]
    return {u.id: u.name for u in people if u.id not in resting}


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
    return {"recusals": [(r.id, r.name) for r in found], "recusals_asked": found}


def _assistants(session: Session, case: Case, user: User, _t: Task | None) -> dict[str, Any]:
    """Return who helps the panel and may be asked to step aside; a member speaks for themselves alone."""
    if policy.sits_on_the_panel(user, case):
        return {"assistants": []}
    helping = recusals.helping(session, case).items()
    return {"assistants": [(k, f"书记员 {u.name}" if u else f"鉴定人 {m.of}" if m else "") for k, (u, m) in helping]}


def _stepping_aside(session: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    """Return who has stepped aside and is to be replaced: whether the recorder, or others who helped the panel, are among them."""
    found = recusals.to_follow_up(session, case)
    capacities = {r.capacity for r in found}
    return {
        "stepped_aside": found,
        "recorder_steps_aside": RecusalCapacity.RECORDER in capacities,
        "others_step_aside": bool(capacities & {RecusalCapacity.APPRAISER, RecusalCapacity.OTHER}),
    }


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


def _overturned(session: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    """Return whether a court has taken the decision away."""
    return {"overturned": publications.is_overturned(session, case)}


def _right_filed_on(_s: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    on = case.adjudication.right_filed_on if case.adjudication else None
    return {"right_filed_on": on.isoformat() if on else None}


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


SIDES = {"requester": "请证", "respondent": "被证", "third_party": "三证"}


def _to_examine(session: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    """Return the evidence with who handed each piece in, and the number that it would have."""
    rows, counted = evidence_of(session, case), Counter[str]()
    numbers = {}
    for row in rows:
        side = SIDES.get(row.party.role, "局证") if row.party else "局证"
        counted[side] += 1
        numbers[row.id] = row.number or f"{side}{counted[side]}"
    named = [
        (e.id, f"{e.title}（{e.party.name if e.party else '本局'}{'，逾期提交' if e.late else ''}）") for e in rows
    ]
    new = {row.id for row in rows if not row.number}
    return {
        "evidence_to_examine": named,
        "numbers": numbers,
        "new_evidence": [(key, title) for key, title in named if key in new],
    }


def _giving_evidence(session: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    """Return the parties whose period for evidence runs."""
    running = select(Deadline.party_id).where(
        Deadline.case_id == case.id, Deadline.rule == "evidence.period", Deadline.ended_at.is_(None)
    )
    ids = set(session.scalars(running))
    return {"giving_evidence": [(p.id, p.name) for p in case.parties if p.id in ids]}


def _measure(session: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    """Return the measure that waits for its approval, and whether it is a registration."""
    rows = select(EvidenceMeasure).where(EvidenceMeasure.case_id == case.id, EvidenceMeasure.granted.is_(None))
    row = session.scalar(rows.order_by(EvidenceMeasure.id.desc()).limit(1))
    return {"measure": row, "registers": row is not None and row.kind == Measure.REGISTRATION}


def _granted_measures(session: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    """Return the measures that were allowed and are not over."""
    rows = select(EvidenceMeasure).where(
        EvidenceMeasure.case_id == case.id,
        EvidenceMeasure.granted.is_(True),
        EvidenceMeasure.ended_on.is_(None),
        EvidenceMeasure.kind != Measure.REGISTRATION,
    )
    found = session.scalars(rows.order_by(EvidenceMeasure.id))
    return {"granted_measures": [(m.id, f"{Measure(m.kind).label}：{m.of}") for m in found]}


def _investigators(session: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    return {"investigators": list(investigators_of(session, case).items())}


FACTS = {
    "evidence_to_examine": _to_examine,
    "numbers": _to_examine,
    "new_evidence": _to_examine,
    "giving_evidence": _giving_evidence,
    "measure": _measure,
    "granted_measures": _granted_measures,
    "investigators": _investigators,
    "recorders": _recorders,
    "proposed": _proposed,
    "panel_members": _panel_members,
    "sits_on_the_panel": _sits,
    "recusals": _recusals,
    "assistants": _assistants,
    "recorder_steps_aside": _stepping_aside,
    "others_step_aside": _stepping_aside,
    "vacant": _vacant,
    "seats": _seats,
    "objecting": _speaking("objecting", PartyRole.RESPONDENT),
    "asking": _speaking("asking", *PartyRole),
    "enforcing": _speaking("enforcing", PartyRole.REQUESTER),
    "resigned": _resigned,
    "proposal": _proposal,
    "suspension": _suspension,
    "evidence": _evidence,
    "requests": _requests,
    "right_filed_on": _right_filed_on,
    "overturned": _overturned,
    "last_decision": _last_decision,
}
