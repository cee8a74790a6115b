"""The diagram of a case with where it stands, and the same as an outline that a screen reader can follow."""

from __future__ import annotations

import math

from flask import Blueprint, Response, jsonify, render_template
from lxml import etree

from app import engine
from app.models import Case, db
from app.queries import cases as queries
from app.queries import processes, sight
from app.services import stepping
from app.web.presenting import language
from app.web.security import me
from app.web.words import said

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
BOUNDS = "{http://www.omg.org/spec/DD/20100524/DC}Bounds"
WAYPOINT = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"
# Of English labels, in pixels: a letter, a line, and the width at which a name beside a shape is broken into lines.
LETTER, LINE, NARROW = 5.5, 14, 68

# What is written on the lines of the diagrams, which carry no English of their own: the catalogue has it from here.
ON_LINES = frozenset(
    {
        "是",
        "否",
        "有",
        "无",
        "否或不明",
        "本局受理",
        "转送",
        "不属调解范围",
        "受理",
        "补正",
        "不予受理",
        "换方式再送",
        "无法送达",
        "已送达",
        "继续调解",
        "达成（部分）协议",
        "请求人无故缺席",
        "未达成或被请求人缺席",
        "要求修改",
        "不同意",
        "同意",
        "退回修改",
        "履行中",
        "逾期未履行",
        "履行完毕",
        "部分送达",
        "拒绝签收",
        "否（权属）",
        "已受理",
        "已有结果",
        "成立",
        "不成立",
    }
)

bp = Blueprint("diagrams", __name__, url_prefix="/cases/<int:case_id>")


def _case(case_id: int) -> Case:
    return queries.case_for(db.session(), me(), case_id)


def _follows(case: Case) -> bool:
    """Say whether this person may see where the case stands now: a party that has left sees the bare diagram."""
    return sight.horizon(me(), case) == sight.EVER


def outline_of(case: Case) -> list[engine.OutlineStep]:
    """Return the steps of the case's diagram in reading order, each done, now or ahead."""
    version = processes.version_of(db.session(), case.process_digest)
    return engine.outline(version, stepping.position_of(db.session(), case))


def in_readers_language(version: engine.ProcessVersion) -> str:
    """Return the diagram with names for the reader; Chinese as drawn.

    In English its steps have names of their own, its lanes and lines those of the catalogue.
    """
    if language() != "en":
        return version.diagram
    names = {key: node.name_en for key, node in version.nodes.items() if node.name_en}
    drawing = etree.fromstring(version.diagram.encode())
    for element in drawing.iter(f"{BPMN}*"):
        if name := element.get("name"):
            key = element.get("id", "")
            names.setdefault(key, version.name_en if name == version.name else said(name))
            element.set("name", names[key])
    for shape in drawing.iter(f"{DI}BPMNShape"):
        _make_room(shape, names.get(shape.get("bpmnElement", ""), ""), NARROW)
    for line in drawing.iter(f"{DI}BPMNEdge"):
        _make_room(line, names.get(line.get("bpmnElement", ""), ""))
    return etree.tostring(drawing, encoding="unicode")


def _make_room(picture: etree._Element, name: str, most: float = math.inf) -> None:
    """Widen a label for ``name`` up to ``most``, then give it more lines; it grows away from what it is written at."""
    label = picture.find(f"{DI}BPMNLabel/{BOUNDS}")
    if label is None or not name:
        return
    left, top, width, _ = _sides(label)
    needed = (len(name) + 2) * LETTER
    wanted = max(width, min(needed, most))
    more_lines = math.ceil(needed / wanted) - 1
    across, down = _anchor(picture)
    if left + width <= across:
        left += width - wanted
    elif left < across:
        left += (width - wanted) / 2
    if top < down:
        top -= more_lines * LINE
    for side, value in (("x", left), ("y", top), ("width", wanted)):
        label.set(side, f"{value:g}")


def _anchor(picture: etree._Element) -> tuple[float, float]:
    """Return the middle of a shape; of a line, where it starts, above which its label has no need to grow."""
    box, start = picture.find(BOUNDS), picture.find(WAYPOINT)
    if box is not None:
        x, y, width, height = _sides(box)
        return x + width / 2, y + height / 2
    return float(start.get("x", "0")) if start is not None else 0.0, -math.inf


def _sides(bounds: etree._Element) -> tuple[float, float, float, float]:
    x, y, width, height = (float(bounds.get(side, "0")) for side in ("x", "y", "width", "height"))
    return x, y, width, height


@bp.get("/diagram")
def show(case_id: int) -> str:
    """Show the diagram page: the picture and the outline."""
    case = _case(case_id)
    return render_template("diagrams/show.html", case=case, outline=outline_of(case), follows=_follows(case))


@bp.get("/diagram.bpmn")
def xml(case_id: int) -> Response:
    """Return the diagram the case is pinned to, with its names in the reader's language."""
    version = processes.version_of(db.session(), _case(case_id).process_digest)
    return Response(in_readers_language(version), mimetype="application/xml")


@bp.get("/diagram.json")
def position(case_id: int) -> Response:
    """Return which elements are done, which are now, and which wait for an act or a day; nothing to who has left."""
    case = _case(case_id)
    if not _follows(case):
        return jsonify(done=[], now=[], waiting=[])
    steps = outline_of(case)
    waits = [w.key for w in stepping.position_of(db.session(), case).waits] if case.is_open else []
    return jsonify(
        done=[s.id for s in steps if s.state == "done"],
        now=[s.id for s in steps if s.state == "now" and s.id not in waits],
        waiting=waits,
    )
