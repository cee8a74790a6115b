"""Urge who holds a task or keeps a period waiting (催办): on record, with a message, at most once a day."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app import notifications, policy
from app.domain.errors import RuleBroken, Stale
from app.domain.events import Urged
from app.models import Deadline, Task, User
from app.queries import cases, deadlines, urging
from app.services.acting import Acting

TODAY = "今天已经催办过，每天最多催办一次"


def urge(acting: Acting, task: Task, *, text: str, rule: str | None = None) -> None:
    """Urge whoever holds a task, once a day; ``rule`` names the period for which somebody looked after it."""
    this = urging.urge_of(task)
    if this in urging.urged_today(acting.session, [task.case_id]):
        raise RuleBroken(TODAY, field="text")
    acting.record(Urged(task=task.title, text=text, rule=rule, party=this[2]))
    if acting.by is not None:
        notifications.urged(acting.session, task, by=acting.by, text=text)


def urge_period(session: Session, deadline_id: int, *, text: str, by: User) -> Deadline:
    """Urge everybody whom an open period waits for, but nobody twice on a day, and not oneself."""
    case = cases.locked(session, deadlines.deadline_for(session, by, deadline_id).case_id)
    deadline = deadlines.deadline_for(session, by, deadline_id)
    if not deadline.is_open:
        raise Stale("这一期限刚才已经结束")
    if deadline.state == "paused":
        raise RuleBroken("期限已经中止，恢复后再催办")
    tasks = urging.waited_for(session, [deadline])[deadline.id]
    if not tasks and deadline.rule in urging.ACTS:
        _urge_clerks(Acting(session, case, by), deadline, text=text)
        return deadline
    if not tasks:
        raise RuleBroken("目前没有等待办理的任务，无从催办")
    others = [t for t in tasks if policy.may(by, "task.urge", t)]
    if not others:
        raise RuleBroken("这一任务由您本人办理，不用催办")
    urged = urging.urged_today(session, [case.id])
    left = [t for t in others if urging.urge_of(t) not in urged]
    if not left:
        raise RuleBroken(TODAY, field="text")
    for task in left:
        urge(Acting(session, case, by), task, text=text, rule=deadline.rule)
    return deadline


def _urge_clerks(acting: Acting, deadline: Deadline, *, text: str) -> None:
    """Urge the clerks of the unit to do the act that the period waits for when the case has no steps any more."""
    if urging.urge_of_act(deadline) in urging.urged_today(acting.session, [deadline.case_id]):
        raise RuleBroken(TODAY, field="text")
    name, title = urging.ACTS[deadline.rule]
    acting.record(Urged(task=title.zh, text=text, rule=deadline.rule, party=None))
    assert acting.by is not None
    notifications.urged_to_act(acting.session, deadline, name, title, by=acting.by, text=text)
