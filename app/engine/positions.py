# mypy: disallow-subclassing-any=False, disallow-untyped-calls=False
"""A position: the tokens of a case and its facts, as text. Waking it makes a running case again; nothing of its past is needed.

The text is JSON: ``digest`` of the version, ``facts``, ``turns`` of each node entered, ``outcome``, and ``tokens``. A token
has its ``id``, the node it is ``at``, its ``state``, the node it came ``from`` (what a join asks), the boundary ``events``
that wait beside it, and the tokens ``in`` the scope that it has called.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin, BoundaryEventSplit, _EndJoin
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from app.engine import expressions
from app.engine.data import Data, Value, checked
from app.engine.errors import EngineError, StepFailed
from app.engine.specs import InclusiveGateway
from app.engine.versions import ProcessVersion

STATES = {"waiting": TaskState.WAITING, "ready": TaskState.READY, "started": TaskState.STARTED}
NAMES = {state: name for name, state in STATES.items()}


@dataclass(frozen=True, slots=True)
class Ready:
    """A step that somebody has to do; ``form`` is its form key, ``lane`` the Chinese name of the role.

    ``turn`` says how often the step has been entered in this case, this time included.
    """

    id: str
    key: str
    title: str
    title_en: str
    lane: str
    form: str
    properties: Mapping[str, str]
    turn: int


@dataclass(frozen=True, slots=True)
class Wait:
    """What is waited for: a deadline rule or an act, by ``name``. ``host`` is the step a boundary event sits on."""

    key: str
    kind: Literal["timer", "act"]
    name: str
    host: str | None


@dataclass(frozen=True, slots=True)
class Position:
    """Where a case stands: ``saved`` goes to the database, the rest is what it says.

    ``inside`` are the calls of the parts that are being worked in; ``outcome`` is the id of the end event reached last.
    """

    saved: str
    ready: tuple[Ready, ...]
    waits: tuple[Wait, ...]
    inside: tuple[str, ...]
    ended: bool
    outcome: str | None
    data: Data


class _Conditions:
    """What SpiffWorkflow asks to evaluate the condition of a flow."""

    def evaluate(self, task: Task, expression: str, external_context: object = None) -> bool:
        spec, case = task.task_spec, task.workflow.top_workflow
        title = spec.bpmn_name or spec.bpmn_id
        try:
            return expressions.compiled(expression).holds(case.facts)
        except expressions.EmptyName as empty:
            raise StepFailed(
                spec.bpmn_id, "“%(title)s”无法判断：“%(field)s”还没有填写", empty, title=title, field=empty.name
            ) from empty
        except Exception as bad:
            raise StepFailed(spec.bpmn_id, "“%(title)s”无法判断：%(error)s", bad, title=title, error=str(bad)) from bad


class _Quiet:
    """Waiting tokens are woken by what they wait for; only joins that look at other tokens are asked again when those move."""

    tasks: dict[UUID, Task]

    def update_waiting_tasks(self) -> None:
        for task in list(self.tasks.values()):
            if task.state == TaskState.WAITING and isinstance(task.task_spec, (InclusiveGateway, _EndJoin)):
                task.task_spec._update(task)


class _Part(_Quiet, BpmnSubWorkflow):
    """A called scope of a running case."""


class Running(_Quiet, BpmnWorkflow):
    """A case in motion: its facts, its turns, and what it passed since it was woken."""

    def __init__(self, version: ProcessVersion, operate: Any, facts: Data, *, deserializing: bool = False) -> None:
        self.version = version
        self.operate = operate
        self.facts: dict[str, Value] = dict(facts)
        self.turns: dict[str, int] = {}
        self.outcome: str | None = None
        specifications = version.specifications
        super().__init__(
            specifications[version.key], specifications, script_engine=_Conditions(), deserializing=deserializing
        )

    def create_subprocess(self, my_task: Task, spec_name: str) -> _Part:
        """Return the called scope, of our own kind."""
        part = _Part(self.subprocess_specs[spec_name], parent_task_id=my_task.id, top_workflow=self)
        self.subprocesses[my_task.id] = part
        return part

    def learn(self, facts: Mapping[str, object]) -> None:
        """Add facts. Raises ``DataRefused`` for what is not plain data."""
        self.facts.update(checked(facts))

    def all_tasks(self) -> Iterator[Task]:
        """Return the tasks of the case and of the scopes it is in."""
        yield from self.tasks.values()
        for part in self.subprocesses.values():
            yield from part.tasks.values()


# -- putting down and waking -------------------------------------------------------------------------------------------


def put_down(case: Running) -> dict[str, Any]:
    """Return the position of a case at rest."""
    return {
        "digest": case.version.digest,
        "ended": case.completed,
        "outcome": case.outcome,
        "turns": case.turns,
        "facts": case.facts,
        "tokens": [] if case.completed else list(_tokens(case, case)),
    }


def _tokens(case: Running, part: Any) -> Iterator[dict[str, Any]]:
    for task in part.tasks.values():
        if task.state not in NAMES or isinstance(task.task_spec, (BoundaryEventJoin, _EndJoin)):
            continue
        if not _is_beside_host(task):
            yield _token(case, task)


def _is_beside_host(task: Task) -> bool:
    return isinstance(task.task_spec, BoundaryEvent) and isinstance(task.parent.task_spec, BoundaryEventSplit)


def _token(case: Running, task: Task) -> dict[str, Any]:
    parent = task.parent
    token: dict[str, Any] = {
        "id": task.id.hex,
        "at": task.task_spec.name,
        "state": NAMES[task.state],
        "from": parent.task_spec.name,
    }
    if isinstance(parent.task_spec, BoundaryEventSplit):
        beside = [t for t in parent.children if t is not task and t.state == TaskState.WAITING]
        token["events"] = [{"id": t.id.hex, "at": t.task_spec.name} for t in beside]
    if task.id in case.subprocesses:
        token["in"] = list(_tokens(case, case.subprocesses[task.id]))
    return token


def wake(version: ProcessVersion, position: Mapping[str, Any], operate: Any) -> Running:
    """Return the case in motion from where it stood."""
    case = Running(version, operate, position["facts"], deserializing=True)
    case.turns = dict(position["turns"])
    case.outcome = position["outcome"]
    case.completed = position["ended"]
    _plant(case, case, position["tokens"])
    return case


def _plant(case: Running, part: Any, tokens: list[dict[str, Any]]) -> None:
    part.task_tree = Task(part, part.spec.start, state=TaskState.COMPLETED)
    for token in tokens:
        specs = part.spec.task_specs
        parent = Task(part, specs[token["from"]], parent=part.task_tree, state=TaskState.COMPLETED)
        task = Task(part, specs[token["at"]], parent=parent, state=STATES[token["state"]], id=UUID(token["id"]))
        for event in token.get("events", ()):
            Task(part, specs[event["at"]], parent=parent, state=TaskState.WAITING, id=UUID(event["id"]))
        if "in" in token:
            _plant_part(case, task, token["in"])


def _plant_part(case: Running, task: Task, tokens: list[dict[str, Any]]) -> None:
    part = _Part(
        case.subprocess_specs[task.task_spec.spec], parent_task_id=task.id, top_workflow=case, deserializing=True
    )
    case.subprocesses[task.id] = part
    part.completed_event.connect(task.task_spec._on_subworkflow_completed, task)
    _plant(case, part, tokens)


# -- text and values ---------------------------------------------------------------------------------------------------


def parse(version: ProcessVersion, saved: str) -> dict[str, Any]:
    """Return the position in ``saved``. Raises ``EngineError`` where it belongs to another version."""
    position: dict[str, Any] = json.loads(saved)
    if position["digest"] != version.digest:
        raise EngineError("案件的流程位置属于另一个流程版本")
    return position


def described(version: ProcessVersion, position: Mapping[str, Any], saved: str | None) -> Position:
    """Return what a position says; its text is made unless it is at hand as ``saved``."""
    if saved is None:
        saved = json.dumps(position, ensure_ascii=False, separators=(",", ":"))
    tokens = list(_every(position["tokens"]))
    return Position(
        saved=saved,
        ready=tuple(_ready(version, t, position["turns"]) for t in tokens if t["state"] == "ready"),
        waits=tuple(_waits(version, tokens)),
        inside=tuple(t["at"] for t in tokens if "in" in t),
        ended=position["ended"],
        outcome=position["outcome"],
        data=position["facts"],
    )


def _every(tokens: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for token in tokens:
        yield token
        yield from _every(token.get("in", []))


def _ready(version: ProcessVersion, token: Mapping[str, Any], turns: Mapping[str, int]) -> Ready:
    node = version.nodes[token["at"]]
    rest = {k: v for k, v in node.properties.items() if k not in ("en", "form")}
    form = node.properties.get("form", node.id)
    return Ready(token["id"], node.id, node.name, node.name_en, node.lane or "", form, rest, turns[node.id])


def _waits(version: ProcessVersion, tokens: list[dict[str, Any]]) -> Iterator[Wait]:
    for token in tokens:
        for at in (token["at"], *(e["at"] for e in token.get("events", ()))):
            node = version.elements[at]
            if node.waits_for is not None:
                kind: Literal["timer", "act"] = "timer" if node.event == "timer" else "act"
                yield Wait(node.id, kind, node.waits_for, node.attached_to)
