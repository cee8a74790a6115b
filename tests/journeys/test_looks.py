"""How pages stand in their window: what is measured in a browser because only its layout can tell."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, ViewportSize, expect
from sqlalchemy.orm import Session

from tests.factories.parts import in_a_part
from tests.flows.office import Case, Office
from tests.journeys.axe import SIZES
from tests.journeys.visitor import Visitor


@pytest.fixture
def two_cases(office: Office) -> list[Case]:
    """Two requests that wait for their formality check."""
    return [office.files(), office.files()]


# -- the diagram -------------------------------------------------------------------------------------------------------

FRAME = ".diagram-canvas"
POOL = "[data-element-id=pool] > .djs-visual rect"
STEP = "[data-element-id=formality_check]"


def share(part: Locator, frame: Locator) -> tuple[float, float]:
    """Return how much of the part lies in the frame, and how much of the frame's width it takes."""
    one, other = part.bounding_box(), frame.bounding_box()
    assert one
    assert other
    width = min(one["x"] + one["width"], other["x"] + other["width"]) - max(one["x"], other["x"])
    height = min(one["y"] + one["height"], other["y"] + other["height"]) - max(one["y"], other["y"])
    inside = max(0, width) * max(0, height) / (one["width"] * one["height"])
    return inside, width / other["width"]


def all_cases(opening: Callable[..., Visitor], office: Office, size: ViewportSize) -> tuple[Visitor, Locator]:
    """Open the diagram that counts all cases, and return it with the frame it stands in."""
    visitor = opening(viewport=size)
    visitor.logs_in(office.supervisor, at="/supervision/bottlenecks")
    expect(visitor.page.locator(".diagram-count")).to_be_visible()
    return visitor, visitor.page.locator(FRAME)


def test_the_diagram_of_all_cases_opens_on_the_whole_drawing_in_every_size(
    opening: Callable[..., Visitor], office: Office, two_cases: list[Case]
) -> None:
    visitor, frame = all_cases(opening, office, SIZES[0])
    pool = visitor.page.locator(POOL).first
    for width in (1280, 1000, 1500):
        visitor.page.set_viewport_size({"width": width, "height": 900})
        visitor.page.wait_for_timeout(300)
        inside, filled = share(pool, frame)
        assert inside > 0.99, width
        assert filled > 0.75, width


def test_on_a_phone_it_opens_on_the_step_with_most_cases(
    opening: Callable[..., Visitor], office: Office, two_cases: list[Case]
) -> None:
    visitor, frame = all_cases(opening, office, SIZES[1])
    step = visitor.page.locator(STEP).first
    assert share(step, frame)[0] > 0.99
    visitor.presses("放大")
    before = step.bounding_box()
    visitor.page.set_viewport_size({"width": 430, "height": 844})
    visitor.page.wait_for_timeout(300)
    after = step.bounding_box()
    assert before
    assert after
    assert after["width"] == pytest.approx(before["width"], rel=0.01)  # the person's own zoom stays
    assert share(step, frame)[0] > 0.99


# -- tabs --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_tab_that_is_open_is_in_sight_on_a_phone_and_more_is_hinted_at(
    language: str, opening: Callable[..., Visitor], office: Office
) -> None:
    visitor = opening(language, viewport=SIZES[1])
    visitor.logs_in(office.admin)
    for room in ("/administration", "/administration/processes", "/administration/audit"):
        visitor.opens(room)
        row = visitor.page.locator("main > .tabs")
        expect(row).to_have_css("background-image", re.compile(r"rgb\(245, 247, 250\).*rgba\(27, 39, 51, 0\.22\)"))
        one, other = row.locator("[aria-current]").bounding_box(), row.bounding_box()
        assert one
        assert other
        assert one["x"] >= other["x"], room
        assert one["x"] + one["width"] <= other["x"] + other["width"] + 1, room


