"""Supports that the programme names without an amount: they are kept on a list, and the system computes nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from app.domain.errors import RuleBroken
from app.domain.labelled import Labelled

MOST = Decimal(1_000_000_000)


class Support(Labelled):
    """A support without an amount; where it stands in the programme is in ``SECTIONS``."""

    NQ01 = ("NQ01", "对培优单位优质成果的奖励（按现有政策）")
    NQ02 = ("NQ02", "经第三方评估对成果显著的培优单位表彰奖励")
    NQ03 = ("NQ03", "对一批成果显著的培优单位表彰奖励")
    NQ04 = ("NQ04", "对取得优质成果的培优单位及时表彰")
    NQ05 = ("NQ05", "对工作成效显著的单位通报表扬")
    NQ06 = ("NQ06", "对高价值发明专利授权和高知名度商标的政策支持")
    NQ07 = ("NQ07", "质押融资风险补偿")
    NQ08 = ("NQ08", "对注册国际商标的鼓励")


SECTIONS: dict[Support, str] = {
    Support.NQ01: "二(一)2",
    Support.NQ02: "三(三)",
    Support.NQ03: "一、工作目标",
    Support.NQ04: "三(三)",
    Support.NQ05: "三(一)",
    Support.NQ06: "二(一)6",
    Support.NQ07: "二(二)3",
    Support.NQ08: "二(一)5",
}


def check_day(given_on: date, first_year: int, today: date) -> None:
    """Refuse a day before the first year of the programme, or one that is still to come."""
    if given_on > today:
        raise RuleBroken("给予支持的日期不能晚于今天", field="given_on")
    if given_on.year < first_year:
        raise RuleBroken("给予支持的日期早于方案施行的年度，请核对", field="given_on")


def check_amount(amount: Decimal | None) -> None:
    """Refuse an amount that cannot be; it is noted as it was told."""
    if amount is not None and not 0 < amount <= MOST:
        raise RuleBroken("金额应当大于 0，不超过 10 亿元", field="amount")
