"""A figure: what was measured, how often, and what came out."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from app.edge import timing


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell of the table. ``value`` is a median or the one figure there is; times are in milliseconds.

    ``aim`` is met from below, or from above where more is better; with ``aim_at_p95`` it is for nearly everybody.
    """

    name: str
    database: str
    value: float
    unit: str = "ms"
    p95: float | None = None
    statements: float | None = None
    commits: float | None = None
    times: int = 1
    aim: float | None = None
    more_is_better: bool = False
    aim_at_p95: bool = False

    @property
    def reached(self) -> bool | None:
        """Say whether the aim is met; ``None`` where there is none."""
        if self.aim is None:
            return None
        found = self.p95 if self.aim_at_p95 and self.p95 is not None else self.value
        return found >= self.aim if self.more_is_better else found <= self.aim

    def as_json(self) -> dict[str, Any]:
        """Return the figure as plain data."""
        return {**asdict(self), "reached": self.reached}


@dataclass(frozen=True, slots=True)
class Cost:
    """What one try cost: seconds, statements, commits."""

    seconds: float
    statements: int = 0
    commits: int = 0


def figure(
    name: str, database: str, costs: Iterable[Cost], *, aim: float | None = None, aim_at_p95: bool = False
) -> Figure:
    """Return the median, the 95th percentile and the usual work of many tries."""
    found = list(costs)
    times = [c.seconds * 1000 for c in found]
    return Figure(
        name,
        database,
        value=median(times),
        p95=quantiles(times, n=20, method="inclusive")[-1],
        statements=median(c.statements for c in found),
        commits=median(c.commits for c in found),
        times=len(found),
        aim=aim,
        aim_at_p95=aim_at_p95,
    )


def cost_of(work: Callable[[], Any]) -> Cost:
    """Do ``work`` once and return what it cost."""
    with timing.counting() as tally:
        began = perf_counter()
        work()
        seconds = perf_counter() - began
    return Cost(seconds, tally.statements, tally.commits)


def tried(times: int, work: Callable[[], Any], *, warm: int = 5) -> list[Cost]:
    """Do ``work`` some times to warm up, then ``times`` times for the record."""
    return each(range(times + warm), lambda _: work(), warm=warm)


def each(
    things: Iterable[Any],
    work: Callable[[Any], Any],
    *,
    ready: Callable[[Any], Any] = lambda thing: thing,
    warm: int = 5,
) -> list[Cost]:
    """Do ``work`` with each thing and return what it cost; making it ``ready`` before, and the first few, cost nothing."""
    gc.collect()
    costs = []
    for thing in things:
        prepared = ready(thing)
        costs.append(cost_of(lambda: work(prepared)))  # noqa: B023 - called at once
    return costs[warm:]
