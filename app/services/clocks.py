"""Periods of a case: started, lengthened, met, run out; always by the rules of the statute."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from app import clock
from app.domain import deadlines, statute
from app.domain.calendar import Calendar
from app.domain.errors import RuleBroken
from app.domain.events import DeadlineExtended, DeadlineMoved
from app.domain.periods import Length, Rule, Unit
from app.models import ClockExtension, ClockPause, Deadline, Party, Task
from app.services.acting import Acting

REMIND_AT = time(9, 0)
OPEN = ("running", "paused")


# -- counting ----------------------------------------------------------------------------------------------------------


def length_of(acting: Acting, rule: str, variant: str | None = None) -> int:
    """Return how many units the text gives a period in this case."""
    return statute.rule(rule).term(deadlines.Regime(acting.case.regime)).base(None, variant).n


def due_of(acting: Acting, rule: str, *, start: date, length: int | None = None, variant: str | None = None) -> date:
    """Return when a period under ``rule`` that starts on ``start`` would be due; nothing is kept."""
    return deadlines.compute(
        statute.rule(rule),
        received=acting.case.received_on,
        start=start,
        calendar=acting.calendar,
        length=length,
        variant=variant,
    ).due


def counted(
    deadline: Deadline, calendar: Calendar, pauses: Iterable[ClockPause], *, before_last_extension: bool = False
) -> deadlines.Due:
    """Return the due date of a period with its whole reckoning, as the law and the calendar count it now.

    A pause that still lasts is counted up to yesterday: each further day moves the due date on.
    ``before_last_extension`` leaves out what lengthened the period last.
    """
    rule = statute.rule(deadline.rule)
    stops = rule.term(deadlines.Regime(deadline.regime)).exclusions
    yesterday = clock.today() - timedelta(days=1)
    stood_still = [
        deadlines.Pause(p.kind, p.first, p.last or yesterday)
        for p in pauses
        if p.kind in stops and (p.last or yesterday) >= p.first
    ]
    return deadlines.compute(
        rule,
        received=deadline.case.received_on,
        start=deadline.start_on,
        calendar=calendar,
        pauses=stood_still,
        extensions=_granted(deadline, rule, deadline.extensions[:-1] if before_last_extension else deadline.extensions),
        length=deadline.length,
        variant=deadline.variant,
    )


def _granted(deadline: Deadline, rule: Rule, given_steps: Sequence[ClockExtension]) -> int | tuple[Length, ...]:
    """Return how many steps were granted in full, or by how much each lengthens the period."""
    if all(one.length is None for one in given_steps):
        return len(given_steps)
    term = rule.term(deadlines.Regime(deadline.regime))
    found = []
    for given, step in zip(given_steps, term.extensions, strict=False):
        most = step.length or term.base(deadline.length, deadline.variant)
        found.append(Length(given.length or most.n, Unit(given.unit) if given.unit else most.unit))
    return tuple(found)


# -- running -----------------------------------------------------------------------------------------------------------


def start(acting: Acting, rule_key: str, *, party: Party | None = None, task_key: str | None = None) -> Deadline | None:
    """Start a period of the case, or return the one that already runs.

    ``None`` where the regime gives no number, and while the service is not recorded from which it runs.
    """
    running = _running(acting, rule_key, party)
    if running is not None:
        running.task_key = task_key or running.task_key
        return running
    if statute.rule(rule_key).once and _met_before(acting, rule_key):
        return None
    if agreed := acting.dues.get(rule_key):
        deadline = _agreed(acting, rule_key, agreed)
    elif statute.is_agreed(rule_key):
        return None
    else:
        computed = _computed(acting, rule_key, party)
        if computed is None:
            return None
        deadline = computed
    deadline.party_id = party.id if party else None
    deadline.task_key = task_key
    deadline.wake_at = wake(deadline)
    acting.session.add(deadline)
    acting.deadlines.append(deadline)
    deadline.case = acting.case
    pauses = [p for p in acting.pauses if p.kind in stopped_by(deadline)]
    if pauses:
        count_again(deadline, acting.calendar, pauses)
    if any(p.last is None for p in pauses):
        halt(deadline)
    return deadline


def _agreed(acting: Acting, rule_key: str, due: date) -> Deadline:
    return Deadline(
        case_id=acting.case.id,
        rule=rule_key,
        regime=acting.case.regime,
        start_on=min(acting.today, due),
        due_on=due,
        warn_on=due - timedelta(days=3),
        opened_at=clock.now(),
        state="running",
        reminded="",
        provisional=False,
    )


def _computed(acting: Acting, rule_key: str, party: Party | None) -> Deadline | None:
    rule = statute.rule(rule_key)
    term = rule.term(deadlines.Regime(acting.case.regime))
    length, variant = acting.lengths.get(rule_key), acting.variants.get(rule_key)
    if term.length is None and length is None:
        if term.internal is None:
            return None
        length = term.internal.n
    noted = acting.milestone_of(term.start, party)
    if noted is None and rule.from_service:
        return None
    start_on = noted or acting.today
    due = deadlines.compute(
        rule,
        received=acting.case.received_on,
        start=start_on,
        calendar=acting.calendar,
        length=length,
        variant=variant,
    )
    return Deadline(
        case_id=acting.case.id,
        rule=rule_key,
        regime=acting.case.regime,
        start_on=start_on,
        length=length,
        variant=variant,
        due_on=due.due,
        warn_on=due.warn_on,
        provisional=due.provisional,
        opened_at=clock.now(),
        state="running",
        reminded="",
    )


def _met_before(acting: Acting, rule_key: str) -> bool:
    return any(d.rule == rule_key and d.state == "met" for d in acting.deadlines)


def _running(acting: Acting, rule_key: str, party: Party | None) -> Deadline | None:
    party_id = party.id if party else None
    return next((d for d in open_ones(acting) if d.rule == rule_key and d.party_id == party_id), None)


def open_ones(acting: Acting) -> list[Deadline]:
    """Return the periods of the case that run or stand still."""
    return [d for d in acting.deadlines if d.is_open]


def stopped_by(deadline: Deadline) -> frozenset[str]:
    """Return the kinds of pause that stop a period."""
    if statute.is_agreed(deadline.rule):
        return frozenset()
    return statute.rule(deadline.rule).term(deadlines.Regime(deadline.regime)).exclusions


def wake(deadline: Deadline) -> datetime | None:
    """Return when a job must look next: a reminder on the morning of the first yellow day, then the end itself."""
    if deadline.state != "running":
        return None
    if deadline.reminded == "":
        return datetime.combine(deadline.warn_on, REMIND_AT, tzinfo=clock.ZONE)
    return deadlines.due_at(deadline.due_on) if deadline.reminded == "warned" else None


def start_for_tasks(acting: Acting, tasks: Iterable[Task], properties: Mapping[str, Mapping[str, str]]) -> None:
    """Start the period that the diagram names for each of the new tasks, and show its end in the inbox."""
    for task in tasks:
        rule = properties[task.key].get("due")
        if rule is None:
            continue
        own = statute.rule(rule).acts or statute.rule(rule).from_service
        party = task.party if task.party is not None and own else None
        deadline = start(acting, rule, party=party, task_key=task.key)
        if deadline is not None:
            show_due(task, deadline)


def show_due(task: Task, deadline: Deadline) -> None:
    """Copy what the inbox shows of a period into the task's row."""
    task.due_on = task.due_sort = deadline.due_on
    task.warn_on = deadline.warn_on
    task.provisional = deadline.provisional
    task.paused = deadline.state == "paused"


