"""What a worker costs before it does anything: how long it takes to start, how much memory it has."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from bench import forms
from bench.figures import Figure
from bench.house import Server
from bench.register import Round, measure

MEGABYTE = 2**20


@measure("worker")
def start_and_memory(asked: Round) -> Iterator[Figure]:
    """Start the server, work a little, look at the worker."""
    with asked.site.house(asked.database) as house:
        starts = []
        for _ in range(1 if asked.quick else 3):
            with house.served() as server:
                starts.append(server.started_in)
        with house.served() as server:
            [token] = house.tokens(house.clerks[:1])
            _work(server, token, asked.times(100))
            [(pss, rss)] = server.memory()
    yield Figure("start of a worker, to its first answer", asked.database, median(starts), "s", times=len(starts))
    yield Figure("memory of a worker: PSS", asked.database, pss / MEGABYTE, "MB", aim=150)
    yield Figure("memory of a worker: RSS", asked.database, rss / MEGABYTE, "MB")


def _work(server: Server, token: str, times: int) -> None:
    with server.client(token) as client:
        for _ in range(times):
            opened = client.post("/cases", {"process": "two_task", "answers": forms.START}, expects=201).json
            client.post(f"/tasks/{opened['tasks'][0]['id']}/complete", {"answers": forms.EIGHT})
            client.get("/api/v1/tasks?queue=group&limit=10")
