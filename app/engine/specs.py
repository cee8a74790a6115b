# mypy: disallow-subclassing-any=False, disallow-untyped-calls=False
"""Node behaviour on top of SpiffWorkflow's, changed so that a position can be saved without its past.

SpiffWorkflow decides joins by looking back through the tree of finished tasks, draws likely futures ahead, and copies the
data from task to task. Here a join looks only at the tokens that wait at it, a node's children are made when it is
completed, and the facts belong to the case. So the live tokens and the facts are the whole position (decision 0001).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.bpmn.specs.event_definitions.base import EventDefinition
from SpiffWorkflow.bpmn.specs.mixins import (
    BoundaryEventMixin,
    BpmnSpecMixin,
    CallActivityMixin,
    EndEventMixin,
    ExclusiveGatewayMixin,
    InclusiveGatewayMixin,
    IntermediateCatchEventMixin,
    IntermediateThrowEventMixin,
    ManualTaskMixin,
    ParallelGatewayMixin,
    StartEventMixin,
    SubWorkflowTaskMixin,
    UserTaskMixin,
)
from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from app.engine.decisions import DecisionTable, NoDecision
from app.engine.errors import StepFailed, TooManyTurns

if TYPE_CHECKING:
    from app.engine.positions import Running

MOST_TURNS = 100
LIVE = TaskState.FUTURE | TaskState.WAITING | TaskState.READY | TaskState.STARTED
AHEAD = TaskState.FUTURE | TaskState.PREDICTED_MASK


def running(task: Task) -> Running:
    """Return the case that ``task`` is part of, whatever the depth of calls."""
    found: Running = task.workflow.top_workflow
    return found


class Drawn(TaskSpec):
    """A node of the diagram: counts its turns, and makes its children only when it is completed."""

    def _predict(self, my_task: Task, *args: object, **kwargs: object) -> None:
        """Draw nothing ahead: what might follow is not part of a position."""

    def _on_ready_hook(self, my_task: Task) -> None:
        count_turn(my_task)
        super()._on_ready_hook(my_task)

    def _on_complete_hook(self, my_task: Task) -> None:
        self._follow(my_task)
        super()._on_complete_hook(my_task)

    def _follow(self, my_task: Task) -> None:
        my_task._sync_children(self.outputs, TaskState.FUTURE)
        for child in my_task.children:
            child.task_spec._predict(child, mask=AHEAD)


def count_turn(task: Task) -> None:
    """Count that the node is entered. Raises ``TooManyTurns``."""
    key = task.task_spec.bpmn_id
    turns = running(task).turns
    if turns.get(key, 0) >= MOST_TURNS:
        raise TooManyTurns(key, task.task_spec.bpmn_name or key, MOST_TURNS)
    turns[key] = turns.get(key, 0) + 1


class Awaited(EventDefinition):
    """What a timer or a signal event waits for: a deadline rule or an act, by name. Only the caller can make it happen."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(name)
        self.kind = kind


class UserTask(Drawn, UserTaskMixin, BpmnSpecMixin):
    """A step that a person does."""


class ManualTask(Drawn, ManualTaskMixin, BpmnSpecMixin):
    """A step that a person does outside the system and reports as done."""


