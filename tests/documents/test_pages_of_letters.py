"""How letters lie on their pages: full ones, with a signature below a text, and names that are read in one piece."""

from __future__ import annotations

from typing import Any

import pytest
from pypdf import PageObject

from app.documents import catalogue, letters
from tests.documents.conftest import REQUESTER, Sample
from tests.documents.reading import read

WITH_LETTER = [kind for kind, paper in catalogue.KINDS.items() if paper.has_letter]
MILLIMETRE = 72 / 25.4
FOOT = 35 * MILLIMETRE
THIRD = 75 * MILLIMETRE


def lowest(page: PageObject) -> float:
    """Return how high above the foot the last line of a page stands, in points; the page number is no line of it."""
    found: list[float] = []

    def note(text: str, cm: list[float], tm: list[float], *_font: Any) -> None:
        above = tm[4] * cm[1] + tm[5] * cm[3] + cm[5] - FOOT
        if text.strip() and above > -6:
            found.append(above)

    page.extract_text(visitor_text=note)
    return min(found)


def words(page: PageObject) -> str:
    return "".join(page.extract_text().split())


@pytest.mark.parametrize("kind", WITH_LETTER)
def test_no_page_but_the_last_is_one_third_empty(kind: str, sample: Sample) -> None:
    *full, _last = read(letters.render(kind, sample(kind))).pages
    assert [page for page in full if lowest(page) > THIRD] == []


@pytest.mark.parametrize(
    "kind",
    [
        "correction_notice",
        "mediation_cancel_notice",
        "mediation_docket_notice",
        "mediation_refusal_notice",
        "submission_receipt",
        "transfer_notice",
    ],
)
def test_a_letter_that_says_little_is_one_page(kind: str, sample: Sample) -> None:
    assert len(read(letters.render(kind, sample(kind))).pages) == 1


def test_a_letter_that_says_more_keeps_its_last_paragraph_with_the_signature(sample: Sample) -> None:
    for items in (7, 9, 11):
        asked = [f"第{n}项材料的原件和复印件各一份，复印件由提交人签名或者盖章；" for n in range(items)]
        last = words(read(letters.render("correction_notice", sample("correction_notice", items=asked))).pages[-1])
        assert "本局将不予受理" in last and "2026年11月3日" in last


@pytest.mark.parametrize("terms", [1, 4, 7, 10])
def test_nobody_signs_on_a_page_without_a_term(terms: int, sample: Sample) -> None:
    agreed = [f"第{n}项：被请求人停止制造、销售被控产品，并于三十日内销毁专用模具。" for n in range(terms)]
    pages = read(
        letters.render("mediation_agreement", sample("mediation_agreement", terms=agreed, partial=False))
    ).pages
    signed = [words(page) for page in pages if "（签章）" in words(page)]
    assert len(signed) == 1
    assert "申请司法确认" in signed[0]


def test_the_name_of_a_company_is_not_torn_before_its_last_word(sample: Sample) -> None:
    named = [{**REQUESTER, "name": f"中山市{'晨光' * n}小家电{'厨' * (n % 2)}有限公司"} for n in range(1, 9)]
    lines = [
        line.strip()
        for page in read(letters.render("statement_notice", sample("statement_notice", to=named))).pages
        for line in page.extract_text().splitlines()
    ]
    assert [line for line in lines if line.startswith(("司", "：", "、"))] == []
    assert any(line.startswith("公司") for line in lines)