# -- a task ------------------------------------------------------------------------------------------------------------


def test_what_stands_beside_a_task_ends_where_the_header_ends(visitor: Visitor, office: Office) -> None:
    case = office.files()
    visitor.logs_in(office.clerk, at=f"/tasks/{case.task('formality_check', office.clerk)}")
    card, header = visitor.page.locator(".stick > .card").first.bounding_box(), visitor.page.locator(".account")
    edge = header.bounding_box()
    assert card
    assert edge
    assert card["x"] + card["width"] == pytest.approx(edge["x"] + edge["width"], abs=1)


# -- headings and doors ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/login", "/signup", "/signup/invited"])
def test_a_door_is_one_card_in_the_middle(path: str, visitor: Visitor) -> None:
    visitor.opens(path)
    card = visitor.page.locator("main .card:has(form)").bounding_box()
    assert card
    assert card["width"] <= 640
    assert card["x"] + card["width"] / 2 == pytest.approx(640, abs=1)


@pytest.mark.parametrize("path", ["/login", "/progress", "/profile/second-factor"])
def test_a_heading_does_not_touch_the_card_below_it(path: str, visitor: Visitor, office: Office) -> None:
    if path.startswith("/profile"):
        visitor.logs_in(office.clerk)
    visitor.opens(path)
    heading, card = visitor.page.locator("h1").bounding_box(), visitor.page.locator("main .card").first.bounding_box()
    assert heading
    assert card
    assert 12 <= card["y"] - heading["y"] - heading["height"] <= 24


# -- the head of a case ------------------------------------------------------------------------------------------------

LAST_LINE = """one => { const range = document.createRange(); range.selectNodeContents(one);
  const boxes = [...range.getClientRects()], last = Math.max(...boxes.map(box => box.bottom));
  const line = boxes.filter(box => box.bottom > last - 6);
  return Math.max(...line.map(box => box.right)) - Math.min(...line.map(box => box.left)); }"""


def test_no_line_of_the_head_of_a_case_holds_one_character(
    visitor: Visitor, office: Office, two_cases: list[Case]
) -> None:
    visitor.logs_in(office.clerk, at=f"/cases/{two_cases[0].id}")
    parties = visitor.page.locator(".case-parties")
    for width in range(360, 560, 12):
        visitor.page.set_viewport_size({"width": width, "height": 844})
        assert parties.evaluate(LAST_LINE) > 60, width
    visitor.page.set_viewport_size({"width": 900, "height": 844})
    heights = visitor.page.locator(".case-parties .fact").evaluate_all("all => all.map(one => one.offsetHeight)")
    assert len(set(heights)) == 1  # where there is room a fact is never taken apart


# -- answers once more -------------------------------------------------------------------------------------------------


def test_the_way_back_to_an_answer_stands_at_the_end_of_its_line(visitor: Visitor, office: Office) -> None:
    case = office.served()
    visitor.logs_in(office.respondent, at=f"/tasks/{case.task('statement', office.respondent)}")
    visitor.page.locator("[name=stance][value=consents]").check()
    visitor.page.locator("[name=opinion]").fill("愿意协商，但数额过高")
    visitor.presses("下一步：核对")
    lines = visitor.page.locator(".facts-again > div")
    expect(lines.first).to_be_visible()
    for place in range(lines.count()):
        line = lines.nth(place)
        link, value, label = (line.locator(part).bounding_box() for part in ("dt > a", "> dd", "> dt"))
        assert link
        assert value
        assert label
        assert link["x"] >= value["x"] + value["width"] - 1
        assert link["y"] < label["y"] + 8


# -- lists -------------------------------------------------------------------------------------------------------------


def test_in_whose_hands_a_period_is_has_room_for_its_words(visitor: Visitor, office: Office) -> None:
    office.files()
    visitor.logs_in(office.supervisor, at="/supervision?target=internal")
    held = visitor.page.locator("td[data-label=在谁手上]").first.bounding_box()
    assert held
    assert held["width"] > 170


