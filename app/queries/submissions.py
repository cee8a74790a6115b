"""What people answered in a case, for somebody: officials read it but for what is still blind, a party its own."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from app import policy
from app.domain.adjudication import AMONG_THE_PANEL
from app.models import Case, Membership, Submission, Task, User
from app.queries.blinding import blind_forms

# What a party does in a case for itself alone; the office is not told.
FOR_ONESELF = ("act:to_adjudication",)


@dataclass(frozen=True, slots=True)
class Answered:
    """One form that was answered: for which task (``None``: the request itself, or an act), by whom."""

    submission: Submission
    task: Task | None
    by: User | None


def submissions(session: Session, user: User, case: Case, form: str = "") -> list[Answered]:
    """Return what was answered in the case, in order, as far as ``user`` may read it; with ``form``, only that form."""
    rows = (
        select(Submission, Task, User)
        .outerjoin(Task, Task.id == Submission.task_id)
        .outerjoin(User, User.id == Submission.by_id)
        .where(Submission.case_id == case.id)
        .order_by(Submission.id)
    )
    if form:
        rows = rows.where(Submission.form == form)
    rows = rows.where(Submission.form.not_in(FOR_ONESELF) if user.is_official else _own(user, case))
    if not policy.sits_on_the_panel(user, case):
        rows = rows.where(Submission.form.not_in(AMONG_THE_PANEL))
    if blind := blind_forms(case, user):
        rows = rows.where(or_(Submission.form.not_in(blind), Submission.by_id == user.id))
    return [Answered(*row) for row in session.execute(rows).all()]


def _own(user: User, case: Case) -> ColumnElement[bool]:
    """Return the condition for what was answered in the name of this person's parties: on paper too, never the other's."""
    own = policy.parties_of(user, case)
    colleagues = select(Membership.user_id).where(Membership.organization_id.in_([p.organization_id for p in own]))
    agents = [a.user_id for p in own for a in p.agents if a.user_id is not None]
    by_us = or_(Submission.by_id == user.id, Submission.by_id.in_(colleagues), Submission.by_id.in_(agents))
    beside = and_(Submission.task_id.is_(None), by_us)
    asking = any(p.place == 1 for p in own)
    request = and_(Submission.task_id.is_(None), Submission.form.not_like("act:%"))
    return or_(Task.party_id.in_([p.id for p in own]), beside, *([request] if asking else []))
