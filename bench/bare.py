"""The floor: an engine step alone, the rows of one completed task alone, then the service that does both."""

from __future__ import annotations

import os
import re
import secrets
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import delete, event, insert, select, update

from app import clock, engine
from app.models import Case, Draft, Event, Submission, Task, User
from app.services import attempts
from bench import forms
from bench.figures import Figure, each, figure, tried
from bench.house import PROCESSES, ROOT, House
from bench.register import Round, measure

# What the operations of the mediation diagram would say of a request that is ours and in order.
COMPETENT: engine.Data = {
    "right_type": "design",
    "dispute_kind": "infringement",
    "major": False,
    "competence": None,
    "authority": None,
}
STEPS: tuple[tuple[str, Path, engine.Data, engine.Data], ...] = (
    ("mediation", ROOT / "workflows" / "mediation", COMPETENT, {"check": "accept"}),
    ("two-task", PROCESSES / "two-task", {}, {}),
    ("loop", PROCESSES / "loop", {"again": None}, {"again": True}),
)


@measure("engine")
def engine_step(asked: Round) -> Iterator[Figure]:
    """Load a position, take one step, save it; no database."""
    for name, folder, start, answers in STEPS:
        yield figure(f"engine step: {name}", asked.database, tried(asked.times(500), _step(folder, start, answers)))


def _step(folder: Path, start: engine.Data, answers: engine.Data) -> Callable[[], engine.Position]:
    files = engine.read_folder(folder)
    version = engine.version(engine.digest(files), lambda: files)
    position = engine.start(version, start, _nothing)
    task_id = position.ready[0].id
    return lambda: engine.complete(version, position.saved, task_id, answers, _nothing)


def _nothing(_name: str, _data: engine.Data) -> engine.Data:
    return {}


@measure("disk")
def disk(asked: Round) -> Iterator[Figure]:
    """Let the disk confirm eight kilobytes: no commit can be faster than that."""
    with tempfile.TemporaryFile() as file:

        def write() -> None:
            file.write(bytes(8192))
            file.flush()
            os.fdatasync(file.fileno())

        yield figure("disk: one fdatasync", asked.database, tried(asked.times(100), write))


@measure("rows")
def one_completion(asked: Round) -> Iterator[Figure]:
    """Write the rows of one completed task and nothing else; then let the service do it."""
    with asked.site.house(asked.database) as house:
        _insist_on_the_same_rows(house)
        times = asked.times(200) + 5
        tasks = [opened(house) for _ in range(2 * times)]
        rows = each(tasks[:times], lambda r: _write(house, r), ready=lambda i: _rows_of(house, i))
        yield figure("bare transaction of the rows of one completion", house.name, rows)
        done = each(tasks[times:], lambda given: _complete(house, *given), ready=lambda i: (i, _clerk(house)))
        yield figure("service: complete", house.name, done)
        begun = each(range(times), lambda by: _open(house, by), ready=lambda _: _clerk(house))
        yield figure("service: create and start", house.name, begun)


def opened(house: House, process: str = "two_task") -> int:
    """Open a case and return the id of its first task."""
    case = _open(house, _clerk(house), process)
    return int(house.session.scalars(select(Task.id).where(Task.case_id == case.id)).one())


def _clerk(house: House) -> User:
    return house.person(house.clerks[0])


def _open(house: House, by: User, process: str = "two_task") -> Case:
    case: Case = attempts.carry_out(house.session, "open", process, forms.START, secrets.token_hex(16), by=by)
    return case


def _complete(house: House, task_id: int, by: User) -> None:
    attempts.carry_out(house.session, "complete", task_id, forms.EIGHT, by=by)


# -- the same rows, by hand --------------------------------------------------------------------------------------------

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rows:
    """What a completion starts from, as plain values."""

    task: Row
    case: Row
    event: Row
    by_id: int


def _rows_of(house: House, task_id: int) -> Rows:
    session = house.session
    task = session.execute(select(Task.__table__).where(Task.id == task_id)).mappings().one()
    case = session.execute(select(Case.__table__).where(Case.id == task["case_id"])).mappings().one()
    event = session.execute(select(Event.__table__).where(Event.case_id == case["id"])).mappings().one()
    session.rollback()
    return Rows(dict(task), dict(case), dict(event), house.clerks[0])


def _write(house: House, rows: Rows) -> None:
    """Lock the case; write the submission, the event, the task that is done, the next one, the case; commit."""
    session, now, task, case = house.session, clock.now(), rows.task, rows.case
    session.execute(select(Case.id).where(Case.id == case["id"]).with_for_update())
    answer = {"case_id": case["id"], "task_id": task["id"], "form": task["form"], "by_id": rows.by_id, "at": now}
    session.execute(insert(Submission).values(**answer, answers=forms.EIGHT))
    session.execute(insert(Event).values(**_anew(rows.event, seq=2)))
    session.execute(update(Task).where(Task.id == task["id"]).values(state="done", done_at=now, done_by_id=rows.by_id))
    session.execute(insert(Task).values(**_anew(task, engine_id=task["engine_id"][::-1], key="bench_three")))
    session.execute(update(Case).where(Case.id == case["id"]).values(position=case["position"], version=2))
    session.execute(delete(Draft).where(Draft.user_id == rows.by_id, Draft.scope == f"task:{task['id']}"))
    session.commit()


def _anew(row: Row, **changes: Any) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "id"} | changes


def _insist_on_the_same_rows(house: House) -> None:
    """Refuse to compare two things that do not write the same rows."""
    task, other = opened(house), opened(house)
    by = _clerk(house)
    with _writes(house) as by_service:
        _complete(house, task, by)
    rows = _rows_of(house, other)
    with _writes(house) as by_hand:
        _write(house, rows)
    assert sorted(by_service) == sorted(by_hand), f"the service writes {by_service}, the floor {by_hand}"


@contextmanager
def _writes(house: House) -> Iterator[list[str]]:
    """Collect what is written in the block: verb and table of each statement."""
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, text: str, *_rest: Any) -> None:
        if written := re.match(r"(INSERT INTO|UPDATE|DELETE FROM) \S+", text):
            found.append(written[0])

    engine = house.session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)
