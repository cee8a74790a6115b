"""The inbox, with few and with very many tasks in the queues of the office."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from bench.client import Answer, Client
from bench.figures import Cost, Figure, figure
from bench.filling import NAMES, fill_tasks, settle
from bench.house import PASSWORD, House
from bench.register import Round, measure

SIZES = (1_000, 100_000, 1_000_000)
QUICK = (1_000, 10_000)
LIST = "/api/v1/tasks?queue=group&limit=10"
PAGE = "/workbench?queue=group"


@measure("queue")
def one_long_queue(asked: Round) -> Iterator[Figure]:
    """Ten rows of a queue in which two thousand tasks wait for the group."""
    with asked.site.house(asked.database) as house:
        fill_tasks(house, 1, 2_000, [("intake_clerk", house.units[0])])
        settle(house)
        with house.served() as server:
            [token] = house.tokens(house.clerks[:1])
            with server.client(token) as client:
                answers = _asked(client, LIST, asked.times(300), rows=10)
        yield figure("inbox, API: 10 of 2,000 group tasks", house.name, _costs(answers), aim=4)


@measure("inbox")
def many_tasks(asked: Round) -> Iterator[Figure]:
    """First pages of somebody with one queue and of somebody with three, while the office fills up."""
    filled = 0
    with asked.site.house(asked.database) as house:
        for size in QUICK if asked.quick else SIZES:
            fill_tasks(house, filled + 1, size)
            filled = size
            settle(house)
            yield from _at(house, size, asked.times(100))


def _at(house: House, size: int, times: int) -> Iterator[Figure]:
    aim = 30 if size == SIZES[-1] else None
    people = ((house.clerks[0], f"clerk{house.units[0]}", "1 queue"), (house.head, "head", "3 queues"))
    with house.served() as server:
        for person, username, whose in people:
            [token] = house.tokens([person])
            with server.client(token) as client:
                listed = _costs(_asked(client, LIST, times, rows=10))
                sought = _costs(_asked(client, f"{LIST}&text={quote(NAMES[-1])}", times, rows=10))
                missed = _costs(_asked(client, f"{LIST}&text=nobody", times))
            yield figure(f"inbox, API: {size:,} open, {whose}", house.name, listed, aim=aim, aim_at_p95=True)
            yield figure(
                f"inbox, API: {size:,} open, {whose}, text found", house.name, sought, aim=aim, aim_at_p95=True
            )
            yield figure(f"inbox, API: {size:,} open, {whose}, text not found", house.name, missed)
            with server.client() as browser:
                browser.signs_in(username, PASSWORD)
                shown = _costs(_asked(browser, PAGE, times))
            yield figure(f"inbox, page: {size:,} open, {whose}", house.name, shown, aim=aim, aim_at_p95=True)


def _asked(client: Client, path: str, times: int, rows: int = 0) -> list[Answer]:
    answers = [client.get(path) for _ in range(times + 10)][10:]
    assert all(a.status == 200 for a in answers), answers[0].body.decode()[:500]
    assert not rows or len(answers[0].json["items"]) == rows
    return answers


def _costs(answers: list[Answer]) -> list[Cost]:
    return [Cost(a.seconds, *a.work) for a in answers]
