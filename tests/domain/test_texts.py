"""Lists have numbers of their own: what was typed before a line as its number is not part of it."""

from __future__ import annotations

import pytest

from app.domain.texts import unnumbered


@pytest.mark.parametrize(
    "line",
    [
        "一、停止销售",
        "1. 停止销售",
        "2、停止销售",
        "（1）停止销售",
        "(十二) 停止销售",
        "③停止销售",
        "3．停止销售",
        "4) 停止销售",
    ],
)
def test_a_number_before_a_line_is_dropped(line: str) -> None:
    assert unnumbered(line) == "停止销售"


@pytest.mark.parametrize(
    "line",
    [
        "1.5 万元补偿款",
        "12 万元补偿款",
        "一、二审费用由被请求人承担",
        "2026-10-01",
        "三日内支付",
        "停止销售：1. 电热水壶",
    ],
)
def test_a_figure_that_belongs_to_the_line_stays(line: str) -> None:
    assert unnumbered(line) == line