def end_for_task(acting: Acting, key: str, state: str) -> None:
    """End the periods of a task that was done (as ``met``) or taken away (as ``cancelled``)."""
    for deadline in _of_task(acting, key):
        finish(deadline, state)


def run_on_without_task(acting: Acting, key: str) -> None:
    """Let the periods of a task that was done go on until something else ends them."""
    for deadline in _of_task(acting, key):
        deadline.task_key = None


def _of_task(acting: Acting, key: str) -> list[Deadline]:
    return [d for d in open_ones(acting) if d.task_key == key]


def finish(deadline: Deadline, state: str) -> None:
    """End a period as ``met``, ``lapsed`` or ``cancelled``."""
    deadline.state = state
    deadline.ended_at = clock.now()
    deadline.wake_at = None


def end(acting: Acting, rule_key: str, *, party: Party | None = None, met: bool) -> None:
    """End a running period of the case, as met or as no longer needed."""
    deadline = _running(acting, rule_key, party)
    if deadline is not None:
        finish(deadline, "met" if met else "cancelled")


def end_all(acting: Acting) -> None:
    """End every period of a case that is closed."""
    for deadline in open_ones(acting):
        finish(deadline, "cancelled")


# -- running longer, or from another day ---------------------------------------------------------------------------------


def halt(deadline: Deadline) -> None:
    """Let a period stand still."""
    deadline.state = "paused"
    deadline.wake_at = None


