"""What the periods of a case are counted from: the calendar, its milestones, its pauses, and the periods themselves."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.domain.calendar import Calendar
from app.models import CalendarDay, ClockPause, Deadline, Milestone

AT_ONCE = 1000  # a statement takes so many values on either database

_DAYS = select(CalendarDay.day, CalendarDay.working)
_MILESTONES = select(Milestone).where(Milestone.case_id == bindparam("case")).order_by(Milestone.id.desc())
_PAUSES = select(ClockPause).where(ClockPause.case_id == bindparam("case")).order_by(ClockPause.id)
_DEADLINES = select(Deadline).where(Deadline.case_id == bindparam("case")).order_by(Deadline.id)


def calendar_of(session: Session) -> Calendar:
    """Return the working calendar with the office's own days."""
    return Calendar(dict(session.execute(_DAYS).all()))


def milestones_of(session: Session, case_id: int) -> list[Milestone]:
    """Return what was noted in the case, the latest first."""
    return list(session.scalars(_MILESTONES, {"case": case_id}))


def pauses_of(session: Session, case_id: int) -> list[ClockPause]:
    """Return the pauses of the case in the order in which they began."""
    return list(session.scalars(_PAUSES, {"case": case_id}))


def pauses_by_case(session: Session, case_ids: Iterable[int]) -> dict[int, list[ClockPause]]:
    """Return the pauses of many cases, by case, a thousand cases a statement; an empty list for one that has none."""
    found: dict[int, list[ClockPause]] = {case_id: [] for case_id in case_ids}
    wanted = list(found)
    for first in range(0, len(wanted), AT_ONCE):
        some = ClockPause.case_id.in_(wanted[first : first + AT_ONCE])
        for pause in session.scalars(select(ClockPause).where(some).order_by(ClockPause.id)):
            found[pause.case_id].append(pause)
    return found


def deadlines_of(session: Session, case_id: int) -> list[Deadline]:
    """Return all periods of the case, those that are over too; their extensions come where one is counted anew."""
    return list(session.scalars(_DEADLINES, {"case": case_id}))
