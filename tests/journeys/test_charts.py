"""The charts of the supervisor's room, drawn by a browser: on the screen, on a phone, on paper, and without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from unicodedata import normalize

import pytest
from playwright.sync_api import Locator, expect

from app.models import User, db
from tests.documents.reading import read, text_of
from tests.flows.office import Office
from tests.journeys.axe import SIZES
from tests.journeys.visitor import Visitor

OVERVIEW, FIGURES = "/supervision/overview", "/supervision/figures"
WITHIN, BEYOND = "#1454b8", "#b71f28"  # of the tokens
AS_WIDE = re.compile(r"^0 0 640 \d+$")
PAPER = {"format": "A4", "prefer_css_page_size": True}


@pytest.fixture
def busy(office: Office) -> Office:
    """Return the office with periods that run, and a mediator who has three cases and can take two."""
    office.served()
    for _ in range(3):
        office.docketed()
    db.session.rollback()
    db.session.get_one(User, office.mediator.id).capacity = 2
    db.session.commit()
    return office


def charts(visitor: Visitor) -> Locator:
    return visitor.page.locator("[data-chart]")


def bars(drawn: Locator, colour: str) -> list[float]:
    """Return how long the bars of one colour are; the square beside the name of a series is not among them."""
    found = drawn.locator(f'svg path[fill="{colour}"]:not([transform])')
    return [box["width"] for box in (bar.bounding_box() for bar in found.all()) if box]


@pytest.mark.parametrize("locale", ["zh_CN", "en"])
def test_bars_are_as_long_as_the_numbers_of_the_table(
    opening: Callable[..., Visitor], busy: Office, locale: str
) -> None:
    visitor = opening(locale)
    visitor.logs_in(busy.supervisor, at=OVERVIEW)
    if locale == "en":
        visitor.page.get_by_role("button", name="English").click()
    expect(visitor.page.locator("html")).to_have_attribute("lang", locale.replace("_", "-"))
    expect(visitor.page.locator("[data-chart] svg")).to_have_count(4)
    loads = charts(visitor).nth(3)
    [within], [beyond] = bars(loads, WITHIN), bars(loads, BEYOND)
    assert within == pytest.approx(2 * beyond, rel=0.05)
    expect(loads.locator("svg text", has_text=busy.mediator.name)).to_be_visible()
    visitor.sees(visitor.say("超负荷 %(n)s 人：%(names)s", n=1, names=busy.mediator.name))
    for drawn in charts(visitor).all():
        expect(drawn).to_have_role("img")
        assert drawn.get_attribute("aria-label")


def test_it_is_drawn_anew_for_another_width_and_never_wider_than_the_window(visitor: Visitor, busy: Office) -> None:
    visitor.logs_in(busy.supervisor, at=OVERVIEW)
    drawing = visitor.page.locator("[data-chart] svg").first
    expect(drawing).to_be_visible()
    for size in reversed(SIZES):
        visitor.page.set_viewport_size(size)  # type: ignore[arg-type]
        expect(drawing).to_have_attribute("width", str(charts(visitor).first.evaluate("one => one.clientWidth")))
    visitor.presses("大字")
    letter = drawing.locator("text").first
    expect(letter).to_have_css("font-size", "16.3125px")


@pytest.mark.parametrize("path", [OVERVIEW, FIGURES])
def test_paper_has_the_charts_and_the_tables(visitor: Visitor, busy: Office, path: str) -> None:
    visitor.logs_in(busy.supervisor, at=path)
    expect(visitor.page.locator("[data-chart] svg").first).to_be_visible()
    before = visitor.page.locator("[data-chart] svg").first.get_attribute("width")
    paper = visitor.page.pdf(**PAPER)  # type: ignore[arg-type]
    words = normalize("NFKC", text_of(paper))
    assert ("3月4日周三" if path == OVERVIEW else "3月2026") in words  # so called in the chart alone
    assert ("3月4日星期三" if path == OVERVIEW else "2026-03") in words  # and so in the table
    assert all(page.mediabox.width == pytest.approx(595, abs=1) for page in read(paper).pages)
    expect(visitor.page.locator("[data-chart] svg").first).to_have_attribute("width", str(before))


def test_on_paper_a_chart_is_as_wide_as_the_sheet(visitor: Visitor, busy: Office) -> None:
    visitor.logs_in(busy.supervisor, at=OVERVIEW)
    first = visitor.page.locator("[data-chart] svg").first
    expect(first).to_be_visible()
    visitor.page.emulate_media(media="print")
    visitor.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(first).to_have_attribute("viewBox", AS_WIDE)
    assert first.locator("pattern").count() > 0  # colours are not all that tells the series apart
    visitor.page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(first).not_to_have_attribute("viewBox", AS_WIDE)


def test_without_scripts_there_is_the_table_alone(opening: Callable[..., Visitor], busy: Office) -> None:
    plain = opening(java_script_enabled=False)
    plain.logs_in(busy.supervisor, at=OVERVIEW)
    plain.sees("3月4日")
    for drawn in charts(plain).all():
        expect(drawn).to_be_hidden()
