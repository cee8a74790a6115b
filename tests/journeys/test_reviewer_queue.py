"""A reviewer's list worked by keyboard, many accepted at once; the form of an applicant; the leaders' charts."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from app.models import db
from tests.flows.awarding import AwardOffice, build_award_office
from tests.journeys.axe import SIZES, TOO_WIDE, bring_along, findings
from tests.journeys.visitor import Visitor

GROUP = "/workbench?queue=group"


@pytest.fixture
def office(app: Flask, session: Session) -> AwardOffice:
    """Return the office with those who have to do with awards."""
    return build_award_office(app, session)


def pictured(visitor: Visitor, name: str) -> None:
    if folder := os.environ.get("PEIYOU_SCREENSHOTS"):
        visitor.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.slow
def test_a_reviewer_moves_opens_claims_and_accepts_by_keyboard(visitor: Visitor, office: AwardOffice) -> None:
    call = office.calls("AW02", "AW03", "AW11")
    for award in ("AW02", "AW03"):
        office.applies(call, award, **office.enough(award))
    office.applies(call, "AW11")
    db.session.rollback()
    bring_along(visitor.context)
    visitor.logs_in(office.reviewers[0], at=GROUP)
    keys, page = visitor.page.keyboard, visitor.page
    rows = page.locator("[data-inbox] [data-row]")
    for key, at in (("j", 0), ("j", 1), ("k", 0)):
        keys.press(key)
        expect(rows.nth(at)).to_have_attribute("aria-current", "true")
    number = rows.nth(0).locator(".sub.num").first.inner_text()
    keys.press("Enter")
    expect(page.locator("main")).to_contain_text(number)
    expect(page.locator("main")).to_contain_text("要点")
    pictured(visitor, "glance")
    assert not findings(page, "glance")
    page.go_back()
    for _ in range(3):
        keys.press("j")
        keys.press("x")
    expect(page.locator("[data-select-count]")).to_contain_text("3")
    pictured(visitor, "bulk-bar")
    assert not findings(page, "queue")
    visitor.presses("受理所选")
    expect(page.locator("tbody .badge", has_text="已办理")).to_have_count(2)
    expect(page.locator("tbody tr", has_text="有承诺后补的材料")).to_have_count(1)
    pictured(visitor, "bulk")
    visitor.opens(GROUP)
    keys.press("j")
    keys.press("c")
    visitor.sees("已认领")


@pytest.mark.slow
def test_an_applicant_is_offered_what_the_chosen_award_lets_follow(visitor: Visitor, office: AwardOffice) -> None:
    call = office.calls("AW02", "AW11")
    number = call.number
    db.session.rollback()
    visitor.logs_in(office.requester)
    visitor.opens(f"/cases/new/award_application?call={number}")
    filing, certificate = (visitor.page.locator(f"[name=promised][value={kind}]") for kind in ("filing", "certificate"))
    expect(filing).not_to_be_visible()
    visitor.page.locator("[name=applies_for]").select_option(f"{number}:AW11")
    expect(filing).to_be_visible()
    expect(certificate).not_to_be_visible()
    pictured(visitor, "promised")
    visitor.page.locator("[name=applies_for]").select_option(f"{number}:AW02")
    expect(certificate).to_be_visible()
    expect(filing).not_to_be_visible()


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES, ids=["desk", "phone"])
def test_the_programme_is_drawn_above_its_tables(
    opening: Callable[..., Visitor], office: AwardOffice, size: dict[str, int]
) -> None:
    call = office.calls("AW02", "AW03", "AW11")
    office.paid(office.supported(call, "AW02"))
    office.approved(office.supported(call, "AW03"))
    office.applies(call, "AW11")
    db.session.rollback()
    leader = opening(viewport=size)
    bring_along(leader.context)
    leader.logs_in(office.director)
    leader.opens("/programme")
    expect(leader.page.locator("[data-chart] svg").first).to_be_visible()
    pictured(leader, f"programme-{size['width']}")
    assert leader.page.evaluate(TOO_WIDE) == 0
    assert not findings(leader.page, "programme")
