"""The diagram of a case with where it stands, and the same as an outline that a screen reader can follow."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, render_template
from flask_login import current_user
from lxml import etree

from app import engine
from app.models import Case, User, db
from app.queries import cases as queries
from app.services import stepping
from app.web.presenting import language
from app.web.words import said

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
BOUNDS = "{http://www.omg.org/spec/DD/20100524/DC}Bounds"
WAYPOINT = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"
LETTER = 6.2  # pixels that a letter of an English label takes
NARROW = 90  # pixels at which a name below its event is broken into lines

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
        "成立",
        "不成立",
    }
)

bp = Blueprint("diagrams", __name__, url_prefix="/cases/<int:case_id>/diagram")


def me() -> User:
    """Return who is asking."""
    return current_user._get_current_object()  # type: ignore[no-any-return]


def _case(case_id: int) -> Case:
    return queries.case_for(db.session(), me(), case_id)


def outline_of(case: Case) -> list[engine.OutlineStep]:
    """Return the steps of the case's diagram in reading order, each done, now or ahead."""
    version = stepping.version_of(db.session(), case.process_digest)
    return engine.outline(version, stepping.position_of(db.session(), case))


def in_english(version: engine.ProcessVersion) -> str:
    """Return the diagram with English names: its own where it has them, else (lanes, lines) those of the catalogue."""
    names = {key: node.name_en for key, node in version.nodes.items() if node.name_en}
    drawing = etree.fromstring(version.diagram.encode())
    for element in drawing.iter(f"{BPMN}*"):
        if name := element.get("name"):
            key = element.get("id", "")
            names.setdefault(key, version.name_en if name == version.name else said(name))
            element.set("name", names[key])
    for picture in drawing.iter(f"{DI}BPMNShape", f"{DI}BPMNEdge"):
        _make_room(picture, names.get(picture.get("bpmnElement", ""), ""))
    return etree.tostring(drawing, encoding="unicode")


def _make_room(picture: etree._Element, name: str) -> None:
    """Widen the label of a shape or a line for ``name``, away from what it is written beside."""
    room = picture.find(f"{DI}BPMNLabel/{BOUNDS}")
    if room is None:
        return
    box, start = picture.find(BOUNDS), picture.find(WAYPOINT)
    left, top, width = (float(room.get(side, "0")) for side in ("x", "y", "width"))
    wanted = max(width, len(name) * LETTER)
    beside = float(start.get("x", "0")) if start is not None else 0.0
    if box is not None:
        x, y, across, high = (float(box.get(side, "0")) for side in ("x", "y", "width", "height"))
        beside = x + across / 2
        wanted = max(width, min(wanted, NARROW)) if top >= y + high else wanted
    if left + width <= beside:
        left += width - wanted
    elif left < beside:
        left += (width - wanted) / 2
    room.set("x", f"{left:g}")
    room.set("width", f"{wanted:g}")


@bp.get("")
def show(case_id: int) -> str:
    """Show the diagram page: the picture and the outline."""
    case = _case(case_id)
    return render_template("diagrams/show.html", case=case, outline=outline_of(case))


@bp.get(".bpmn")
def xml(case_id: int) -> Response:
    """Return the diagram the case is pinned to, with its names in the reader's language."""
    version = stepping.version_of(db.session(), _case(case_id).process_digest)
    diagram = in_english(version) if language() == "en" else version.diagram
    return Response(diagram, mimetype="application/xml")


@bp.get(".json")
def position(case_id: int) -> Response:
    """Return which elements are done, which are now, and which wait for an act or a day."""
    case = _case(case_id)
    steps = outline_of(case)
    waits = [w.key for w in stepping.position_of(db.session(), case).waits] if case.is_open else []
    return jsonify(
        done=[s.id for s in steps if s.state == "done"],
        now=[s.id for s in steps if s.state == "now" and s.id not in waits],
        waiting=waits,
    )
