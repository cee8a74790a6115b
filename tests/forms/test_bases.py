"""The line of law under a form fits the right in dispute."""

from __future__ import annotations

from datetime import date

import pytest

import forms
from tests.forms.samples import FACTS, HAPPY, refusals

STEPS = [
    key for key in HAPPY if not key.startswith("desk:") and key not in ("mediation_request", "act:to_adjudication")
]
ABOUT = {"received_on": date(2026, 11, 26), "dispute_kind": "infringement"}


def basis(key: str, right: str, **more: object) -> str:
    return str(forms.build(key, facts={**FACTS, **ABOUT, "right_type": right, **more}).basis)


@pytest.mark.parametrize("key", STEPS)
@pytest.mark.parametrize("right", ["trademark", "geographical_indication", "trade_secret", "copyright"])
def test_no_step_cites_the_patent_measures_for_another_right(key: str, right: str) -> None:
    assert "专利" not in basis(key, right)


def test_a_patent_keeps_its_articles() -> None:
    assert "第六十七条" in basis("hold_session", "invention")
    assert "第六十六条" in basis("docket", "design")


@pytest.mark.parametrize("key", STEPS)
def test_a_request_received_before_order_81_is_not_dealt_with_under_it(key: str) -> None:
    assert "行政裁决和调解办法" not in basis(key, "invention", received_on=date(2025, 1, 31))


@pytest.mark.parametrize(
    ("key", "article"),
    [
        ("serve_request", "第二十三条"),
        ("statement", "第二十三条、第二十四条"),
        ("docket", "第七条、第二十四条"),
        ("refuse_docketing", "第二十四条"),
        ("schedule_session", "第二十四条"),
        ("act:recuse", "第七条"),
        ("decide_recusal", "第七条"),
        ("reappoint", "第七条"),
        ("act:record_resumption", "第二十七条"),
        ("act:copy_to_cnipa", "第二十七条"),
    ],
)
def test_the_text_of_2015_is_cited_where_it_speaks(key: str, article: str) -> None:
    assert f"《专利行政执法办法》{article}" in basis(key, "invention", received_on=date(2025, 1, 31))
    assert "专利行政执法办法" not in basis(key, "invention", received_on=date(2025, 2, 1))


@pytest.mark.parametrize("key", ["docket", "hold_session", "draft_agreement", "issue_agreement"])
def test_the_mediation_of_a_trademark_stands_on_the_trademark_law(key: str) -> None:
    assert basis(key, "trademark") == "依据：《中华人民共和国商标法》第六十条。"
    assert "第七十四条" in basis(key, "trademark", received_on=date(2027, 1, 1))
    assert basis(key, "trademark", dispute_kind="ownership") == ""
    assert basis(key, "trade_secret") == ""


def test_what_is_the_same_for_every_right_stays() -> None:
    for right in ("trademark", "trade_secret", "design"):
        assert "民事诉讼法" in basis("joint_application", right)
        assert "第四条" in basis("confirm_competence", right)


def test_a_request_names_both_texts_before_the_right_is_chosen() -> None:
    said = str(forms.build("mediation_request", facts=FACTS).basis)
    assert "专利纠纷行政裁决和调解办法" in said and "商标法》第六十条" in said


def test_only_a_patent_dispute_about_damages_alone_needs_the_decision() -> None:
    alone = {"only_damages": True, "decision_files": None}
    assert "decision_files" in refusals("mediation_request", **alone)
    trademark = {"right_type": "trademark", "right_number": "12345678"}
    assert "decision_files" not in refusals("mediation_request", **alone, **trademark)


def test_only_an_invention_is_protected_between_publication_and_grant() -> None:
    fee = {"dispute_kind": "provisional_fee"}
    assert "dispute_kind" in refusals("mediation_request", **fee)
    assert "dispute_kind" not in refusals("mediation_request", **fee, right_type="invention")


def test_a_request_about_another_right_is_not_refused_for_want_of_that_decision() -> None:
    refused = {"check": "refuse", "reasons": ["no_decision"]}
    assert "reasons" in refusals("formality_check", {"right_type": "trademark"}, **refused)
    assert "reasons" not in refusals("formality_check", {"right_type": "design"}, **refused)
