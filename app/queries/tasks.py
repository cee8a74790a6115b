"""One task, for somebody, with what stands beside its form."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, false, or_, select, tuple_
from sqlalchemy.orm import Session, contains_eager, joinedload, lazyload

from app.domain.awards.applications import PROCESS as AWARD
from app.domain.errors import NotFound
from app.domain.roster.projects import PROCESS as PROJECT
from app.models import Case, Party, Task, User
from app.queries.award_files import award_file
from app.queries.casefile import agreement, documents, sessions
from app.queries.cases import for_viewers, named, seen_by, viewers
from app.queries.conflicts import clear
from app.queries.projects import project_file
from app.queries.roster_files import roster_file
from app.queries.sight import asked_of, horizon
from app.queries.trials import trial_of
from app.queries.viewers import Shape
from app.queries.visits import visit_file


def task_for(session: Session, user: User, task_id: int) -> Task:
    """Return the task with its case; ``NotFound`` where it is not there or not this person's to see.

    A task is seen by who may see its case, and by whom it is offered to, unless a conflict bars them from it.
    """
    task = for_viewers(session, _task_seen_by, viewers(user), task=task_id)
    if task is None:
        raise NotFound("task")
    return task


@cache
def _task_seen_by(shapes: tuple[Shape, ...]) -> Select[Task]:
    who, *absent = named(shapes)
    offered = and_(
        tuple_(Task.role, Task.unit_id).in_(who.seats) if who.seats is not None else false(),
        Task.assignee_id.is_(None),
        clear(who, Task.case_id),
    )
    return (
        select(Task)
        .join(Case, Case.id == Task.case_id)
        .where(Task.id == bindparam("task"), or_(seen_by(who, *absent), offered), asked_of(who))
        .options(
            contains_eager(Task.case).options(
                joinedload(Case.mediation),
                joinedload(Case.adjudication),
                lazyload(Case.parties).joinedload(Party.agents),
            )
        )
    )


def beside_form(session: Session, user: User, case: Case) -> Mapping[str, Any]:
    """Return what stands beside every form of a case: the request, the papers ``user`` may read, sessions, the draft."""
    until = horizon(user, case)
    return {
        "until": until,
        "dispute": case.dispute,
        "award": award_file(session, user, case) if case.kind == AWARD else None,
        "roster": roster_file(session, user, case),
        "visit": visit_file(session, user, case),
        "project": project_file(session, user, case) if case.kind == PROJECT else None,
        "trial": trial_of(session, case, user, until=until),
        "documents": documents(session, user, case),
        "sessions": sessions(session, case, until),
        "agreement": agreement(session, case, until),
    }
