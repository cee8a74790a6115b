"""An application for an award: what it is for, when that counts, what makes two of them the same, and how they end.

Programme, part 2; what may not be filed twice follows the notices of the city instruments behind it (domain C.3).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.domain.awards.kinds import Item, Mode
from app.domain.awards.options import CountedYear
from app.domain.awards.schedule import Award
from app.domain.errors import RuleBroken
from app.domain.labelled import Labelled

PROCESS = "award_application"

MOST_ITEMS = 50


class Verdict(Labelled):
    """What a reviewer says of an application."""

    SUPPORT = "support", "予以支持"
    REJECT = "reject", "不予支持"


class Conclusion(Labelled):
    """What the head of section does with the result of the review."""

    SUPPORT = "support", "同意予以支持"
    REJECT = "reject", "同意不予支持"
    REVIEW = "review", "退回重新审核"
    DISTRICT = "district", "退回区局重新推荐"
    FORMALITY = "formality", "退回形式审查"


class RefusalGround(Labelled):
    """Why an application is not accepted."""

    NOT_ENTITLED = "not_entitled", "不属于这一奖项的申报主体"
    NOT_LOCAL = "not_local", "不在佛山市登记注册或者经常居住"
    LATE = "late", "不在申报期间或者获奖、成交时间不在申报范围"
    DUPLICATE = "duplicate", "同一事项已经获得这一奖励"
    BARRED = "barred", "在停止申报的期间"
    UNCORRECTED = "uncorrected", "逾期未补正"
    OTHER = "other", "其他"


@dataclass(frozen=True, slots=True)
class Thing:
    """What an award is asked for: a mark, a patent, a contract, a title … with the number that tells it apart."""

    name: str
    number: str
    on: date

    @property
    def key(self) -> str:
        """Return the number as it is compared: full width, spaces, hyphens and small letters make no other thing."""
        return key_of(self.number)


def key_of(number: str) -> str:
    """Return a number, or the name of what has none, as it is compared."""
    plain = unicodedata.normalize("NFKC", number).upper()
    return re.sub(r"[\s\-_.·,，、。/\\()（）\[\]【】〔〕《》“”\"'#]+|^ZL", "", plain)


def refuse_bad_things(things: Iterable[Thing], award: Award, today: date, *, field: str = "things") -> None:
    """Raise ``RuleBroken`` where a thing is named twice, lies ahead, or is older than the year before last."""
    seen: set[str] = set()
    for place, thing in enumerate(things):
        if thing.on > today:
            raise RuleBroken("日期不能晚于今天", field=f"{field}-{place}-on")
        if thing.on.year < today.year - 1:
            raise RuleBroken(
                "只受理 %(year)s 年以来的事项，这一日期不在申报范围", field=f"{field}-{place}-on", year=today.year - 1
            )
        if thing.key in seen:
            raise RuleBroken("同一事项只填写一次", field=f"{field}-{place}-number")
        seen.add(thing.key)
    if len(seen) > 1 and award.mode not in (Mode.PER_ITEM, Mode.CEILING, Mode.PERCENT):
        raise RuleBroken("这一奖项一次只申报一件", field=f"{field}-1-number")
    if not seen:
        raise RuleBroken("请填写申报的事项", field=field)


def counted_year(option: str, *, applied_on: date, things: Iterable[Thing], paid_on: date | None = None) -> int:
    """Return the year whose cap an application counts towards, by the office's choice (``award.year``)."""
    match CountedYear(option):
        case CountedYear.APPLICATION:
            return applied_on.year
        case CountedYear.TRANSACTION:
            return min(thing.on for thing in things).year
        case _:
            return (paid_on or applied_on).year


class Side(StrEnum):
    """Whether two reviewers came to the same."""

    AGREE = "agree"
    DIFFER = "differ"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one reviewer found: for or against, and the base (per cent) or the amount (ceiling) that they verified."""

    verdict: Verdict
    amount: Decimal | None = None
    items: int = 1


def compare(opinions: list[Opinion]) -> Side:
    """Say whether two opinions come to the same: both against, or both for the same amount and number of items."""
    first, second = opinions
    if first.verdict is not second.verdict:
        return Side.DIFFER
    same = first.verdict is Verdict.REJECT or (first.amount, first.items) == (second.amount, second.items)
    return Side.AGREE if same else Side.DIFFER


def settled(opinions: list[Opinion]) -> Opinion:
    """Return what counts: what two who agree say, else what the third says."""
    if len(opinions) == 2 and compare(opinions) is Side.AGREE:
        return opinions[0]
    return opinions[-1]


ITEM_ASKED: dict[Item, tuple[str, str]] = {
    Item.ALLIANCE: ("联盟名称", "备案号"),
    Item.HONOUR: ("获奖名称", "证书或者文件编号"),
    Item.MARK: ("商标名称", "商标注册号"),
    Item.TITLE: ("认定称号", "认定文件编号"),
    Item.DEAL: ("专利名称", "合同备案号或者手续合格通知书编号"),
    Item.POLICY: ("保险单名称", "保险单号"),
    Item.PROJECT: ("获奖专利名称", "专利号"),
    Item.AGENCY: ("机构名称", "认定文件编号"),
}