class ServiceTask(Drawn, BpmnSpecMixin):
    """An operation of the application, called by the name it has on the allow-list."""

    def __init__(self, wf_spec: Any, bpmn_id: str, operation: str, **kwargs: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.operation = operation

    def _run_hook(self, my_task: Task) -> bool:
        case = running(my_task)
        case.learn(case.operate(self.operation, dict(case.facts)))
        return True


class BusinessRuleTask(Drawn, BpmnSpecMixin):
    """A decision table; its outputs become facts of the case."""

    def __init__(self, wf_spec: Any, bpmn_id: str, table: DecisionTable, **kwargs: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.table = table

    def _run_hook(self, my_task: Task) -> bool:
        case = running(my_task)
        try:
            case.learn(self.table.decide(case.facts))
        except NoDecision as none:
            raise StepFailed(self.bpmn_id, "%(error)s", none, error=str(none)) from none
        return True


class ExclusiveGateway(Drawn, ExclusiveGatewayMixin, BpmnSpecMixin):
    """One of several ways."""

    def _run_hook(self, my_task: Task) -> bool:
        for condition, output in self.cond_task_specs:
            if condition is not None and condition._matches(my_task):
                return _go(my_task, [self._wf_spec.task_specs[output]])
        if self.default_task_spec is None:
            raise StepFailed(
                self.bpmn_id, "“%(name)s”没有一个条件成立，也没有默认去向", name=self.bpmn_name or self.bpmn_id
            )
        return _go(my_task, [self._wf_spec.task_specs[self.default_task_spec]])

    def _follow(self, my_task: Task) -> None:
        """The way was chosen when the gateway ran."""


class Joining:
    """A gateway that waits for tokens. The tokens that wait at it are tasks of its own, one for each flow they came by."""

    _inputs: list[str]
    bpmn_id: str

    def _complete(self, my_task: Task, arrived: set[str]) -> bool:
        raise NotImplementedError

    def _update_hook(self, my_task: Task) -> bool:
        waiting = [
            t
            for t in my_task.workflow.tasks.values()
            if t.task_spec is self and t.state == TaskState.WAITING and t is not my_task
        ]
        arrived = {t.parent.task_spec.name for t in (*waiting, my_task)}
        if not self._complete(my_task, arrived):
            my_task._set_state(TaskState.WAITING)
            return False
        for task in waiting:
            task.cancel()
        return True


class ParallelGateway(Drawn, Joining, ParallelGatewayMixin, BpmnSpecMixin):
    """All ways at once; joins when a token has come by every flow."""

    def _complete(self, my_task: Task, arrived: set[str]) -> bool:
        return arrived.issuperset(self._inputs)

    def _run_hook(self, my_task: Task) -> bool:
        return True


class InclusiveGateway(Drawn, Joining, InclusiveGatewayMixin, BpmnSpecMixin):
    """Every way whose condition holds; joins when no other token can still come (BPMN 2.0, 13.4.3)."""

    def _complete(self, my_task: Task, arrived: set[str]) -> bool:
        missing = set(self._inputs) - arrived
        if not missing:
            return True
        elsewhere = [
            t.task_spec for t in my_task.workflow.tasks.values() if t.has_state(LIVE) and t.task_spec is not self
        ]
        return not any(_reaches(s, missing, self) and not _reaches(s, arrived, self) for s in elsewhere)

    def _run_hook(self, my_task: Task) -> bool:
        matches, defaults = self._get_matching_outputs(my_task)
        if not matches + defaults:
            raise StepFailed(
                self.bpmn_id, "“%(name)s”没有一个条件成立，也没有默认去向", name=self.bpmn_name or self.bpmn_id
            )
        return _go(my_task, matches or defaults)

    def _follow(self, my_task: Task) -> None:
        """The ways were chosen when the gateway ran."""


def _go(task: Task, ways: Iterable[TaskSpec]) -> bool:
    task._sync_children(list(ways), TaskState.FUTURE)
    for child in task.children:
        child.task_spec._predict(child, mask=AHEAD)
    return True


def _reaches(start: TaskSpec, names: set[str], around: TaskSpec) -> bool:
    """Say whether a token at ``start`` can come to one of ``names`` without passing ``around``."""
    seen, to_do = {start.name}, [start]
    while to_do:
        spec = to_do.pop()
        if spec.name in names:
            return True
        new = [o for o in spec.outputs if o is not around and o.name not in seen]
        seen.update(o.name for o in new)
        to_do.extend(new)
    return False


class Calling:
    """A call enters another scope; the facts are the case's, so nothing is copied in or out."""

    def start_workflow(self, my_task: Task) -> None:
        """Enter the called scope; that is the turn of a call."""
        count_turn(my_task)
        super().start_workflow(my_task)  # type: ignore[misc]

    def copy_data(self, my_task: Task, subworkflow: object) -> None:
        """Copy nothing."""

    def update_data(self, my_task: Task, subworkflow: object) -> None:
        """Copy nothing."""


class SubProcess(Drawn, Calling, SubWorkflowTaskMixin, BpmnSpecMixin):
    """A sub-process drawn inside the process."""


class CallActivity(Drawn, Calling, CallActivityMixin, BpmnSpecMixin):
    """A call of another process of the folder."""


class StartEvent(Drawn, StartEventMixin, BpmnSpecMixin):
    """Where the process begins."""


class EndEvent(Drawn, EndEventMixin, BpmnSpecMixin):
    """Where a token, or with a terminate event the whole process, ends; the last one reached is the outcome."""

    def _on_complete_hook(self, my_task: Task) -> None:
        case = running(my_task)
        if my_task.workflow is case:
            case.outcome = self.bpmn_id
        super()._on_complete_hook(my_task)


class CatchEvent(Drawn, IntermediateCatchEventMixin, BpmnSpecMixin):
    """Waits for an act or a deadline on the way."""


class ThrowEvent(Drawn, IntermediateThrowEventMixin, BpmnSpecMixin):
    """A milestone that the token passes."""


class BoundaryEvent(Drawn, BoundaryEventMixin, BpmnSpecMixin):
    """Waits for an act or a deadline while its host is worked on."""
