"""The office's own days of the calendar; a change counts every open period again."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app import clock, notifications, policy
from app.domain import deadlines, statute
from app.domain.calendar import PUBLISHED, Calendar
from app.domain.errors import NotAllowed, RuleBroken
from app.domain.events import DeadlineMoved
from app.models import CalendarChange, CalendarDay, Deadline, User
from app.queries import cases, periods
from app.services import clocks
from app.services.acting import Acting

MOST = 366


Days: TypeAlias = list[tuple[date, bool | None]]  # working, off, or None: as the published calendar has it


def preview(session: Session, days: Days, *, by: User) -> list[dict[str, str]]:
    """Return which due dates a change would move, from when to when; nothing is changed."""
    _refuse(days, by)
    own = {d.day: d.working for d in session.scalars(select(CalendarDay))} | dict(days)
    return _would_move(session, Calendar({day: working for day, working in own.items() if working is not None}))


def change(session: Session, days: Days, *, reason: str, by: User) -> CalendarChange:
    """Set days as working (True) or off (False), or give them back to the published calendar (None).

    Every open period is counted again; the change keeps which due dates moved.
    """
    _refuse(days, by)
    for day, working in days:
        session.execute(delete(CalendarDay).where(CalendarDay.day == day))
        if working is not None:
            session.add(
                CalendarDay(day=day, working=working, reason=reason, changed_by_id=by.id, changed_at=clock.now())
            )
    moved = _recount_all(session, by)
    row = CalendarChange(
        at=clock.now(),
        by_id=by.id,
        days=[{"day": d.isoformat(), "working": w, "reason": reason} for d, w in days],
        moved=moved,
    )
    session.add(row)
    notifications.calendar_moved(session, moved)
    return row


def _refuse(days: Days, by: User) -> None:
    if not policy.may(by, "calendar.change"):
        raise NotAllowed("只有系统管理员可以调整工作日历")
    if not days:
        raise RuleBroken("请至少填写一个日期", field="days")
    years = range(min(PUBLISHED), clock.today().year + 3)
    if strange := next((day for day, _ in days if day.year not in years), None):
        raise RuleBroken(
            "只能调整 %(first)s 年至 %(last)s 年的日期，没有 %(year)s 年的",
            field="days",
            first=years[0],
            last=years[-1],
            year=strange.year,
        )
    if len(days) > MOST:
        raise RuleBroken("一次最多调整 %(n)s 天", field="days", n=MOST)


# -- every open period, counted again ----------------------------------------------------------------------------------


def _would_move(session: Session, calendar: Calendar) -> list[dict[str, str]]:
    """Return which due dates ``calendar`` would move, from when to when; nothing is changed."""
    found = _counted_by_calendar(session)
    counts = _counted_anew(session, found, calendar)
    return [_moved(deadline, deadline.due_on, due.due) for deadline, due in counts if due.due != deadline.due_on]


def _recount_all(session: Session, by: User | None) -> list[dict[str, str]]:
    """Count every running period again after the calendar changed; return which due dates moved, from when to when.

    One that stands still is counted when it goes on: until then its end moves with every day, whatever the calendar.
    """
    calendar = periods.calendar_of(session)
    moved = []
    counts = _counted_anew(session, _counted_by_calendar(session), calendar)
    for case_id in sorted({d.case_id for d, due in counts if _differs(d, due)}):
        acting = Acting(session, cases.locked(session, case_id), by)
        for deadline in _counted_by_calendar(session, case_id):  # as they are now that nobody else acts in the case
            was = deadline.due_on
            clocks.count_again(deadline, calendar, acting.pauses)
            clocks.show_all(acting, [deadline])
            if deadline.due_on != was:
                acting.record(DeadlineMoved(rule=deadline.rule, was=was, due=deadline.due_on, why="工作日历调整"))
                moved.append(_moved(deadline, was, deadline.due_on))
    return moved


def _counted_by_calendar(session: Session, case_id: int | None = None) -> list[Deadline]:
    """Return every running period (of that case) that is counted, not agreed on, as the database has it."""
    rows = select(Deadline).where(Deadline.state == "running").order_by(Deadline.id)
    rows = rows.options(joinedload(Deadline.case)) if case_id is None else rows.where(Deadline.case_id == case_id)
    found = session.scalars(rows.options(selectinload(Deadline.extensions)).execution_options(populate_existing=True))
    return [deadline for deadline in found if not statute.is_agreed(deadline.rule)]


def _counted_anew(session: Session, found: list[Deadline], calendar: Calendar) -> list[tuple[Deadline, deadlines.Due]]:
    pauses = periods.pauses_by_case(session, {d.case_id for d in found})
    return [(d, clocks.counted(d, calendar, pauses[d.case_id])) for d in found]


def _differs(deadline: Deadline, due: deadlines.Due) -> bool:
    return (due.due, due.warn_on, due.provisional) != (deadline.due_on, deadline.warn_on, deadline.provisional)


def _moved(deadline: Deadline, was: date, due: date) -> dict[str, str]:
    return {"case": deadline.case.number, "rule": deadline.rule, "was": was.isoformat(), "due": due.isoformat()}
