"""Small diagrams for tests, drawn from words.

Nodes: ``"begun:start ask:user late:timer:rule@ask which:xor done:end"``. A node is ``id:kind[:argument][@host][~]``; the
kinds are those of ``KINDS``, ``@host`` makes a boundary event and ``~`` one that does not interrupt.
Flows: ``"begun>ask ask>which which>ask[again == True] which>done"``; the flow without a condition is the default.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from app import engine

KINDS = {
    "start": "startEvent",
    "end": "endEvent",
    "stop": "endEvent",
    "user": "userTask",
    "manual": "manualTask",
    "service": "serviceTask",
    "rule": "businessRuleTask",
    "xor": "exclusiveGateway",
    "and": "parallelGateway",
    "or": "inclusiveGateway",
    "call": "callActivity",
    "sub": "subProcess",
    "pass": "intermediateThrowEvent",
    "timer": "intermediateCatchEvent",
    "act": "intermediateCatchEvent",
    "script": "scriptTask",
}
NODE = re.compile(r"(\w+):(\w+)(?::([\w.]+))?(?:@(\w+))?(~?)$")
FLOW = re.compile(r"(\w+)>(\w+)(?:\[(.*?)\])?(?=\s|$)")
HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core" '
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:di="http://www.omg.org/spec/DD/20100524/DI" id="definitions" targetNamespace="urn:test">'
)
Inside = Mapping[str, tuple[str, str]]


def process(nodes: str, flows: str, *, key: str = "main", inside: Inside | None = None, **properties: str) -> bytes:
    """Return a BPMN file with one process, its picture included; ``inside`` gives nodes and flows of sub-processes."""
    inside = inside or {}
    names = [NODE.match(n)[1] for n in nodes.split()]  # type: ignore[index]
    own = {"en": "Main", "start_form": "filing", **properties}
    acts = sorted(
        {m[1] for text in (nodes, *(n for n, _f in inside.values())) for m in re.finditer(r":act:(\w+)", text)}
    )
    parts = [
        HEAD,
        f'<bpmn:collaboration id="{key}_all"><bpmn:participant id="{key}_pool" name="流程" processRef="{key}"/></bpmn:collaboration>',
        f'<bpmn:process id="{key}" name="流程" isExecutable="true">{_properties(own)}',
        f'<bpmn:laneSet id="{key}_lanes"><bpmn:lane id="{key}_lane" name="受理人员">',
        *(f"<bpmn:flowNodeRef>{n}</bpmn:flowNodeRef>" for n in names),
        "</bpmn:lane></bpmn:laneSet>",
        _scope(nodes, flows, inside),
        "</bpmn:process>",
        *(f'<bpmn:signal id="signal_{a}" name="{a}"/>' for a in acts),
        _picture(key, names, flows),
        "</bpmn:definitions>",
    ]
    return "".join(parts).encode()


def version(nodes: str, flows: str, *, inside: Inside | None = None, **files: bytes) -> engine.ProcessVersion:
    """Return the compiled version of one process, with further files beside it."""
    folder = {"main.bpmn": process(nodes, flows, inside=inside), **{k.replace("_", "."): v for k, v in files.items()}}
    return engine.version(engine.digest(folder), lambda: folder)


def table(
    inputs: list[str], outputs: list[str], rows: list[list[str]], policy: str = "FIRST", **attributes: str
) -> bytes:
    """Return a DMN file with the decision ``route``."""
    extra = "".join(f" {k}={quoteattr(v)}" for k, v in attributes.items())
    expressions = [
        f'<inputExpression id="e{n}"><text>{escape(i)}</text></inputExpression>' for n, i in enumerate(inputs)
    ]
    columns = "".join(f'<input id="i{n}">{e}</input>' for n, e in enumerate(expressions))
    columns += "".join(f'<output id="o{n}" name="{o}"/>' for n, o in enumerate(outputs))
    for n, row in enumerate(rows):
        cells = [
            f'<inputEntry id="r{n}_{c}"><text>{escape(t)}</text></inputEntry>' for c, t in enumerate(row[: len(inputs)])
        ]
        cells += [
            f'<outputEntry id="r{n}_{c}o"><text>{escape(t)}</text></outputEntry>'
            for c, t in enumerate(row[len(inputs) :])
        ]
        columns += f'<rule id="r{n}">{"".join(cells)}</rule>'
    decision = f'<decisionTable id="t" hitPolicy="{policy}"{extra}>{columns}</decisionTable>'
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="去向" namespace="urn:test">'
        f'<decision id="route" name="去向">{decision}</decision></definitions>'
    ).encode()


def _scope(nodes: str, flows: str, inside: Inside) -> str:
    out = _flows(flows)
    defaults = {source: f"{source}__{target}" for source, target, condition in out if not condition}
    drawn = [_node(NODE.match(n), defaults, inside) for n in nodes.split()]  # type: ignore[arg-type]
    return "".join(drawn) + "".join(_flow(*f) for f in out)


def _flows(flows: str) -> list[tuple[str, str, str]]:
    return [(m[1], m[2], m[3] or "") for m in FLOW.finditer(flows)]


def _flow(source: str, target: str, condition: str) -> str:
    body = f"<bpmn:conditionExpression>{escape(condition)}</bpmn:conditionExpression>" if condition else ""
    return f'<bpmn:sequenceFlow id="{source}__{target}" sourceRef="{source}" targetRef="{target}">{body}</bpmn:sequenceFlow>'


def _node(match: re.Match[str], defaults: Mapping[str, str], inside: Inside) -> str:
    key, kind, argument, host, beside = match.groups()
    tag = "boundaryEvent" if host else KINDS[kind]
    attributes = f' id="{key}" name="{key} 名"'
    attributes += f' default="{defaults[key]}"' if kind in ("xor", "or") and key in defaults else ""
    attributes += f' attachedToRef="{host}" cancelActivity="{"false" if beside else "true"}"' if host else ""
    attributes += f' calledElement="{argument}"' if kind == "call" else ""
    properties = {"en": f"{key} en"} | ({"operation": argument} if kind == "service" else {})
    properties |= {"form": argument} if kind == "user" and argument else {}
    decision = f"<spiffworkflow:calledDecisionId>{argument}</spiffworkflow:calledDecisionId>" if kind == "rule" else ""
    body = _properties(properties, decision) + _event(key, kind, argument)
    if key in inside:
        body += _scope(*inside[key], inside)
    return f"<bpmn:{tag}{attributes}>{body}</bpmn:{tag}>"


def _event(key: str, kind: str, argument: str) -> str:
    if kind == "timer":
        time = f'<bpmn:timeDuration>deadline("{argument}")</bpmn:timeDuration>'
        return f'<bpmn:timerEventDefinition id="{key}_e">{time}</bpmn:timerEventDefinition>'
    if kind == "act":
        return f'<bpmn:signalEventDefinition id="{key}_e" signalRef="signal_{argument}"/>'
    return f'<bpmn:terminateEventDefinition id="{key}_e"/>' if kind == "stop" else ""


def _properties(properties: Mapping[str, str], more: str = "") -> str:
    inner = "".join(f'<spiffworkflow:property name="{k}" value={quoteattr(v)}/>' for k, v in properties.items())
    return f"<bpmn:extensionElements><spiffworkflow:properties>{inner}</spiffworkflow:properties>{more}</bpmn:extensionElements>"


def _picture(key: str, names: list[str], flows: str) -> str:
    middle = {n: 100 * i + 100 for i, n in enumerate(names)}
    width = 100 * len(names) + 100
    shapes = _shape(f"{key}_pool", 0, 0, width, 200) + _shape(f"{key}_lane", 30, 0, width - 30, 200)
    shapes += "".join(_shape(n, x - 20, 80, 40, 40) for n, x in middle.items())
    shapes += "".join(_edge(s, t, middle) for s, t, _c in _flows(flows) if s in middle and t in middle)
    plane = f'<bpmndi:BPMNPlane id="{key}_p" bpmnElement="{key}_all">{shapes}</bpmndi:BPMNPlane>'
    return f'<bpmndi:BPMNDiagram id="{key}_d">{plane}</bpmndi:BPMNDiagram>'


def _shape(key: str, x: int, y: int, width: int, height: int) -> str:
    bounds = f'<dc:Bounds x="{x}" y="{y}" width="{width}" height="{height}"/>'
    return f'<bpmndi:BPMNShape id="{key}_di" bpmnElement="{key}">{bounds}</bpmndi:BPMNShape>'


def _edge(source: str, target: str, middle: Mapping[str, int]) -> str:
    points = "".join(f'<di:waypoint x="{middle[n]}" y="100"/>' for n in (source, target))
    return f'<bpmndi:BPMNEdge id="{source}__{target}_di" bpmnElement="{source}__{target}">{points}</bpmndi:BPMNEdge>'


def nothing(_name: str, _data: engine.Data) -> engine.Data:
    """Be an operation that does nothing."""
    return {}


class Walk:
    """A case that is walked through its diagram by the names of steps, acts and rules."""

    def __init__(
        self, compiled: engine.ProcessVersion, operate: engine.Operate = nothing, **data: bool | str | int | None
    ) -> None:
        self.version = compiled
        self.operate = operate
        self.position = engine.start(compiled, data, operate)

    @property
    def ready(self) -> list[str]:
        """Return the keys of the steps to be done."""
        return [r.key for r in self.position.ready]

    @property
    def waits(self) -> list[str]:
        """Return the keys of what is waited for."""
        return [w.key for w in self.position.waits]

    def does(self, key: str, **answers: bool | str | int | None) -> Walk:
        """Do the step ``key``."""
        step = next(r for r in self.position.ready if r.key == key)
        self.position = engine.complete(self.version, self.position.saved, step.id, answers, self.operate)
        return self

    def acts(self, name: str, **data: bool | str | int | None) -> Walk:
        """Do the act ``name``."""
        self.position = engine.act(self.version, self.position.saved, name, data, self.operate)
        return self

    def lapses(self, rule: str) -> Walk:
        """Let the period ``rule`` run out."""
        self.position = engine.lapse(self.version, self.position.saved, rule, self.operate)
        return self
