"""The list of the sections beside the long form of a request: it stays in sight, and says where one is and what is done."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.flows.office import Office
from tests.journeys.axe import SIZES, bring_along, findings
from tests.journeys.visitor import Visitor

START = "/cases/new/mediation"
DESK, PHONE = SIZES


def link(visitor: Visitor, key: str) -> Locator:
    """Return the link that leads to a section, by the first field of the section."""
    return visitor.page.locator(f'nav[data-parts] a[href="#part-{key}"]')


def expect_filled(visitor: Visitor, key: str, *, filled: bool = True) -> None:
    expect(link(visitor, key).locator("[data-filled]")).to_be_visible(visible=filled)


def expect_current(visitor: Visitor, key: str) -> None:
    expect(visitor.page.locator("nav[data-parts] [aria-current]")).to_have_attribute("href", f"#part-{key}")


@pytest.mark.parametrize("size", SIZES, ids=["desk", "phone"])
def test_a_link_leads_to_its_section_and_the_list_stays_in_sight(
    opening: Callable[..., Visitor], office: Office, size: dict[str, int]
) -> None:
    visitor = opening(viewport=size)
    visitor.logs_in(office.requester, at=START)
    expect_current(visitor, "requester_organization")
    for key in ("dispute_kind", "evidence", "e_service", "respondents"):
        link(visitor, key).click()
        expect_current(visitor, key)
        expect(visitor.page.locator(f"#part-{key} > h2")).to_be_in_viewport(ratio=0.9)
        expect(link(visitor, key)).to_be_in_viewport(ratio=0.9)


def test_the_heading_to_which_a_link_leads_is_not_behind_the_list_of_a_phone(
    opening: Callable[..., Visitor], office: Office
) -> None:
    visitor = opening(viewport=PHONE, reduced_motion="reduce")
    visitor.logs_in(office.requester, at=START)
    link(visitor, "dispute_kind").click()
    heading, strip = visitor.page.locator("#part-dispute_kind > h2"), visitor.page.locator("nav[data-parts]")
    expect(heading).to_be_in_viewport(ratio=0.9)
    above, below = strip.bounding_box(), heading.bounding_box()
    assert above
    assert below
    assert above["y"] <= 0 < above["y"] + above["height"] <= below["y"]


def test_whoever_reads_on_is_told_where_they_are(opening: Callable[..., Visitor], office: Office) -> None:
    visitor = opening(viewport=DESK, reduced_motion="reduce")
    visitor.logs_in(office.requester, at=START)
    visitor.page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    expect_current(visitor, "e_service")
    visitor.page.evaluate("window.scrollTo(0, 0)")
    expect_current(visitor, "requester_organization")


def test_a_section_is_marked_once_all_that_must_be_answered_is(visitor: Visitor, office: Office) -> None:
    visitor.logs_in(office.requester, at=START)
    expect_filled(visitor, "requester_organization")  # who acts for one organisation finds it chosen
    expect_filled(visitor, "right_type", filled=False)
    visitor.fills(right_type="copyright", right_name="卡通形象", right_holder="美誉", standing="holder")
    expect_filled(visitor, "right_type")
    visitor.fills(right_type="design")  # of which a number is asked
    expect_filled(visitor, "right_type", filled=False)
    visitor.fills(right_number="ZL 2023 3 0418812.8")
    expect_filled(visitor, "right_type")
    visitor.fills(right_holder="")
    expect_filled(visitor, "right_type", filled=False)


def test_a_section_without_anything_that_must_be_answered_is_marked_once_something_is(
    visitor: Visitor, office: Office
) -> None:
    visitor.logs_in(office.requester, at=START)
    expect_filled(visitor, "agents", filled=False)
    visitor.adds_row("agents")
    expect_filled(visitor, "agents", filled=False)
    visitor.fills(agents__0__name="李律师")
    expect_filled(visitor, "agents")
    visitor.uploads("right_files")
    expect_filled(visitor, "evidence")


def test_the_marks_are_there_again_with_the_draft(visitor: Visitor, office: Office) -> None:
    visitor.logs_in(office.requester, at=START)
    visitor.fills(no_suit=True)
    visitor.uploads("right_files")
    expect(visitor.page.locator("[data-draft-state]")).to_contain_text("草稿已保存")
    visitor.opens("/matters")
    visitor.opens(START)
    for key in ("e_service", "evidence"):
        expect_filled(visitor, key)
    expect_filled(visitor, "dispute_kind", filled=False)


def test_without_scripts_the_list_leads_to_the_sections(opening: Callable[..., Visitor], office: Office) -> None:
    visitor = opening(java_script_enabled=False, reduced_motion="reduce")
    visitor.logs_in(office.requester, at=START)
    link(visitor, "evidence").click()
    expect(visitor.page.locator("#part-evidence > h2")).to_be_in_viewport(ratio=0.9)
    expect(link(visitor, "evidence")).to_be_in_viewport(ratio=0.9)
    expect_filled(visitor, "requester_organization", filled=False)


def test_axe_finds_nothing_where_sections_are_marked(opening: Callable[..., Visitor], office: Office) -> None:
    visitor = opening()
    bring_along(visitor.context)
    visitor.logs_in(office.requester, at=START)
    visitor.fills(no_suit=True)
    link(visitor, "evidence").click()
    found = findings(visitor.page, "in the middle")
    visitor.presses("下一步：核对")
    expect(link(visitor, "respondents")).to_contain_text("处要改")
    expect_filled(visitor, "e_service")
    found += findings(visitor.page, "with errors")
    assert not found, "\n".join(found)
