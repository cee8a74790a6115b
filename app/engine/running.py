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
    return _moved(Running(version, operate, checked(data)))


def complete(version: ProcessVersion, saved: str, task_id: str, answers: Data, operate: Operate) -> Position:
    """Return the position after the step ``task_id`` is done. Raises ``NothingWaits`` where it is not to be done."""
    case = wake(version, parse(version, saved), operate)
    task = next((t for t in case.all_tasks() if t.id.hex == task_id and t.state == TaskState.READY), None)
    if task is None:
        raise NothingWaits("这一步已经办理或不再需要办理")
    case.learn(answers)
    _take(task)
    return _moved(case)


def lapse(version: ProcessVersion, saved: str, rule: str, operate: Operate) -> Position:
    """Return the position after the period ``rule`` has run out. Raises ``NothingWaits`` where no timer waits for it."""
    case = wake(version, parse(version, saved), operate)
    _fire(case, "timer", rule)
    return _moved(case)


def act(version: ProcessVersion, saved: str, name: str, data: Data, operate: Operate) -> Position:
    """Return the position after the act ``name``. Raises ``NothingWaits`` outside its window."""
    case = wake(version, parse(version, saved), operate)
    case.learn(data)
    _fire(case, "act", name)
    return _moved(case)


def look(version: ProcessVersion, saved: str) -> Position:
    """Return what a saved position says; nothing moves."""
    return described(version, parse(version, saved), saved, ())


def _fire(case: Running, kind: str, name: str) -> None:
    """Let everything happen that waits for ``name`` now. What comes to wait for it later waits for the next time."""
    due = [t for t in case.all_tasks() if t.state == TaskState.WAITING and _awaits(t, kind, name)]
    if not due:
        raise NothingWaits("没有步骤在等待“%(name)s”", name=name)
    for task in due:
        task.internal_data["event_fired"] = True
        task.task_spec._update(task)


def _awaits(task: Task, kind: str, name: str) -> bool:
    awaited = getattr(task.task_spec, "event_definition", None)
    return isinstance(awaited, Awaited) and (awaited.kind, awaited.name) == (kind, name)


def _moved(case: Running) -> Position:
    # One step at a time, asked anew each time: a step may cancel others that were ready a moment ago.
    while (task := next((t for t in case.all_tasks() if t.state == TaskState.READY and not t.task_spec.manual), None)) is not None:
        _take(task)
    return described(case.version, put_down(case), None, tuple(case.trail))


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
