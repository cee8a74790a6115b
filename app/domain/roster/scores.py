"""What independent evaluators make of a nominated unit: the mean of their totals, and where it stays below a threshold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.domain import scoring
from app.domain.errors import RuleBroken
from app.domain.roster.criteria import Criteria

EVALUATORS = 3  # at least, and independent of the unit and of each other


@dataclass(frozen=True, slots=True)
class Result:
    """What a unit came to: the mean total, the mean of each indicator, what stayed below its threshold, the spread."""

    total: Decimal
    points: Mapping[str, Decimal]
    short: tuple[str, ...]
    passed: bool
    spread: scoring.Spread


def result(criteria: Criteria, sheets: Sequence[Mapping[str, int]]) -> Result:
    """Return what the sheets of all evaluators (points 0 to 100 by key of the indicator) come to.

    Raises ``RuleBroken`` for fewer than three sheets, and for points that cannot be.
    """
    if len(sheets) < EVALUATORS:
        raise RuleBroken("至少要有 %(n)s 名评审人员的评分", n=EVALUATORS)
    totals = [scoring.weighted(criteria.indicators, one) for one in sheets]
    spread = scoring.spread(totals)
    points = {one.key: scoring.mean([Decimal(sheet[one.key]) for sheet in sheets]) for one in criteria.indicators}
    short = tuple(one.key for one in criteria.indicators if points[one.key] < one.least)
    return Result(spread.mean, points, short, spread.mean >= criteria.least and not short, spread)