def extend(
    acting: Acting,
    rule_key: str,
    reason: str,
    *,
    party: Party | None = None,
    length: int | None = None,
    days: int | None = None,
) -> Deadline:
    """Take the next step of a period's ladder; refuses beyond its top, and after the period has run out.

    ``length`` is by how much, in the unit of the step, where the law leaves that to the decision; ``days`` by how many
    days where less than the whole step is granted.
    """
    deadline = _running(acting, rule_key, party)
    if deadline is None:
        raise RuleBroken("本案没有正在计算的这一期限，不能延长", field="reason")
    if deadline.state == "running" and not deadlines.in_time(clock.now(), deadline.due_on):
        raise RuleBroken("期限已经届满，不能延长", field="reason")
    assert acting.by is not None
    step = len(deadline.extensions) + 1
    statute.rule(rule_key).term(deadlines.Regime(deadline.regime)).refuse_beyond(step)
    granted = ClockExtension(
        step=step, length=length, reason=reason, granted_by_id=acting.by.id, granted_at=clock.now()
    )
    deadline.extensions.append(granted)
    if days is not None:
        whole = counted(deadline, acting.calendar, acting.pauses).due
        granted.length, granted.unit = days, Unit.DAYS.value
        if counted(deadline, acting.calendar, acting.pauses).due > whole:
            raise RuleBroken("延长 %(n)s 日超过了这次可以延长到的 %(whole)s", field="days", n=days, whole=whole)
    count_again(deadline, acting.calendar, acting.pauses)
    show_all(acting, [deadline])
    acting.record(DeadlineExtended(rule=rule_key, step=step, due=deadline.due_on, reason=reason))
    return deadline


def run_from_service(
    acting: Acting, rule_key: str, key: str, party: Party, on: date, length: int | None = None
) -> None:
    """Count the period of the open step ``key`` of ``party`` from the day ``on`` which its paper reached it."""
    if length is not None:
        acting.lengths[rule_key] = length
    asked = select(Task).where(
        Task.case_id == acting.case.id, Task.party_id == party.id, Task.key == key, Task.state == "open"
    )
    for task in acting.session.scalars(asked):
        start_for_tasks(acting, [task], {key: {"due": rule_key}})
    start_again(acting, rule_key, on, party)


def start_again(acting: Acting, rule_key: str, on: date, party: Party | None, why: str = "自收到文书之日起算") -> None:
    """Count a running period from another day, as when the paper reached a party only then; ``why`` is told."""
    deadline = _running(acting, rule_key, party)
    if deadline is None:
        return
    was, deadline.start_on = deadline.due_on, on
    count_again(deadline, acting.calendar, acting.pauses)
    show_all(acting, [deadline])
    if deadline.due_on != was:
        acting.record(DeadlineMoved(rule=rule_key, was=was, due=deadline.due_on, why=why))


def count_again(deadline: Deadline, calendar: Calendar, pauses: Iterable[ClockPause]) -> None:
    """Bring the due date of a period into line with the calendar, its pauses and extensions, and its reminders with it."""
    due = counted(deadline, calendar, pauses)
    deadline.due_on, deadline.warn_on, deadline.provisional = due.due, due.warn_on, due.provisional
    if deadline.reminded == "escalated" and deadlines.in_time(clock.now(), due.due):
        deadline.reminded = "warned"  # in time again: it may be missed again
    if deadline.reminded == "warned" and due.warn_on > clock.today():
        deadline.reminded = ""
    deadline.wake_at = wake(deadline)


def show_all(acting: Acting, changed: list[Deadline]) -> None:
    """Bring the inbox rows of periods that moved into line."""
    by_key = {(d.task_key, d.party_id): d for d in changed if d.task_key}
    if not by_key:
        return
    for task in acting.session.scalars(
        select(Task).where(Task.case_id == acting.case.id, Task.state == "open", Task.key.in_({k for k, _ in by_key}))
    ):
        deadline = by_key.get((task.key, task.party_id)) or by_key.get((task.key, None))
        if deadline is not None:
            show_due(task, deadline)
