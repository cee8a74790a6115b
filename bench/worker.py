"""What a worker and the jobs cost: how long a worker takes to start, how much memory each has after some use."""

from __future__ import annotations

import time
from collections.abc import Iterator
from statistics import median

from sqlalchemy import func, select

from app.commands import workflows
from app.models import Document, db
from app.services import processes
from bench import forms
from bench.figures import Figure
from bench.house import PASSWORD, PATIENCE, ROOT, House, Server
from bench.register import Round, measure
from tests.flows.office import Office, build

MEGABYTE = 2**20
USES = 200
LETTERS = 50


@measure("worker")
def start_and_memory(asked: Round) -> Iterator[Figure]:
    """Start the server, use it, look at the worker."""
    with asked.site.house(asked.database) as house:
        starts = []
        for _ in range(1 if asked.quick else 3):
            with house.served() as server:
                starts.append(server.started_in)
        office = _office(house)
        case_id = office.files().id
        with house.served() as server:
            [token] = house.tokens(house.clerks[:1])
            _use(server, token, office.clerk.username, case_id)
            [(pss, rss)] = server.memory()
    yield Figure("start of a worker, to its first answer", asked.database, median(starts), "s", times=len(starts))
    yield Figure(f"memory of a worker after {USES} rounds: PSS", asked.database, pss / MEGABYTE, "MB", aim=150)
    yield Figure(f"memory of a worker after {USES} rounds: RSS", asked.database, rss / MEGABYTE, "MB")


def _use(server: Server, token: str, username: str, case_id: int) -> None:
    """Open a case, do its first task, look at the queue over the API; look at the queue and at a mediation as pages."""
    with server.client(token) as client, server.client() as browser:
        browser.signs_in(username, PASSWORD)
        for _ in range(USES):
            opened = client.post("/cases", {"process": "two_task", "answers": forms.START}, expects=201).json
            client.post(f"/tasks/{opened['tasks'][0]['id']}/complete", {"answers": forms.EIGHT})
            client.get("/api/v1/tasks?queue=group&limit=10")
            for page in ("/workbench?queue=group", f"/cases/{case_id}"):
                answer = browser.get(page)
                assert answer.status == 200, f"{page}: {answer.status}"


@measure("consumer")
def memory_of_the_jobs(asked: Round) -> Iterator[Figure]:
    """Let the jobs set letters, look at their process; Typst runs in others that are gone by then."""
    with asked.site.house(asked.database) as house:
        _issue(house)
        with house.consuming() as jobs:
            until = time.monotonic() + LETTERS * PATIENCE
            while (left := _unset(house)) and jobs.poll() is None and time.monotonic() < until:
                time.sleep(0.5)
            assert not left, f"{left} letters are not set"
            memory = jobs.memory_full_info()
    yield Figure(f"memory of the jobs after {LETTERS} letters: PSS", asked.database, memory.pss / MEGABYTE, "MB")
    yield Figure(f"memory of the jobs after {LETTERS} letters: RSS", asked.database, memory.rss / MEGABYTE, "MB")


def _issue(house: House) -> None:
    """File requests for mediation; each brings two letters about."""
    office = _office(house)
    for _ in range(LETTERS // 2):
        office.files()
    assert _unset(house) == LETTERS


def _office(house: House) -> Office:
    """Return a small office that mediates."""
    processes.publish_folders(house.session, ROOT / "workflows", workflows.wiring())
    return build(house.app, house.session)


def _unset(house: House) -> int:
    db.session.remove()
    waiting = select(func.count()).select_from(Document).where(Document.issued, Document.file_id.is_(None))
    found = house.session.scalar(waiting) or 0
    db.session.remove()
    return found
