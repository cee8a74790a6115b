"""What the forms of projects refuse, and what they offer."""

from __future__ import annotations

import pytest

import forms
from tests.forms.samples import FACTS, refusals


@pytest.mark.parametrize("link", ["amr.gd.gov.cn", "javascript:alert(1)", "https://", "ftp://a.cn/x"])
def test_a_link_is_a_whole_address(link: str) -> None:
    assert "请填写完整的网址" in refusals("desk:project_call", link=link)["link"]


def test_navigation_of_enterprises_is_for_members() -> None:
    assert "members_only" in refusals("desk:project_call", members_only=None)
    assert not refusals("desk:project_call", kind="industry_navigation", members_only=None)


@pytest.mark.parametrize("places", [0, -1, 10000])
def test_places_are_at_least_one_where_they_are_limited(places: int) -> None:
    assert "places" in refusals("desk:project_call", places=places)
    assert not refusals("desk:project_call", places=None, link=None, industries=[])


def test_a_window_has_its_days_in_order() -> None:
    assert "closes_on" in refusals("desk:project_call", closes_on="2026-11-30")


def test_who_was_asked_twice_is_not_asked_again() -> None:
    form = forms.build("guide_project", facts={**FACTS, "may_revise": False})
    assert [choice.value for choice in form.guidance.choices] == ["ready"]
    assert "guidance" in refusals("guide_project", {"may_revise": False})
    form = forms.build("examine_project", facts={**FACTS, "may_return": False})
    assert [choice.value for choice in form.examination.choices] == ["recommended", "not_recommended"]


def test_what_is_to_be_revised_is_said() -> None:
    assert "items" in refusals("guide_project", items=None)
    assert not refusals("guide_project", guidance="ready", items=None)


def test_a_funded_project_has_a_number() -> None:
    assert "result_number" in refusals("record_result", result_number=None)
    assert not refusals("record_result", result="unfunded", result_number=None, granted=None)


@pytest.mark.parametrize("amount", ["-1", "一百万", "1e9"])
def test_an_amount_is_one(amount: str) -> None:
    assert "asked" in refusals("project", asked=amount)


def test_the_form_begins_with_the_call_of_the_page_and_the_one_unit() -> None:
    begun = forms.build("project", facts={**FACTS, "call": "1"}).prefill()
    assert begun == {"organization": 7, "call_number": 1}
    assert forms.build("project", facts={**FACTS, "call": "9"}).prefill() == {"organization": 7}