@pytest.mark.parametrize("size", SIZES, ids=["desk", "phone"])
def test_what_can_be_done_with_chosen_rows_is_in_sight_and_covers_none_for_good(
    size: dict[str, int], opening: Callable[..., Visitor], office: Office
) -> None:
    for _ in range(10):
        office.files()
    visitor = opening(viewport=size)
    visitor.logs_in(office.clerk, at="/workbench?queue=group")
    bar, boxes = visitor.page.locator("#bulk-form"), visitor.page.locator("[data-select]")
    expect(bar).to_be_hidden()
    boxes.first.check()
    placed = bar.bounding_box()
    assert placed
    assert placed["y"] > 0
    assert placed["y"] + placed["height"] <= size["height"] + 1
    box = boxes.nth(7)
    box.focus()  # what the keyboard comes to is not hidden behind it
    visitor.page.wait_for_timeout(800)  # the page glides there
    here = box.bounding_box()
    assert here
    assert here["y"] + here["height"] <= placed["y"]
    visitor.page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    placed, last = bar.bounding_box(), visitor.page.locator("tr[data-row]").last.bounding_box()
    assert placed
    assert last
    assert last["y"] + last["height"] <= placed["y"]


# -- papers ------------------------------------------------------------------------------------------------------------

SEPARATORS = """rows => rows.flatMap(row => [...row.children]).map(part => [getComputedStyle(part, "::before").content,
  getComputedStyle(part, "::after").content])"""


def test_dots_between_the_facts_of_a_paper_end_a_line_and_none_is_doubled(visitor: Visitor, office: Office) -> None:
    case = office.served()
    visitor.logs_in(office.clerk, at=f"/cases/{case.id}?tab=documents")
    facts = visitor.page.locator(".document-facts").evaluate_all(SEPARATORS)
    assert {before for before, _after in facts} == {"none"}
    assert any("·" in after for _before, after in facts)
    lines = visitor.page.locator(".document-main .small:not(.document-facts):has(.badge)")
    assert lines.count() > 0
    assert "·" not in str(lines.evaluate_all(SEPARATORS))
    assert "· ·" not in " ".join(lines.all_inner_texts())


@pytest.mark.parametrize("size", SIZES, ids=["desk", "phone"])
def test_the_ways_to_record_service_stand_in_one_place(
    size: dict[str, int], opening: Callable[..., Visitor], office: Office
) -> None:
    case = office.accepted(e_service=False)
    case.has_made("statement_notice")
    visitor = opening(viewport=size)
    visitor.logs_in(office.clerk, at="/serving")
    ways = visitor.page.locator(".unreached li")
    expect(ways.filter(has_text=visitor.say("登记")).first).to_be_visible()
    for place in range(ways.count()):
        name, way = ways.nth(place).locator("> .wrap").bounding_box(), ways.nth(place).locator("> .btn").bounding_box()
        assert name
        assert way
        below = way["y"] >= name["y"] + name["height"] - 1
        assert below == (size["width"] < 768)


def test_the_box_of_a_part_leads_to_its_drawing_where_the_step_under_way_is_marked(
    opening: Callable[..., Visitor], office: Office, session: Session
) -> None:
    case_id = in_a_part(office, session)
    session.expunge_all()
    session.rollback()
    visitor = opening()
    visitor.logs_in(office.clerk, at=f"/cases/{case_id}/diagram")
    box = visitor.page.locator("[data-element-id=call_service]")
    expect(box).to_have_class(re.compile(r"\bnow\b.*leads-in|leads-in.*\bnow\b"))
    box.click()
    step = visitor.page.locator("[data-element-id=serve_case]")
    expect(step).to_have_class(re.compile(r"\bnow\b"))
    expect(visitor.page.locator(".diagram-state")).to_contain_text("送达请求书副本")
