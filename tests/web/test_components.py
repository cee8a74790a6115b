"""Every component draws strict HTML with unique ids, in both languages, with full and with empty data."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask import render_template_string

from tests.web.gallery import COMPONENTS, ERRORS, ROOT, Review, pages


@pytest.fixture(scope="module")
def page() -> Page:
    return visit("/")


@dataclass(frozen=True)
class Page:
    """A page that was parsed as strict HTML."""

    text: str
    tree: Element

    def every(self, name: str, value: str | None = None) -> list[str]:
        """Return the values of an attribute throughout the page, those within templates too."""
        return [one.attrib[name] for one in self.tree.iter() if name in one.attrib and value in (None, one.tag)]

    def words(self, tag: str) -> list[str]:
        return ["".join(one.itertext()).strip() for one in self.tree.iter(tag)]


def visit(address: str) -> Page:
    response = pages().test_client().get(address)
    assert response.status_code == 200
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), strict=True, namespaceHTMLElements=False)
    return Page(response.text, parser.parse(response.text))


EVERY_PAGE = ["/", "/?language=en", "/stranger", *(f"/errors/{code}" for code in ERRORS)]


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_every_page_is_strict_html_with_unique_ids_and_one_heading(address: str) -> None:
    page = visit(address)
    assert [one for one, times in Counter(page.every("id")).items() if times > 1] == []
    headings = page.words("h1")
    assert len(headings) == 1
    assert page.words("title")[0].startswith(headings[0])


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_nothing_on_a_page_needs_a_looser_content_security_policy(address: str) -> None:
    page = visit(address)
    assert page.every("style") == []
    assert [name for one in page.tree.iter() for name in one.attrib if name.startswith("on")] == []
    assert all("src" in one.attrib for one in page.tree.iter("script"))
    assert page.words("style") == []


@pytest.mark.parametrize(
    "attribute", ["for", "aria-describedby", "aria-labelledby", "data-copy", "data-dialog", "data-list"]
)
def test_what_points_to_an_element_finds_it(page: Page, attribute: str) -> None:
    ids = set(page.every("id"))
    pointed = {one for value in page.every(attribute) for one in value.split()}
    assert pointed
    assert pointed <= ids


def test_every_error_in_the_list_leads_to_its_field(page: Page) -> None:
    summary = next(one for one in page.tree.iter("div") if one.get("class") == "error-summary")
    links = [one.attrib["href"].removeprefix("#") for one in summary.iter("a")]
    assert "reasons" in links
    assert "result-0" in links  # a list of choices is entered at its first
    assert "parties-0-name" in links
    assert "claims-0" in links
    assert set(links) <= set(page.every("id"))


def test_an_answer_that_was_typed_is_still_in_the_field(page: Page) -> None:
    assert 'value="嘉信贸易行"' in page.text
    assert 'value="赔偿"' in page.text


def test_a_row_can_be_added_without_a_script_and_with_one(page: Page) -> None:
    assert {"add-parties", "remove-parties-1", "add-evidence"} <= set(page.every("value", "button"))
    assert page.text.count("data-blank-row") == 1  # of the field that knows what an empty row looks like


def test_the_last_row_that_must_be_there_cannot_be_removed() -> None:
    small = Review(data={"parties": [{"name": "一家"}]})
    with pages().test_request_context():
        html = render_template_string(
            '{% from "components/field.html" import field %}{{ field(form.parties) }}', form=small
        )
    assert 'value="remove-parties-0" formnovalidate data-remove-row aria-label="移除第 1 行" hidden' in html


def test_a_stranger_sees_no_menu_and_nobody_signed_in() -> None:
    page = visit("/stranger")
    assert "menu" not in page.every("class")
    assert "data-person" not in page.text


def test_what_a_person_typed_is_escaped_on_an_error_page() -> None:
    assert "&lt;b&gt;" in visit("/errors/422").text


def test_every_component_is_on_the_page_that_shows_them_all() -> None:
    readers = [ROOT / "tests/web/gallery.html", ROOT / "app/templates/base.html", *COMPONENTS]
    imported = {
        name for path in readers for name in re.findall(r'from "components/(\w+)\.html"', path.read_text("utf-8"))
    }
    assert {path.stem for path in COMPONENTS} == imported


def test_scripts_and_page_agree_on_the_words_that_scripts_say(page: Page) -> None:
    scripts = "".join(path.read_text("utf-8") for path in (ROOT / "app/static/src").rglob("*.js"))
    said = set(re.findall(r'say\("([a-z.]+)"', scripts)) | set(re.findall(r'#button\("([a-z.]+)"', scripts))
    assert said == set(page.every("value", "data"))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2.1, 1.4.3)."""

    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


TOKENS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", (ROOT / "app/static/src/styles/tokens.css").read_text("utf-8")))


@pytest.mark.parametrize("ground", ["#ffffff", TOKENS["tblr-body-bg"], TOKENS["marked"], TOKENS["ground"]])
@pytest.mark.parametrize("text", ["quiet", "tblr-link-color", *(name for name in TOKENS if name.startswith("lamp-"))])
def test_every_text_colour_can_be_read_on_every_ground(text: str, ground: str) -> None:
    assert contrast(TOKENS[text], ground) >= 4.5
