"""Is the diagram drawn? Every node, lane and flow has its picture, inside its pool and lane, and lines start and end at their nodes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from app.engine.drawing import BPMN, Folder, Scope

DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
WAYPOINT = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"
SLACK = 2.0  # pixels: what a modeller's rounding leaves
Flaw = tuple[str, str]  # element, message


@dataclass(frozen=True, slots=True)
class _Box:
    x: float
    y: float
    width: float
    height: float

    def holds(self, x: float, y: float) -> bool:
        return (
            self.x - SLACK <= x <= self.x + self.width + SLACK and self.y - SLACK <= y <= self.y + self.height + SLACK
        )

    def encloses(self, other: _Box) -> bool:
        return self.holds(other.x, other.y) and self.holds(other.x + other.width, other.y + other.height)

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2


Points = list[tuple[float, float]]


def flaws(folder: Folder, scope: Scope) -> Iterator[Flaw]:
    """Return what is wrong with the picture of a process. An embedded sub-process is one box; its inside may stay undrawn."""
    tree = folder.trees[scope.file]
    boxes, lines = _boxes(tree), _lines(tree)
    yield from _lane_flaws(tree, scope, boxes)
    pool = _pool(tree, scope, boxes)
    if pool is None:
        yield scope.id, "没有画泳池"
    for node in scope.nodes.values():
        if node.id not in boxes:
            yield node.id, "没有画出来"
        elif pool and not pool.encloses(boxes[node.id]):
            yield node.id, "画在泳池外面"
    for flow in scope.flows:
        yield from _line_flaws(flow.id, lines.get(flow.id), boxes.get(flow.source), boxes.get(flow.target))


def _lane_flaws(tree: etree._Element, scope: Scope, boxes: Mapping[str, _Box]) -> Iterator[Flaw]:
    lanes = [lane for lane in tree.iter(f"{BPMN}lane") if _process_of(lane) == scope.id]
    if not lanes:
        yield scope.id, "没有泳道"
        return
    for lane in lanes:
        if lane.get("id", "") not in boxes:
            yield lane.get("id", ""), "泳道没有画出来"
    refs = [
        ((ref.text or "").strip(), lane.get("id", "")) for lane in lanes for ref in lane.findall(f"{BPMN}flowNodeRef")
    ]
    times = Counter(node for node, _lane in refs)
    for node in scope.nodes.values():
        if times[node.id] != 1:
            yield node.id, "不在任何泳道里" if not times[node.id] else "同时在几条泳道里"
    for key, lane_id in refs:
        if key not in scope.nodes:
            yield key or lane_id, "泳道里的这个元素不存在"
        elif (
            key in boxes
            and lane_id in boxes
            and not scope.nodes[key].attached_to
            and not boxes[lane_id].holds(*boxes[key].centre)
        ):
            yield key, "没有画在自己的泳道里"


def _line_flaws(key: str, points: Points | None, source: _Box | None, target: _Box | None) -> Iterator[Flaw]:
    if not points or len(points) < 2:
        yield key, "连线没有画出来"
        return
    if source and not source.holds(*points[0]):
        yield key, "连线的起点不在起始元素上"
    if target and not target.holds(*points[-1]):
        yield key, "连线的终点不在目标元素上"


def _pool(tree: etree._Element, scope: Scope, boxes: Mapping[str, _Box]) -> _Box | None:
    pools = [p.get("id", "") for p in tree.iter(f"{BPMN}participant") if p.get("processRef") == scope.id]
    return next((boxes[p] for p in pools if p in boxes), None)


def _process_of(lane: etree._Element) -> str:
    return next(a.get("id", "") for a in lane.iterancestors(f"{BPMN}process", f"{BPMN}subProcess"))


def _boxes(tree: etree._Element) -> dict[str, _Box]:
    shapes = ((s.get("bpmnElement", ""), s.find(f"{DC}Bounds")) for s in tree.iter(f"{DI}BPMNShape"))
    return {
        key: _Box(*(float(b.get(a, "0")) for a in ("x", "y", "width", "height"))) for key, b in shapes if b is not None
    }


def _lines(tree: etree._Element) -> dict[str, Points]:
    edges = tree.iter(f"{DI}BPMNEdge")
    return {
        e.get("bpmnElement", ""): [(float(p.get("x", "0")), float(p.get("y", "0"))) for p in e.findall(WAYPOINT)]
        for e in edges
    }
