"""What the clock's job costs: a pass when nothing is due, and when a thousand periods are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from time import perf_counter

from sqlalchemy import insert, select

from app import clock
from app.domain import deadlines as law
from app.jobs import deadlines
from app.models import Deadline, Task
from bench.bare import opened
from bench.figures import Figure, figure, tried
from bench.filling import fill_deadlines, settle
from bench.house import House
from bench.register import Round, measure

RULE = "fast.triage"  # a target of the office: when it has passed, its people are told
AT_ONCE = 100


@measure("clock")
def passes(asked: Round) -> Iterator[Figure]:
    """Look for what is due among very many periods that only wait; then among them act on those that are due."""
    idle, due = (10_000, 50) if asked.quick else (100_000, 1_000)
    with asked.site.house(asked.database) as house:
        first = opened(house)
        fill_deadlines(house, idle, case_id=_case_of(house, first))
        settle(house)
        looks = tried(asked.times(100), lambda: deadlines.due(house.session, AT_ONCE))
        yield figure(f"pass of the deadline job: {idle:,} idle", house.name, looks, aim=10)
        _let_lapse(house, [opened(house) for _ in range(due)])
        began = perf_counter()
        done = _act(house)
        seconds = perf_counter() - began
    assert done == due, f"{done} of {due} periods were acted on"
    yield Figure(f"pass of the deadline job: {due:,} due", asked.database, seconds, "s")
    yield Figure("  each of them", asked.database, seconds / due * 1000)


def _act(house: House) -> int:
    done = 0
    while ids := deadlines.due(house.session, AT_ONCE):
        done += sum(deadlines.do(house.session, i) for i in ids)
    return done


def _case_of(house: House, task_id: int) -> int:
    return int(house.session.scalars(select(Task.case_id).where(Task.id == task_id)).one())


def _let_lapse(house: House, tasks: list[int]) -> None:
    """Give each of the tasks a period that ended yesterday and of which its people have been warned."""
    now, today = clock.now(), clock.today()
    for task_id in tasks:
        house.session.execute(
            insert(Deadline).values(
                case_id=_case_of(house, task_id),
                rule=RULE,
                regime=law.regime_on(today).value,
                task_key="bench_eight",
                start_on=today - timedelta(days=5),
                due_on=today - timedelta(days=1),
                warn_on=today - timedelta(days=2),
                opened_at=now,
                wake_at=now - timedelta(hours=1),
                reminded="warned",
            )
        )
    house.session.commit()
