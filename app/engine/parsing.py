# mypy: disallow-subclassing-any=False, disallow-untyped-calls=False
"""From the files of a process folder to SpiffWorkflow specifications made of our own nodes."""

from __future__ import annotations

from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.parser.event_parsers import (
    BoundaryEventParser,
    EndEventParser,
    EventDefinitionParser,
    IntermediateCatchEventParser,
    IntermediateThrowEventParser,
    StartEventParser,
)
from SpiffWorkflow.bpmn.parser.task_parsers import (
    CallActivityParser,
    ConditionalGatewayParser,
    GatewayParser,
    SubWorkflowParser,
)
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec

from app.engine import specs
from app.engine.drawing import CALLS, Folder
from app.engine.errors import DiagramRefused
from app.engine.expressions import BadExpression, compiled


class _Named:
    """A parser of events that takes what is waited for from the drawing, as a name."""

    process_parser: Any
    bpmn_id: str

    def parse_signal_event(self, event: etree._Element) -> specs.Awaited:
        return self._awaited("act")

    def parse_timer_event(self, event: etree._Element) -> specs.Awaited:
        return self._awaited("timer")

    def _awaited(self, kind: str) -> specs.Awaited:
        return specs.Awaited(kind, self.process_parser.parser.folder.nodes[self.bpmn_id].waits_for)


class _CatchParser(_Named, IntermediateCatchEventParser):
    pass


class _BoundaryParser(_Named, BoundaryEventParser):
    pass


class _ServiceParser(TaskParser):
    def create_task(self) -> specs.ServiceTask:
        node = self.process_parser.parser.folder.nodes[self.bpmn_id]
        return specs.ServiceTask(self.spec, self.bpmn_id, node.properties["operation"], **self.bpmn_attributes)


class _DecisionParser(TaskParser):
    def create_task(self) -> specs.BusinessRuleTask:
        folder = self.process_parser.parser.folder
        table = folder.decisions[folder.nodes[self.bpmn_id].decision]
        return specs.BusinessRuleTask(self.spec, self.bpmn_id, table, **self.bpmn_attributes)


class _Parser(BpmnParser):
    """Knows only the elements we run; everything else has been refused when the drawing was read."""

    OVERRIDE_PARSER_CLASSES = {
        full_tag("startEvent"): (StartEventParser, specs.StartEvent),
        full_tag("endEvent"): (EndEventParser, specs.EndEvent),
        full_tag("userTask"): (TaskParser, specs.UserTask),
        full_tag("manualTask"): (TaskParser, specs.ManualTask),
        full_tag("serviceTask"): (_ServiceParser, specs.ServiceTask),
        full_tag("businessRuleTask"): (_DecisionParser, specs.BusinessRuleTask),
        full_tag("exclusiveGateway"): (ConditionalGatewayParser, specs.ExclusiveGateway),
        full_tag("inclusiveGateway"): (ConditionalGatewayParser, specs.InclusiveGateway),
        full_tag("parallelGateway"): (GatewayParser, specs.ParallelGateway),
        full_tag("subProcess"): (SubWorkflowParser, specs.SubProcess),
        full_tag("callActivity"): (CallActivityParser, specs.CallActivity),
        full_tag("intermediateCatchEvent"): (_CatchParser, specs.CatchEvent),
        full_tag("intermediateThrowEvent"): (IntermediateThrowEventParser, specs.ThrowEvent),
        full_tag("boundaryEvent"): (_BoundaryParser, specs.BoundaryEvent),
    }
    PARSER_CLASSES: dict[str, tuple[type[EventDefinitionParser], type]] = {}

    def __init__(self, folder: Folder) -> None:
        super().__init__()
        self.folder = folder


def specifications(folder: Folder) -> dict[str, BpmnProcessSpec]:
    """Return the specification of each scope by its id. Raises ``DiagramRefused``."""
    parser = _Parser(folder)
    found: dict[str, BpmnProcessSpec] = {}
    try:
        for name, tree in folder.trees.items():
            if not name.endswith(".dmn"):
                parser.add_bpmn_xml(tree, filename=name)
        # Parsing a process makes the parsers of the sub-processes drawn in it.
        while left := [key for key in parser.process_parsers if key not in found]:
            found.update((key, parser.process_parsers[key].get_spec()) for key in left)
    except ValidationException as bad:
        raise DiagramRefused(bad.file_name or "", bad.id or "", "流程图无法编译：%(error)s", error=str(bad)) from bad
    return found


def refuse_unfit(folder: Folder) -> None:
    """Note calls and decisions that lead nowhere, and conditions that are not in the language of conditions."""
    for node in folder.nodes.values():
        if node.kind in CALLS and node.inner not in folder.scopes:
            folder.refuse(
                node.file, node.id, "“%(name)s”调用的流程“%(called)s”不在文件夹里", name=node.name, called=node.inner
            )
        if node.decision and node.decision not in folder.decisions:
            folder.refuse(
                node.file, node.id, "“%(name)s”的决策表“%(table)s”不在文件夹里", name=node.name, table=node.decision
            )
    for scope in folder.scopes.values():
        for flow in scope.flows:
            if flow.condition is not None:
                _refuse_condition(folder, scope.file, flow.id, flow.condition)


def _refuse_condition(folder: Folder, file: str, flow: str, condition: str) -> None:
    try:
        compiled(condition)
    except BadExpression as bad:
        folder.refuse(file, flow, "%(error)s", error=str(bad))
