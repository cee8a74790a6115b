"""The office's own days of the calendar; a change counts every open period again."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app import clock, notifications, policy
from app.domain.calendar import Calendar
from app.domain.errors import NotAllowed, RuleBroken
from app.models import CalendarChange, CalendarDay, User
from app.services import clocks

MOST = 366


Days: TypeAlias = list[tuple[date, bool | None]]  # working, off, or None: as the published calendar has it


def preview(session: Session, days: Days, *, by: User) -> list[dict[str, str]]:
    """Return which due dates a change would move, from when to when; nothing is changed."""
    _refuse(days, by)
    own = {d.day: d.working for d in session.scalars(select(CalendarDay))} | dict(days)
    return clocks.would_move(session, Calendar({day: working for day, working in own.items() if working is not None}))


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
    moved = clocks.recount_all(session, by)
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
    if len(days) > MOST:
        raise RuleBroken("一次最多调整 %(n)s 天", field="days", n=MOST)
