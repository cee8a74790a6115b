"""Periods that run out: what is refused then, what happens by itself, and what a job must look at."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app import clock, notifications, policy
from app.domain import deadlines, statute
from app.domain.errors import NotFound, RuleBroken
from app.domain.events import DeadlineLapsed, DeadlineMissed
from app.models import Deadline, Task, User
from app.queries import cases
from app.services import clocks, stepping
from app.services.acting import LAPSES, Acting


def refuse_if_late(acting: Acting, task: Task) -> None:
    """Refuse an answer after the end of a period whose end decides by itself; 23:59:59 of the last day is in time.

    A clerk may still enter what arrived on paper in time; its day of receipt is looked at instead.
    """
    if task.party is None or task.due_on is None or deadlines.in_time(clock.now(), task.due_on):
        return
    if acting.by is not None and all(p.id != task.party_id for p in policy.parties_of(acting.by, acting.case)):
        return
    deadline = _period_of(acting, task)
    if deadline is not None and statute.rule(deadline.rule).acts:
        raise RuleBroken("期限已于%(due)s届满，不能再提交", due=deadline.due_on)


def _period_of(acting: Acting, task: Task) -> Deadline | None:
    return acting.session.scalar(
        select(Deadline).where(
            Deadline.case_id == acting.case.id,
            Deadline.task_key == task.key,
            (Deadline.party_id == task.party_id) | Deadline.party_id.is_(None),
            Deadline.state.in_(clocks.OPEN),
        )
    )


def refuse_paper_out_of_time(acting: Acting, task: Task, received: date) -> None:
    """Refuse to enter a paper that arrived after its period had ended."""
    if task.due_on is not None and received > task.due_on:
        raise RuleBroken("收到日期晚于期限届满日%(due)s，应按逾期处理", field="received_on", due=task.due_on)


def lapse(session: Session, deadline_id: int, *, by: User | None = None) -> None:
    """Do what is due for one period: remind, or let it run out; called by the clock and safe to call twice."""
    case_id = session.scalar(select(Deadline.case_id).where(Deadline.id == deadline_id))
    if case_id is None:
        raise NotFound("deadline")
    acting = Acting(session, cases.locked(session, case_id), None)
    deadline = session.get(Deadline, deadline_id, options=[selectinload(Deadline.extensions)], populate_existing=True)
    now = clock.now()
    if deadline is None or deadline.state != "running" or deadline.wake_at is None or deadline.wake_at > now:
        return
    title = statute.rule(deadline.rule).name.zh
    if deadlines.in_time(now, deadline.due_on):
        deadline.reminded = "warned"
        deadline.wake_at = clocks.wake(deadline)
        notifications.deadline_warning(session, deadline, title)
    elif statute.rule(deadline.rule).acts:
        _run_out(acting, deadline)
    else:
        deadline.reminded = "escalated"
        deadline.wake_at = None
        acting.record(DeadlineMissed(rule=deadline.rule, due=deadline.due_on))
        notifications.deadline_overdue(session, deadline, title)


def run_out_before(acting: Acting) -> None:
    """Let the periods run out whose end decides and which the clock has not come to yet: they ended before what comes now."""
    for deadline in clocks.open_ones(acting):
        over = deadline.state == "running" and not deadlines.in_time(clock.now(), deadline.due_on)
        if over and deadline.is_open and statute.rule(deadline.rule).acts:
            _run_out(acting, deadline)


def _run_out(acting: Acting, deadline: Deadline) -> None:
    """A period whose end decides: the party has lost its turn, and when nobody is waited for any more the case goes on."""
    clocks.finish(deadline, "lapsed")
    party = deadline.party.name if deadline.party else None
    acting.record(DeadlineLapsed(rule=deadline.rule, due=deadline.due_on, party=party))
    over = LAPSES[deadline.rule](acting, deadline) if deadline.rule in LAPSES else True
    others = acting.session.scalar(
        select(Deadline.id).where(
            Deadline.case_id == acting.case.id, Deadline.rule == deadline.rule, Deadline.state.in_(clocks.OPEN)
        )
    )
    if over and others is None and stepping.waits_for(acting, deadline.rule):
        stepping.lapsed(acting, deadline.rule)
    else:
        _take_away(acting, deadline)


def _take_away(acting: Acting, deadline: Deadline) -> None:
    for task in acting.session.scalars(
        select(Task).where(
            Task.case_id == acting.case.id,
            Task.key == deadline.task_key,
            Task.party_id == deadline.party_id,
            Task.state == "open",
        )
    ):
        stepping.close(task, "cancelled")


def due_now(session: Session, without: Collection[int] = (), limit: int = 100) -> list[int]:
    """Return the periods to look at now but those ``without``, by one walk along the index."""
    rows = select(Deadline.id).where(Deadline.wake_at <= clock.now())
    if without:
        rows = rows.where(Deadline.id.not_in(without))
    return list(session.scalars(rows.order_by(Deadline.wake_at).limit(limit)))
