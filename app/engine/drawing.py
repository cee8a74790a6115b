"""What a process folder says, read from its files: nodes, flows, lanes, properties. The only reader of the XML besides the parser.

A scope is a process or an embedded sub-process: the nodes between one start and its ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from app.engine.decisions import DecisionTable, NoDecision, read_decisions
from app.engine.errors import DiagramRefused
from app.engine.expressions import BadExpression

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
SPIFF = "{http://spiffworkflow.org/bpmn/schema/1.0/core}"
TASKS = {"userTask", "manualTask", "serviceTask", "businessRuleTask"}
BRANCHING = {"exclusiveGateway", "inclusiveGateway"}
GATEWAYS = BRANCHING | {"parallelGateway"}
CALLS = {"callActivity", "subProcess"}
EVENTS = {"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"}
KINDS = TASKS | GATEWAYS | CALLS | EVENTS
# What each event may carry; "none" is a plain event.
EVENT_KINDS = {
    "startEvent": {"none"},
    "endEvent": {"none", "terminate"},
    "intermediateThrowEvent": {"none"},
    "intermediateCatchEvent": {"timer", "signal"},
    "boundaryEvent": {"timer", "signal"},
}
# Elements inside a process that are not nodes and change nothing.
_SILENT = {
    "sequenceFlow", "laneSet", "extensionElements", "documentation", "incoming", "outgoing", "textAnnotation", "association", "group",
}  # fmt: skip
_DEADLINE = re.compile(r"\s*deadline\(\s*[\"']([\w.-]+)[\"']\s*\)\s*")


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow; ``condition`` is its expression, if it has one."""

    id: str
    source: str
    target: str
    name: str
    condition: str | None


@dataclass(frozen=True, slots=True)
class Element:
    """A flow node as drawn. ``waits_for`` is the rule of a timer or the act of a signal, ``inner`` the scope a call enters."""

    id: str
    kind: str
    name: str
    file: str
    scope: str
    lane: str | None
    properties: Mapping[str, str]
    event: str = "none"
    waits_for: str | None = None
    attached_to: str | None = None
    interrupting: bool = True
    default: str | None = None
    inner: str | None = None
    decision: str | None = None


@dataclass(slots=True)
class Scope:
    """A process, or an embedded sub-process, in which case ``within`` is the scope it is drawn in."""

    id: str
    name: str
    file: str
    within: str | None
    properties: Mapping[str, str]
    nodes: dict[str, Element] = field(default_factory=dict)
    flows: list[Flow] = field(default_factory=list)

    def out_of(self, node: str) -> list[Flow]:
        """Return the flows that leave ``node``, in file order."""
        return [f for f in self.flows if f.source == node]

    def into(self, node: str) -> list[Flow]:
        """Return the flows that enter ``node``, in file order."""
        return [f for f in self.flows if f.target == node]

    def events_on(self, node: str) -> list[Element]:
        """Return the boundary events that sit on ``node``."""
        return [e for e in self.nodes.values() if e.attached_to == node]


@dataclass(slots=True)
class Folder:
    """Everything read from a process folder; ``refusals`` is what makes it unfit to run."""

    scopes: dict[str, Scope] = field(default_factory=dict)
    decisions: dict[str, DecisionTable] = field(default_factory=dict)
    trees: dict[str, etree._Element] = field(default_factory=dict)
    refusals: list[DiagramRefused] = field(default_factory=list)

    @property
    def nodes(self) -> dict[str, Element]:
        """Return the nodes of all scopes by id."""
        return {n.id: n for s in self.scopes.values() for n in s.nodes.values()}

    @property
    def main(self) -> Scope:
        """Return the process that is started: the one that no other calls. Raises ``DiagramRefused`` unless there is exactly one."""
        called = {n.inner for n in self.nodes.values()}
        mains = [s for s in self.scopes.values() if s.within is None and s.id not in called]
        if len(mains) != 1:
            names = "、".join(s.name for s in mains) or "（无）"
            raise DiagramRefused("", "", "文件夹里应当正好有一个不被其他流程调用的流程，现有：%(names)s", names=names)
        return mains[0]

    def met_from(self, scope: Scope) -> list[Scope]:
        """Return the scope and all it leads into, as a reader meets them: what it calls, then what is called there."""
        met = [scope]
        for one in met:  # grows while it is walked
            called = dict.fromkeys(n.inner for n in one.nodes.values() if n.inner)
            met += [self.scopes[key] for key in called if self.scopes[key] not in met]
        return met

    def refuse(self, file: str, element: str, message: str, **params: object) -> None:
        """Note what makes the folder unfit to run."""
        self.refusals.append(DiagramRefused(file, element, message, **params))


def read(files: Mapping[str, bytes]) -> Folder:
    """Return what the files say; ``refusals`` lists what cannot be run."""
    folder = Folder()
    for name, content in sorted(files.items()):
        tree = _parse(folder, name, content)
        if tree is not None:
            folder.trees[name] = tree
    for name, tree in folder.trees.items():
        if name.endswith(".dmn"):
            _read_decisions(folder, name, tree)
        else:
            _read_diagram(folder, name, tree)
    return folder


def _parse(folder: Folder, name: str, content: bytes) -> etree._Element | None:
    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as bad:
        folder.refuse(name, "", "文件不是正确的 XML：%(error)s", error=bad.msg)
        return None


def _read_decisions(folder: Folder, name: str, tree: etree._Element) -> None:
    try:
        folder.decisions.update((d.id, d) for d in read_decisions(tree))
    except (BadExpression, NoDecision) as bad:
        folder.refuse(name, "", "%(error)s", error=str(bad))


