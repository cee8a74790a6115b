"""The schedule as rows of a decision table: which cell says what, in both directions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from app.domain.awards.kinds import Applicant, Evidence, Item, Mode
from app.domain.awards.schedule import Award, Needed
from app.domain.errors import RuleBroken
from app.domain.texts import Text

INPUTS = ("award", "day")
OUTPUTS = (
    "name",
    "name_en",
    "mode",
    "amount",
    "rate",
    "cap",
    "item",
    "applicants",
    "evidence",
    "section",
    "basis",
)
NUMBERS = frozenset({"amount", "rate", "cap"})
COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "award": "奖项编号",
        "day": "适用日期",
        "name": "名称",
        "name_en": "英文名称",
        "mode": "方式",
        "amount": "金额（元）",
        "rate": "比例（万分之）",
        "cap": "年度上限（元）",
        "item": "奖励对象",
        "applicants": "申报主体",
        "evidence": "证明材料",
        "section": "方案条目",
        "basis": "依据文件",
    }
)
_AWARD = re.compile(r'"([A-Z]{2}[0-9]{2,4})"')
_DAY = r'"([0-9]{4}-[0-9]{2}-[0-9]{2})"'
_PERIOD = re.compile(rf"\? >= {_DAY}(?: and \? <= {_DAY})?")
_LATER = "?"  # behind a paper that may follow on a promise


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one line: conditions and outputs in the order of the columns."""

    conditions: tuple[str, str]
    outputs: tuple[str | int | None, ...]


def row_of(award: Award) -> Row:
    """Return the row that says what ``award`` says."""
    period = f'? >= "{award.since.isoformat()}"'
    if award.until is not None:
        period += f' and ? <= "{award.until.isoformat()}"'
    return Row(
        (f'"{award.id}"', period),
        (
            award.name.zh,
            award.name.en,
            award.mode.value,
            award.amount,
            award.rate,
            award.cap,
            award.item.value,
            " ".join(award.who),
            " ".join(one.kind.value + _LATER * one.secondary for one in award.evidence),
            award.section,
            award.basis or None,
        ),
    )


def award_of(conditions: Sequence[str], outputs: Sequence[Any], *, number: int) -> Award:
    """Return the award that a row says. Raises ``RuleBroken`` naming the row for what cannot be read."""
    try:
        return _award(conditions, dict(zip(OUTPUTS, outputs, strict=True)))
    except (ValueError, TypeError, KeyError) as error:
        raise RuleBroken("第 %(n)s 行看不懂：%(why)s", n=number, why=str(error)) from error


def _award(conditions: Sequence[str], cells: Mapping[str, Any]) -> Award:
    key, period = conditions
    found, days = _AWARD.fullmatch(key.strip()), _PERIOD.fullmatch(period.strip())
    if found is None:
        raise ValueError(key)
    if days is None:
        raise ValueError(period)
    return Award(
        id=found[1],
        name=Text(str(cells["name"] or ""), str(cells["name_en"] or "")),
        since=date.fromisoformat(days[1]),
        until=date.fromisoformat(days[2]) if days[2] else None,
        mode=Mode(cells["mode"]),
        amount=_whole(cells["amount"]),
        rate=_whole(cells["rate"]),
        cap=_whole(cells["cap"]),
        item=Item(cells["item"]),
        applicants=frozenset(Applicant(word) for word in str(cells["applicants"] or "").split()),
        evidence=tuple(_needed(word) for word in str(cells["evidence"] or "").split()),
        section=str(cells["section"] or ""),
        basis=str(cells["basis"] or ""),
    )


def _whole(value: Any) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(value)
    return value


def _needed(word: str) -> Needed:
    return Needed(Evidence(word.removesuffix(_LATER)), secondary=word.endswith(_LATER))
