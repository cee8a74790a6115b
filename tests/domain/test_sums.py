"""Sums that sentences name, in figures and in characters."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import amounts, sums


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("被请求人支付八万元", ["80000"]),
        ("支付 80000 元。", ["80000"]),
        ("支付8万元", ["80000"]),
        ("支付８０，０００．００元", ["80000"]),
        ("支付3.5万元", ["35000"]),
        ("支付8万5千元", ["85000"]),
        ("支付一百二十万零五百元", ["1200500"]),
        ("支付两千元五角", ["2000.5"]),
        ("支付十二元三角四分", ["12.34"]),
        ("支付八〇〇〇〇元", ["80000"]),
        ("支付三亿二千万元", ["320000000"]),
        ("人民币捌万元整（¥80,000.00）", ["80000", "80000"]),
        ("首期三万元，余款5万元于交货时付清", ["30000", "50000"]),
        ("2026年3月2日前停止销售第20231.5号产品", []),
        ("几十万元的损失、数万元的费用，单位：万元", []),
        ("停止制造三元锂电池", []),
        ("", []),
    ],
)
def test_the_sums_of_a_sentence_are_read(text: str, named: list[str]) -> None:
    assert sums.sums_in(text) == [Decimal(one) for one in named]


@given(st.decimals(min_value="0.01", max_value=amounts.MOST, places=2))
def test_what_a_paper_prints_is_read_back_from_its_figures(amount: Decimal) -> None:
    assert sums.sums_in(amounts.on_paper(amount))[-1] == amount


@given(st.integers(min_value=1, max_value=int(amounts.MOST)))
def test_capitals_and_figures_name_the_same_sum(yuan: int) -> None:
    assert sums.sums_in(amounts.on_paper(Decimal(yuan))) == [yuan, yuan]


@pytest.mark.parametrize(
    ("amount", "named", "differs"),
    [
        ("80000", ["80000"], False),
        ("80000", ["80000", "10000"], False),
        ("80000", ["30000", "50000"], False),
        ("80000", [], False),
        (None, [], False),
        ("80000", ["50000"], True),
        (None, ["80000"], True),
    ],
)
def test_an_amount_agrees_with_one_of_the_sums_or_with_all_together(
    amount: str | None, named: list[str], differs: bool
) -> None:
    assert sums.differ(Decimal(amount) if amount else None, [Decimal(one) for one in named]) is differs
