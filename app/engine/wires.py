"""Is the diagram wired? Everything in it that points to something by name finds it, and its nodes are properly connected."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from app.engine.drawing import BRANCHING, CALLS, GATEWAYS, TASKS, Element, Folder, Scope
from app.engine.expressions import compiled

HAN = re.compile(r"[㐀-䶿一-鿿]")
Flaw = tuple[str, str]  # element, message


@dataclass(frozen=True, slots=True)
class Wiring:
    """The names that exist outside the diagrams: form keys, lane names, operations, deadline rules, acts, process data."""

    forms: AbstractSet[str]
    roles: AbstractSet[str]
    operations: AbstractSet[str]
    rules: AbstractSet[str]
    acts: AbstractSet[str]
    data_names: AbstractSet[str]


@dataclass(frozen=True, slots=True)
class Used:
    """The names a folder points to."""

    forms: AbstractSet[str]
    operations: AbstractSet[str]
    acts: AbstractSet[str]


def used(folder: Folder) -> Used:
    """Return the forms, operations and acts that a folder points to."""
    nodes = folder.nodes.values()
    declared = {a for s in folder.scopes.values() for a in s.properties.get("acts", "").split()}
    starts = {s.properties["start_form"] for s in folder.scopes.values() if "start_form" in s.properties}
    return Used(
        forms=starts | {form_of(n) for n in nodes if n.kind in ("userTask", "manualTask")},
        operations={n.properties["operation"] for n in nodes if "operation" in n.properties},
        acts=declared | {n.waits_for for n in nodes if n.event == "signal" and n.waits_for},
    )


def form_of(node: Element) -> str:
    """Return the form key of a step."""
    return node.properties.get("form", node.id)


# -- connected ---------------------------------------------------------------------------------------------------------


def loose_ends(scope: Scope) -> Iterator[Flaw]:
    """Return what is not connected as a process must be; a scope with loose ends cannot be played."""
    kinds = Counter(n.kind for n in scope.nodes.values())
    if kinds["startEvent"] != 1:
        yield scope.id, f"应当正好有一个开始事件，现有 {kinds['startEvent']} 个"
    if not kinds["endEvent"]:
        yield scope.id, "没有结束事件"
    for flow in scope.flows:
        if flow.source not in scope.nodes or flow.target not in scope.nodes:
            yield flow.id, "连线的一端不在本流程里"
    for node in scope.nodes.values():
        yield from ((node.id, message) for message in _loose(scope, node))
        yield from _ways(scope, node)


def _loose(scope: Scope, node: Element) -> Iterator[str]:
    came, went = len(scope.into(node.id)), len(scope.out_of(node.id))
    begins = node.kind in ("startEvent", "boundaryEvent")
    if begins and came:
        yield "不能有进入的连线"
    if not begins and not came:
        yield "没有进入的连线"
    if node.kind == "endEvent" and went:
        yield "结束事件不能有离开的连线"
    if node.kind != "endEvent" and not went:
        yield "没有离开的连线"
    if went > 1 and node.kind not in GATEWAYS:
        yield "有几条离开的连线；分路要用网关画出来"
    if node.kind == "boundaryEvent" and (
        node.attached_to not in scope.nodes or scope.nodes[node.attached_to].kind not in TASKS | CALLS
    ):
        yield "没有贴在任务上"
    twins = [e for e in scope.events_on(node.id) if e.waits_for]
    if len({(e.event, e.waits_for) for e in twins}) < len(twins):
        yield "有两个边界事件等待同一件事"


def _ways(scope: Scope, node: Element) -> Iterator[Flaw]:
    out = scope.out_of(node.id)
    for flow in out:
        if flow.condition is not None and node.kind not in BRANCHING:
            yield flow.id, "条件只能写在排他网关或包容网关的出线上"
        elif flow.condition is not None and flow.id == node.default:
            yield flow.id, "默认去向不能带条件"
        elif flow.condition is None and flow.id != node.default and node.kind in BRANCHING and len(out) > 1:
            yield flow.id, "既没有条件，也不是默认去向"
    if node.default is not None and all(f.id != node.default for f in out):
        yield node.id, f"默认去向“{node.default}”不是它的出线"


def called_in_a_ring(folder: Folder) -> Iterator[Flaw]:
    """Return calls that lead back to the process that makes them."""
    calls = {s.id: {n.inner for n in s.nodes.values() if n.inner in folder.scopes} for s in folder.scopes.values()}
    for start, called in calls.items():
        seen: set[str | None] = set()
        to_do: list[str | None] = list(called)
        while to_do:
            key = to_do.pop()
            if key not in seen:
                seen.add(key)
                to_do += calls[key or ""]
        if start in seen:
            yield start, "流程直接或间接地调用自己"


# -- named -------------------------------------------------------------------------------------------------------------


def loose_names(folder: Folder, scope: Scope, wiring: Wiring) -> Iterator[Flaw]:
    """Return the names in a scope that lead nowhere, and the texts that are missing."""
    if scope.within is None:
        yield from (
            (scope.id, m) for m in _texts(scope.name if scope.name != scope.id else "", scope.properties.get("en", ""))
        )
        yield from _known(scope.id, "事项", scope.properties.get("acts", "").split(), wiring.acts)
    if scope.id == folder.main.id:
        yield from _known(scope.id, "开始表单", [scope.properties.get("start_form", "")], wiring.forms)
    for node in scope.nodes.values():
        yield from _node_names(node, wiring)
    given = wiring.data_names | {name for table in folder.decisions.values() for name in table.outputs}
    for node in scope.nodes.values():
        yield from _conditions(scope, node, given)
        if node.decision in folder.decisions:
            yield from _known(node.id, "数据", sorted(folder.decisions[node.decision].reads), given)


def _node_names(node: Element, wiring: Wiring) -> Iterator[Flaw]:
    if node.kind not in GATEWAYS or node.name:
        yield from ((node.id, message) for message in _texts(node.name, node.properties.get("en", "")))
    yield from _known(node.id, "泳道（角色）", [node.lane or ""], wiring.roles)
    if node.kind in ("userTask", "manualTask"):
        yield from _known(node.id, "表单", [form_of(node)], wiring.forms)
    yield from _known(
        node.id, "操作", [node.properties["operation"]] if "operation" in node.properties else [], wiring.operations
    )
    yield from _known(node.id, "期限规则", [node.properties["due"]] if "due" in node.properties else [], wiring.rules)
    if node.waits_for is not None:
        label, names = ("期限规则", wiring.rules) if node.event == "timer" else ("事项", wiring.acts)
        yield from _known(node.id, label, [node.waits_for], names)


def _texts(name: str, english: str) -> Iterator[str]:
    if not name:
        yield "没有名称"
    if not english:
        yield "没有英文名称（属性 en）"
    elif HAN.search(english):
        yield f"英文名称“{english}”里有汉字"


def _known(element: str, label: str, names: Iterable[str], known: AbstractSet[str]) -> Iterator[Flaw]:
    for name in names:
        if name not in known:
            yield element, f"{label}“{name}”不存在" if name else f"没有写明{label}"


def _conditions(scope: Scope, node: Element, given: AbstractSet[str]) -> Iterator[Flaw]:
    for flow in scope.out_of(node.id):
        if flow.condition is not None:
            yield from _known(flow.id, "数据", sorted(compiled(flow.condition).names), given)
