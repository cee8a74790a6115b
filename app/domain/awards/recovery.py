"""Taking money back, and for how long whoever got it wrongly may not apply (domain C.3; Guangdong IP regulation, art. 49)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from app.domain.labelled import Labelled


class RecoveryGround(Labelled):
    """Why money is taken back."""

    FALSE_FILING = "false_filing", "虚假申报、骗取资金"
    DISHONESTY = "dishonesty", "严重违法失信（条例第四十九条）"
    MISUSE = "misuse", "违反规定使用资金"
    MISTAKE = "mistake", "多付、错付"


class RecoveryState(Labelled):
    """Where a recovery stands."""

    PROPOSED = "proposed", "待决定"
    ORDERED = "ordered", "追回中"
    REPAID = "repaid", "已退回"
    REFUSED = "refused", "不予追回"


class Effect(Labelled):
    """What an evaluation found of what the money has done."""

    GOOD = "good", "达到预期"
    PARTLY = "partly", "部分达到预期"
    POOR = "poor", "没有达到预期"


# For how many years nobody may apply after it.
BARRED_YEARS: Mapping[RecoveryGround, int] = MappingProxyType(
    {RecoveryGround.FALSE_FILING: 5, RecoveryGround.DISHONESTY: 3, RecoveryGround.MISUSE: 0, RecoveryGround.MISTAKE: 0}
)


def barred_until(ground: RecoveryGround, on: date) -> date | None:
    """Return the last day of the bar that begins on ``on``; ``None`` where the ground bars nobody."""
    years = BARRED_YEARS[ground]
    if not years:
        return None
    try:
        return on.replace(year=on.year + years)
    except ValueError:  # the 29th of February
        return date(on.year + years, 2, 28)
