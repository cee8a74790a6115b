"""What stands now in the adjudication that is acted in: its own row, what was proposed, the last draft of the decision."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import NotFound
from app.domain.events import AnswersClosed
from app.models import Adjudication, Case, Decision, Document, Event, Proposal, Submission, Suspension, Task
from app.services import papers
from app.services.acting import Acting


def adjudication(acting: Acting) -> Adjudication:
    """Return the row of the adjudication beside its case."""
    row = acting.session.get(Adjudication, acting.case.id)
    if row is None:
        raise NotFound("adjudication")
    return row


def proposal(acting: Acting, *kinds: str) -> Proposal:
    """Return what of these kinds was put to the head of the department and waits for a decision."""
    rows = select(Proposal).where(
        Proposal.case_id == acting.case.id, Proposal.kind.in_(kinds), Proposal.granted.is_(None)
    )
    row = acting.session.scalar(rows.order_by(Proposal.id.desc()).limit(1))
    if row is None:
        raise NotFound("proposal")
    return row


def suspension(acting: Acting) -> Suspension:
    """Return the suspension that was proposed last."""
    rows = select(Suspension).where(Suspension.case_id == acting.case.id)
    row = acting.session.scalar(rows.order_by(Suspension.id.desc()).limit(1))
    if row is None:
        raise NotFound("suspension")
    return row


def decision(acting: Acting) -> Decision:
    """Return the last draft of the decision."""
    rows = select(Decision).where(Decision.case_id == acting.case.id)
    row = acting.session.scalar(rows.order_by(Decision.place.desc()).limit(1))
    if row is None:
        raise NotFound("decision")
    return row


def open_steps(acting: Acting, forms: Collection[str]) -> list[str]:
    """Return the titles of the open steps with these forms, each once."""
    waiting = select(Task.title).where(Task.case_id == acting.case.id, Task.state == "open", Task.form.in_(forms))
    return list(dict.fromkeys(acting.session.scalars(waiting.order_by(Task.id))))


def answer_of(session: Session, case: Case) -> Document | None:
    """Return the answer that stands: one that was not signed in time counts as not handed in (TL07)."""
    brief = papers.latest(session, case, "answer_brief")
    closed = select(Event).where(Event.case_id == case.id, Event.kind == AnswersClosed.kind)
    last = session.scalar(closed.order_by(Event.seq.desc()).limit(1))
    discarded = brief is not None and last is not None and not last.data["answered"] and last.at >= brief.made_at
    return None if discarded else brief


def answered_before(acting: Acting, form: str) -> dict[str, Any]:
    """Return what was last answered on ``form`` in this case; nothing where it was not."""
    rows = select(Submission.answers).where(Submission.case_id == acting.case.id, Submission.form == form)
    found: dict[str, Any] | None = acting.session.scalar(rows.order_by(Submission.id.desc()).limit(1))
    return found or {}
