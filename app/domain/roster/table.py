"""The criteria of the roster as rows of a decision table: which cell says what, in both directions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from app.domain.errors import RuleBroken
from app.domain.roster.criteria import WHOLE, Criteria, Dimension, Indicator
from app.domain.texts import Text

INPUTS = ("indicator",)
OUTPUTS = ("name", "name_en", "dimension", "weight", "least", "asked", "asked_en")
NUMBERS = frozenset({"weight", "least"})
COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "indicator": "指标代码",
        "name": "指标",
        "name_en": "英文名称",
        "dimension": "方面",
        "weight": "权重（百分比）",
        "least": "最低分",
        "asked": "评分说明",
        "asked_en": "英文评分说明",
    }
)
TOTAL = "total"  # the row that says from which total on a unit may be chosen
_KEY = re.compile(r'"([a-z][a-z_]{1,39})"')

Cells = tuple[str | int | None, ...]


def rows_of(criteria: Criteria) -> list[tuple[str, Cells]]:
    """Return the key and the outputs of each row that says what ``criteria`` say; the total comes last."""
    rows: list[tuple[str, Cells]] = [
        (
            one.key,
            (
                one.name.zh,
                one.name.en,
                one.dimension.value,
                one.weight,
                one.least or None,
                one.asked.zh,
                one.asked.en,
            ),
        )
        for one in criteria.indicators
    ]
    return [*rows, (TOTAL, ("总分", "Total", None, WHOLE, criteria.least, None, None))]


def condition(key: str) -> str:
    """Return the condition of the row of ``key``."""
    return f'"{key}"'


def criteria_of(rows: Iterable[tuple[Sequence[str], Sequence[Any]]]) -> Criteria:
    """Return what rows (conditions and outputs) say. Raises ``RuleBroken`` naming the row for what cannot be read."""
    found: list[Indicator] = []
    least: int | None = None
    for number, (conditions, outputs) in enumerate(rows, start=1):
        try:
            key, cells = _key(conditions), dict(zip(OUTPUTS, outputs, strict=True))
            if key == TOTAL:
                least = _whole(cells["least"])
            else:
                found.append(_indicator(key, cells))
        except (ValueError, TypeError, KeyError) as error:
            raise RuleBroken("第 %(n)s 行看不懂：%(why)s", n=number, why=str(error)) from error
    if least is None:
        raise RuleBroken("缺少总分入围线的一行")
    return Criteria(tuple(found), least)


def _key(conditions: Sequence[str]) -> str:
    (text,) = conditions
    found = _KEY.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    return found[1]


def _indicator(key: str, cells: Mapping[str, Any]) -> Indicator:
    return Indicator(
        key=key,
        name=Text(str(cells["name"] or ""), str(cells["name_en"] or "")),
        weight=_whole(cells["weight"]),
        asked=Text(str(cells["asked"] or ""), str(cells["asked_en"] or "")),
        dimension=Dimension(cells["dimension"]),
        least=_whole(cells["least"]) if cells["least"] is not None else 0,
    )


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(value)
    return value
