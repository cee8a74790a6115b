"""The names in a picture in English: they are longer than the Chinese ones, so their labels are given room."""

from __future__ import annotations

import math
from collections.abc import Callable

from lxml import etree

from app.engine.drawing import BPMN
from app.engine.picture import DC, DI, WAYPOINT
from app.engine.versions import Part, ProcessVersion

BOUNDS = f"{DC}Bounds"
# Of English labels, in pixels: a letter, a line, and the width at which a name beside a shape is broken into lines.
LETTER, LINE, NARROW = 5.5, 14, 68


def in_english(version: ProcessVersion, part: Part, said: Callable[[str], str]) -> str:
    """Return the drawing with English names: its steps have them, those of lanes and lines are what is ``said`` of them."""
    names = {key: node.name_en for key, node in version.nodes.items() if node.name_en}
    drawing = etree.fromstring(part.diagram.encode())
    for element in drawing.iter(f"{BPMN}*"):
        if name := element.get("name"):
            key = element.get("id", "")
            names.setdefault(key, part.name_en if name == part.name else said(name))
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
