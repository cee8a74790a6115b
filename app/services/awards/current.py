"""The application that an act is about, and what belongs to it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.domain.awards.schedule import Award
from app.domain.roles import Role
from app.models import AwardApplication, CaseStaff, Party, Task
from app.queries import award_applications
from app.services.acting import Acting


def application(acting: Acting) -> AwardApplication:
    """Return the application of the case in hand."""
    return acting.session.get_one(AwardApplication, acting.case.id)


def line(acting: Acting, row: AwardApplication) -> Award:
    """Return the line of the schedule that holds for an application: that of the day on which it was made."""
    return award_applications.line_of(acting.session, row)


def applicant(acting: Acting) -> Party:
    """Return who applies."""
    return acting.case.parties[0]


def seat_of(acting: Acting, task: Task, role: Role) -> CaseStaff | None:
    """Return the seat that a step belongs to."""
    return next((s for s in acting.case.seats(role) if s.id == task.seat_id), None)


def others_waited_for(acting: Acting, task: Task) -> bool:
    """Say whether another seat is still to answer in the same step."""
    acting.session.flush()  # this one has
    open_ones: Sequence[int] = acting.session.scalars(
        select(Task.id).where(Task.case_id == acting.case.id, Task.engine_id == task.engine_id, Task.state == "open")
    ).all()
    return bool(open_ones)
