"""The places of a call for recommendations: each is taken by one conditional statement, so that two acts never share it."""

from __future__ import annotations

from sqlalchemy import CursorResult, or_, update
from sqlalchemy.orm import Session

from app.domain.errors import RuleBroken
from app.models import Project, ProjectCall


def take(session: Session, row: Project) -> None:
    """Take a place for a project. Raises ``RuleBroken`` where none is left."""
    free = or_(ProjectCall.places.is_(None), ProjectCall.taken < ProjectCall.places)
    taken = session.execute(
        update(ProjectCall).where(ProjectCall.id == row.call_id, free).values(taken=ProjectCall.taken + 1),
        execution_options={"synchronize_session": False},
    )
    assert isinstance(taken, CursorResult)
    session.expire(row.call, ["taken"])
    if not taken.rowcount:
        raise RuleBroken("推荐名额已满（%(places)s 个）", field="examination", places=row.call.places)
    row.holds_place = True


def give_back(session: Session, row: Project) -> None:
    """Let somebody else have the place that a project holds, if it holds one."""
    if not row.holds_place:
        return
    session.execute(
        update(ProjectCall).where(ProjectCall.id == row.call_id).values(taken=ProjectCall.taken - 1),
        execution_options={"synchronize_session": False},
    )
    session.expire(row.call, ["taken"])
    row.holds_place = False