def _read_diagram(folder: Folder, name: str, tree: etree._Element) -> None:
    signals = {s.get("id", ""): s.get("name", "") for s in tree.iterfind(f"{BPMN}signal")}
    lanes = {
        _ref(r): lane.get("name", "") for lane in tree.iter(f"{BPMN}lane") for r in lane.findall(f"{BPMN}flowNodeRef")
    }
    for process in tree.iterfind(f"{BPMN}process"):
        _read_scope(folder, _Reading(name, signals, lanes), process, within=None)


@dataclass(frozen=True, slots=True)
class _Reading:
    file: str
    signals: Mapping[str, str]
    lanes: Mapping[str, str]


def _read_scope(folder: Folder, reading: _Reading, element: etree._Element, within: Scope | None) -> None:
    key = element.get("id", "")
    scope = Scope(key, element.get("name", key), reading.file, within.id if within else None, properties(element))
    if key in folder.scopes or (key in folder.nodes and within is None):
        folder.refuse(reading.file, key, "编号“%(id)s”重复", id=key)
    folder.scopes[key] = scope
    for child in element.iterchildren(f"{BPMN}*"):
        kind = etree.QName(child).localname
        if kind == "sequenceFlow":
            scope.flows.append(_flow(child))
        elif kind in KINDS:
            _read_node(folder, reading, scope, child, kind)
        elif kind not in _SILENT:
            folder.refuse(reading.file, child.get("id", kind), "流程图用了不支持的元素 %(kind)s", kind=kind)


def _read_node(folder: Folder, reading: _Reading, scope: Scope, element: etree._Element, kind: str) -> None:
    node = _node(reading, scope, element, kind)
    if node.id in folder.nodes or (node.id in folder.scopes and kind != "subProcess"):
        folder.refuse(reading.file, node.id, "编号“%(id)s”重复", id=node.id)
    scope.nodes[node.id] = node
    for message in _unfit(node, element):
        folder.refuse(reading.file, node.id, message, name=node.name or node.id)
    if kind == "subProcess":
        _read_scope(folder, reading, element, within=scope)


def _node(reading: _Reading, scope: Scope, element: etree._Element, kind: str) -> Element:
    key = element.get("id", "")
    event, waits_for = _event(reading, element) if kind in EVENTS else ("none", None)
    return Element(
        id=key,
        kind=kind,
        name=element.get("name", ""),
        file=reading.file,
        scope=scope.id,
        lane=reading.lanes.get(key) or (reading.lanes.get(scope.id) if scope.within else None),
        properties=properties(element),
        event=event,
        waits_for=waits_for,
        attached_to=element.get("attachedToRef"),
        interrupting=element.get("cancelActivity", "true").lower() == "true",
        default=element.get("default"),
        inner=element.get("calledElement") if kind == "callActivity" else key if kind == "subProcess" else None,
        decision=element.findtext(f"{BPMN}extensionElements/{SPIFF}calledDecisionId"),
    )


def _event(reading: _Reading, element: etree._Element) -> tuple[str, str | None]:
    definitions = [d for d in element.iterchildren(f"{BPMN}*") if d.tag.endswith("EventDefinition")]
    if not definitions:
        return "none", None
    if len(definitions) > 1:
        return "multiple", None
    definition = definitions[0]
    kind = etree.QName(definition).localname.removesuffix("EventDefinition")
    if kind == "signal":
        return kind, reading.signals.get(definition.get("signalRef", ""))
    if kind == "timer":
        return kind, _rule(definition)
    return kind, None


def _rule(timer: etree._Element) -> str | None:
    text = timer.findtext(f"{BPMN}timeDuration") or timer.findtext(f"{BPMN}timeDate") or ""
    found = _DEADLINE.fullmatch(text)
    return found[1] if found else None


def _unfit(node: Element, element: etree._Element) -> Iterator[str]:
    if node.kind in EVENT_KINDS and node.event not in EVENT_KINDS[node.kind]:
        yield "“%(name)s”这种事件不支持"
    elif node.event == "timer" and node.waits_for is None:
        yield '“%(name)s”的时间要写成 deadline("规则")，不能写日期或天数'
    elif node.event == "signal" and not node.waits_for:
        yield "“%(name)s”没有指明等待哪一个事项（信号）"
    if (
        element.find(f"{BPMN}multiInstanceLoopCharacteristics") is not None
        or element.find(f"{BPMN}standardLoopCharacteristics") is not None
    ):
        yield "“%(name)s”带有循环标记；重复办理要用网关画出来"
    if node.kind == "subProcess" and element.get("triggeredByEvent") == "true":
        yield "“%(name)s”是事件子流程，不支持"
    if node.kind == "serviceTask" and not node.properties.get("operation"):
        yield "“%(name)s”没有写明要执行的操作（属性 operation）"
    if node.kind == "businessRuleTask" and not node.decision:
        yield "“%(name)s”没有指明决策表"


def _flow(element: etree._Element) -> Flow:
    condition = element.findtext(f"{BPMN}conditionExpression")
    return Flow(
        element.get("id", ""),
        element.get("sourceRef", ""),
        element.get("targetRef", ""),
        element.get("name", ""),
        condition.strip() if condition is not None else None,
    )


def properties(element: etree._Element) -> dict[str, str]:
    """Return the properties an analyst gave to a process or a node."""
    found = element.iterfind(f"{BPMN}extensionElements/{SPIFF}properties/{SPIFF}property")
    return {p.get("name", ""): p.get("value", "") for p in found}


def _ref(element: etree._Element) -> str:
    return (element.text or "").strip()
