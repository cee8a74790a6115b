"""The same over HTTP, through the API of the product's own server: one request at a time, then as fast as it goes."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter, process_time
from typing import Any

from sqlalchemy import select

from app.models import Task, db
from bench import forms
from bench.client import Answer, Client
from bench.figures import Cost, Figure, figure
from bench.house import House, Server
from bench.register import Round, measure

CLIENTS = 4
TURNS = (5, 20, 50, 100)


@measure("http")
def one_at_a_time(asked: Round) -> Iterator[Figure]:
    """One worker, one kept connection: open a case, do its first task."""
    with asked.site.house(asked.database) as house, house.served() as server:
        [token] = house.tokens(house.clerks[:1])
        with server.client(token) as client:
            opened, done = [], []
            for _ in range(asked.times(300) + 10):
                opened.append(_open(client))
                done.append(_complete(client, _task(opened[-1]), forms.EIGHT))
    costs = [_cost(a) for a in done[10:]]
    yield figure("HTTP: complete a task", asked.database, costs, aim=6.5)
    yield Figure("  its statements", asked.database, max(c.statements for c in costs), "", aim=15)
    yield Figure("  its commits", asked.database, max(c.commits for c in costs), "", aim=1)
    yield figure("HTTP: create and start", asked.database, [_cost(a) for a in opened[10:]], aim=6.5)


@measure("throughput")
def whole_cases(asked: Round) -> Iterator[Figure]:
    """Four clients, each a clerk of another unit: open a case, do its first task, find the next in the queue, do it."""
    for workers, aim in ((1, 35), (2, 60)):
        with asked.site.house(asked.database) as house, house.served(workers) as server:
            rate, busy = _rate(house, server, 3 if asked.quick else 15)
        name = f"whole two-task cases a second: {workers} worker{'s' if workers > 1 else ''}, {CLIENTS} clients"
        yield Figure(name, asked.database, rate, "/s", aim=aim, more_is_better=True)
        yield Figure(f"  what the clients take of a core beside {workers}", asked.database, busy * 100, "%")


def _rate(house: House, server: Server, seconds: float) -> tuple[float, float]:
    """Return how many cases were done in a second, and how much of a processor the clients themselves needed."""
    tokens = house.tokens(house.clerks[:CLIENTS])
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(lambda token: _cases_until(server, token, perf_counter() + 1), tokens))
        gc.collect()
        began, spent = perf_counter(), process_time()
        done = sum(pool.map(lambda token: _cases_until(server, token, began + seconds), tokens))
        took = perf_counter() - began
        return done / took, (process_time() - spent) / took


def _cases_until(server: Server, token: str, end: float) -> int:
    done = 0
    with server.client(token) as client:
        while perf_counter() < end:
            _complete(client, _task(_open(client)), forms.EIGHT)
            [following] = client.get("/api/v1/tasks?queue=group&sort=opened&limit=1").json["items"]
            _complete(client, following["id"], forms.THREE)
            done += 1
    return done


@measure("loop")
def turns(asked: Round) -> Iterator[Figure]:
    """Take a loop to its hundredth turn, which should cost what the fifth did."""
    costs: dict[int, list[Cost]] = {turn: [] for turn in TURNS}
    with asked.site.house(asked.database) as house, house.served() as server:
        [token] = house.tokens(house.clerks[:1])
        with server.client(token) as client:
            for _ in range(2 if asked.quick else 20):
                _turn(house, client, costs)
    figures = [figure(f"HTTP: turn {turn} of a loop", asked.database, costs[turn]) for turn in TURNS]
    yield from figures
    yield Figure("  turn 100 to turn 5", asked.database, figures[-1].value / figures[0].value, "×", aim=1.5)


def _turn(house: House, client: Client, costs: dict[int, list[Cost]]) -> None:
    opened = _open(client, "loop").json
    for turn in range(2, TURNS[-1] + 1):  # the first turn begins with the case
        answer = _complete(client, _open_task(house, opened["id"]), {"again": True})
        if turn in costs:
            costs[turn].append(_cost(answer))


def _open_task(house: House, case_id: int) -> int:
    db.session.remove()
    task = house.session.scalars(select(Task.id).where(Task.case_id == case_id, Task.state == "open")).one()
    db.session.remove()
    return int(task)


def _open(client: Client, process: str = "two_task") -> Answer:
    return client.post("/cases", {"process": process, "answers": forms.START}, expects=201)


def _task(answer: Answer) -> int:
    [task] = answer.json["tasks"]
    return int(task["id"])


def _complete(client: Client, task_id: int, answers: dict[str, Any]) -> Answer:
    return client.post(f"/tasks/{task_id}/complete", {"answers": answers})


def _cost(answer: Answer) -> Cost:
    return Cost(answer.seconds, *answer.work)
