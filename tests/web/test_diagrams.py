"""The diagram of a case: in the reader's language, with where the case stands, and drawn so that it can be read."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from flask import Flask
from lxml import etree
from sqlalchemy.orm import Session

from app import engine
from app.engine.drawing import BPMN
from app.engine.labels import BOUNDS, LINE
from app.engine.picture import DI, WAYPOINT
from tests.flows import office as offices
from tests.flows.office import Office
from tests.web.browser import Browser
from tools import names

FOLDERS = sorted(p.parent for p in (Path(__file__).parents[2] / "workflows").glob("*/*.bpmn"))
MEDIATION = next(f for f in FOLDERS if f.name == "mediation")
CHINESE = re.compile(r"[\u3400-\u9fff]")
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def office(app: Flask, session: Session) -> Office:
    return offices.build(app, session)


@pytest.fixture
def clerk(office: Office) -> Browser:
    """Return the intake clerk at a browser."""
    one = Browser(office.app)
    one.logs_in(office.clerk.username, offices.PASSWORD)
    return one


def names_in(xml: str) -> dict[str, str]:
    elements = etree.fromstring(xml.encode()).iter(f"{BPMN}*")
    return {e.get("id", ""): e.get("name", "") for e in elements if e.get("name")}


def test_a_reader_of_chinese_sees_the_diagram_as_it_was_drawn(office: Office, clerk: Browser) -> None:
    page = clerk.gets(f"/cases/{office.files().id}/diagram.bpmn")
    assert page.mimetype == "application/xml"
    names = names_in(page.text)
    assert (names["serve_request"], names["lane_director"], names["pool"]) == (
        "送达请求书副本",
        "部门负责人",
        "快速调解",
    )


def test_a_reader_of_english_sees_english_steps_and_the_same_drawing(office: Office, clerk: Browser) -> None:
    case = office.files()
    chinese = clerk.gets(f"/cases/{case.id}/diagram.bpmn").text
    clerk.posts("/language", {"language": "en"})
    english = clerk.gets(f"/cases/{case.id}/diagram.bpmn").text
    names = names_in(english)
    assert (names["serve_request"], names["statement_due"], names["pool"]) == (
        "Serve the request",
        "Statement period over",
        "Fast-track mediation",
    )
    assert set(names) == set(names_in(chinese))
    points = [[dict(p.attrib) for p in etree.fromstring(x.encode()).iter(WAYPOINT)] for x in (chinese, english)]
    assert points[0] == points[1]


def test_long_english_names_stay_on_their_side_of_what_they_are_written_at(office: Office, clerk: Browser) -> None:
    case = office.files()
    clerk.posts("/language", {"language": "en"})
    shapes = etree.fromstring(clerk.gets(f"/cases/{case.id}/diagram.bpmn").text.encode()).iter(f"{DI}BPMNShape")
    at = {s.get("bpmnElement", ""): s for s in shapes}

    def sides(key: str) -> tuple[Box, Box]:
        return _box(at[key].find(BOUNDS)), _box(at[key].find(f"{DI}BPMNLabel/{BOUNDS}"))

    timer, period_over = sides("statement_due")
    assert period_over[0] >= timer[2], "to the right of its timer"
    gateway, result = sides("g_session")
    assert result[2] <= (gateway[0] + gateway[2]) / 2, "to the left of the line upwards"
    assert result[3] + LINE <= (gateway[1] + gateway[3]) / 2, "both lines above the line that comes in"


def test_the_page_says_where_the_case_stands_and_what_the_colours_mean(office: Office, clerk: Browser) -> None:
    case = office.files()
    page = clerk.gets(f"/cases/{case.id}/diagram").text
    for words in ("已办", "正在办", "等待期限或对方", "未到", "文字步骤"):
        assert words in page
    assert re.search(r'aria-current="step">\s*<span class="fw-bold">形式审查', page)
    position = clerk.gets(f"/cases/{case.id}/diagram.json").json
    assert position is not None
    assert position["now"] == ["formality_check"]
    assert {"withdrawal", "settlement"} <= set(position["waiting"])
    assert "route_competence" in position["done"]


def test_a_stranger_gets_no_diagram(office: Office) -> None:
    stranger = Browser(office.app)
    stranger.logs_in(office.stranger.username, offices.PASSWORD)
    case = office.files()
    for path in ("diagram", "diagram.bpmn", "diagram.json"):
        stranger.gets(f"/cases/{case.id}/{path}", expects=404)


def test_every_word_on_a_line_is_collected_for_the_catalogue() -> None:
    drawings = [etree.parse(p) for folder in FOLDERS for p in folder.glob("*.bpmn")]
    words = {f.get("name", "") for d in drawings for f in d.iter(f"{BPMN}sequenceFlow")}
    assert {w for w in words if CHINESE.search(w)} <= {chinese for chinese, _, _ in names.names()}


# -- how processes are drawn - ----------------------------------------------------------------------------------------

Box = tuple[float, float, float, float]


def _box(bounds: etree._Element | None) -> Box:
    assert bounds is not None
    x, y, width, height = (float(bounds.get(side, "0")) for side in ("x", "y", "width", "height"))
    return x, y, x + width, y + height


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


class Drawing:
    """A picture: boxes of steps, labels, and the straight pieces of each line."""

    def __init__(self, tree: etree._Element) -> None:
        self.flows = {f.get("id", ""): f for f in tree.iter(f"{BPMN}sequenceFlow")}
        lanes = {lane.get("id", "") for lane in tree.iter(f"{BPMN}lane", f"{BPMN}participant")}
        shapes = {s.get("bpmnElement", ""): s for s in tree.iter(f"{DI}BPMNShape")}
        self.boxes = {key: _box(shape.find(BOUNDS)) for key, shape in shapes.items() if key not in lanes}
        self.gateways = {n.get("id", "") for n in tree.iter(f"{BPMN}*") if n.tag.endswith("Gateway")}
        self.attached = {e.get("id", ""): e.get("attachedToRef", "") for e in tree.iter(f"{BPMN}boundaryEvent")}
        self.pieces = [
            (e.get("bpmnElement", ""), piece) for e in tree.iter(f"{DI}BPMNEdge") for piece in pairwise(_points(e))
        ]
        self.labels = [
            (p.get("bpmnElement", ""), _box(label.find(BOUNDS)))
            for p in tree.iter(f"{DI}BPMNShape", f"{DI}BPMNEdge")
            for label in p.iterfind(f"{DI}BPMNLabel")
        ]


def _points(edge: etree._Element) -> list[tuple[float, float]]:
    return [(float(p.get("x", "0")), float(p.get("y", "0"))) for p in edge.iterfind(WAYPOINT)]


def _span(piece: tuple[tuple[float, float], tuple[float, float]]) -> Box:
    (x1, y1), (x2, y2) = piece
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


DRAWN = sorted(p for folder in set(FOLDERS) for p in folder.glob("*.bpmn"))


@pytest.fixture(scope="module", params=DRAWN, ids=lambda p: p.stem)
def drawing(request: pytest.FixtureRequest) -> Drawing:
    return Drawing(etree.parse(request.param).getroot())


# In the drawing of the mediation, which cases under way are pinned to, some long names come near a step.
@pytest.fixture(scope="module", params=[p for p in DRAWN if p.parent != MEDIATION], ids=lambda p: p.stem)
def in_english(request: pytest.FixtureRequest) -> Drawing:
    """Return a picture with the room that its English names are given."""
    version = engine.version(request.param.parent.name, lambda: engine.read_folder(request.param.parent))
    part = next(p for p in version.parts if p.diagram == request.param.read_text(encoding="utf-8"))
    with (Path(__file__).parents[2] / "app/translations/en/LC_MESSAGES/messages.po").open("rb") as file:
        english = read_po(file)

    def said(chinese: str) -> str:
        known = english.get(chinese)
        return str(known.string) if known else chinese

    return Drawing(etree.fromstring(engine.in_english(version, part, said).encode()))


def test_lines_run_straight_and_do_not_cross(drawing: Drawing) -> None:
    for key, ((x1, y1), (x2, y2)) in drawing.pieces:
        assert x1 == x2 or y1 == y2, f"{key} runs aslant"
    for (one, a), (other, b) in combinations(drawing.pieces, 2):
        assert one == other or not _meet(_span(a), _span(b)), f"{one} crosses {other}"


def test_lines_keep_off_the_steps_they_do_not_join(drawing: Drawing) -> None:
    for key, piece in drawing.pieces:
        joined = {drawing.flows[key].get("sourceRef"), drawing.flows[key].get("targetRef")}
        hit = [i for i, box in drawing.boxes.items() if i not in joined and _meet(_span(piece), box)]
        assert not hit, f"{key} runs through {hit}"


def test_steps_keep_off_each_other(drawing: Drawing) -> None:
    for (one, a), (other, b) in combinations(drawing.boxes.items(), 2):
        together = drawing.attached.get(one) == other or drawing.attached.get(other) == one
        assert together or not _meet(a, b), f"{one} and {other} lie on each other"


def test_names_can_be_read(drawing: Drawing) -> None:
    _can_be_read(drawing)


def test_english_names_can_be_read(in_english: Drawing) -> None:
    _can_be_read(in_english)


def test_names_keep_off_the_steps(drawing: Drawing) -> None:
    assert _names_over_steps(drawing) == []


def test_english_names_keep_off_the_steps(in_english: Drawing) -> None:
    assert _names_over_steps(in_english) == []


def _names_over_steps(drawing: Drawing) -> list[tuple[str, str]]:
    steps = [(key, box) for key, box in drawing.boxes.items() if key not in drawing.gateways]
    over = [(name, key) for name, label in drawing.labels for key, box in steps if _meet(box, label)]
    return [(name, key) for name, key in over if drawing.attached.get(name) != key]


def _can_be_read(drawing: Drawing) -> None:
    for (one, a), (other, b) in combinations(drawing.labels, 2):
        assert not _meet(a, b), f"the names of {one} and {other} lie on each other"
    for name, label in drawing.labels:
        hit = [key for key, piece in drawing.pieces if _meet(_span(piece), label)]
        assert not hit, f"the name of {name} lies on {hit}"
