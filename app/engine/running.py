# mypy: disallow-untyped-calls=False
"""Moving a case: each function takes a position and returns a new one, or raises and leaves everything as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from app.engine.data import Data, checked
from app.engine.errors import EngineError, NothingWaits, StepFailed
from app.engine.positions import Position, Running, described, parse, put_down, wake
from app.engine.specs import Awaited
from app.engine.versions import ProcessVersion

Operate = Callable[[str, Data], Data]


def start(version: ProcessVersion, data: Data, operate: Operate) -> Position:
    """Return the first position of a new case. Raises ``DataRefused``, ``StepFailed``."""
    return settled(Running(version, operate, checked(data)))


def complete(version: ProcessVersion, saved: str, task_id: str, answers: Data, operate: Operate) -> Position:
    """Return the position after the step ``task_id`` is done. Raises ``NothingWaits`` where it is not to be done."""
    case = wake(version, parse(version, saved), operate)
    finish(case, task_id, answers)
    return settled(case)


def lapse(version: ProcessVersion, saved: str, rule: str, operate: Operate) -> Position:
    """Return the position after the period ``rule`` has run out. Raises ``NothingWaits`` where no timer waits for it."""
    case = wake(version, parse(version, saved), operate)
    happen(case, "timer", rule, {})
    return settled(case)


def act(version: ProcessVersion, saved: str, name: str, data: Data, operate: Operate) -> Position:
    """Return the position after the act ``name``. Raises ``NothingWaits`` outside its window."""
    case = wake(version, parse(version, saved), operate)
    happen(case, "act", name, data)
    return settled(case)


def look(version: ProcessVersion, saved: str) -> Position:
    """Return what a saved position says; nothing moves."""
    return described(version, parse(version, saved), saved)


# -- a case in motion --------------------------------------------------------------------------------------------------


def finish(case: Running, task_id: str, answers: Data) -> None:
    """Take the answers of a step and mark it done."""
    task = next((t for t in case.all_tasks() if t.id.hex == task_id and t.state == TaskState.READY), None)
    if task is None:
        raise NothingWaits("这一步已经办理或不再需要办理")
    case.learn(answers)
    _take(task)


def happen(case: Running, kind: str, name: str, data: Data) -> None:
    """Fire every event that now waits for ``name``. Events that start waiting during this call are not fired."""
    due = [t for t in case.all_tasks() if t.state == TaskState.WAITING and _awaits(t, kind, name)]
    if not due:
        raise NothingWaits("没有步骤在等待“%(name)s”", name=name)
    case.learn(data)
    for task in due:
        task.internal_data["event_fired"] = True
        task.task_spec._update(task)


def settled(case: Running) -> Position:
    """Run all that goes by itself, and return where the case then stands."""
    # One step at a time, asked anew each time: a step may cancel others that were ready a moment ago.
    while (task := _next(case)) is not None:
        _take(task)
    return described(case.version, put_down(case), None)


def _next(case: Running) -> Task | None:
    return next((t for t in case.all_tasks() if t.state == TaskState.READY and not t.task_spec.manual), None)


def _awaits(task: Task, kind: str, name: str) -> bool:
    awaited = getattr(task.task_spec, "event_definition", None)
    return isinstance(awaited, Awaited) and (awaited.kind, awaited.name) == (kind, name)


def _take(task: Task) -> None:
    spec: Any = task.task_spec
    element = getattr(spec, "bpmn_id", None) or spec.name
    try:
        task.run()
    except EngineError:
        raise
    except Exception as bad:
        title = getattr(spec, "bpmn_name", None) or element
        raise StepFailed(element, "“%(title)s”没有办成：%(error)s", bad, title=title, error=str(bad)) from bad
