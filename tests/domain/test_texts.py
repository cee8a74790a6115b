"""Lists have numbers of their own, and in a sentence they are read as lists."""

from __future__ import annotations

import pytest

from app.domain.errors import RuleBroken
from app.domain.texts import Text, unnumbered


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


@pytest.mark.parametrize("several", [["甲公司", Text("乙厂", "Works B")], ("甲公司", Text("乙厂", "Works B"))])
def test_several_names_in_a_refusal_are_read_as_a_list(several: object) -> None:
    refusal = RuleBroken("还没有送达：%(names)s", names=several)
    assert str(refusal) == "还没有送达：甲公司、乙厂"
    assert refusal.params_in("en", lambda told: ", " if told == "、" else told) == {"names": "甲公司, Works B"}
