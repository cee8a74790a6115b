"""Scoring by several people who do not see each other's scores: what is scored, totals, spread and outliers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from app.domain.errors import RuleBroken
from app.domain.texts import Text

MOST = 100
FAR = Decimal(15)  # points between a score and the middle of all, beyond which it is flagged
_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that is scored from 0 to 100, and how much it weighs, in per cent."""

    key: str
    name: Text
    weight: int
    asked: Text


def weighted(criteria: Sequence[Criterion], points: Mapping[str, int]) -> Decimal:
    """Return the weighted total, 0 to 100 with two decimals; raises ``RuleBroken`` for points that cannot be."""
    for one in criteria:
        if not 0 <= points.get(one.key, -1) <= MOST:
            raise RuleBroken("每一项的评分应当是 0 至 %(most)s", field="points", most=MOST)
    total = sum((Decimal(points[one.key]) * one.weight for one in criteria), Decimal(0)) / 100
    return total.quantize(_HUNDREDTH, ROUND_HALF_UP)


def mean(numbers: Sequence[Decimal]) -> Decimal:
    """Return the mean of at least one number, with two decimals."""
    return (sum(numbers, Decimal(0)) / len(numbers)).quantize(_HUNDREDTH, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Spread:
    """How far totals lie apart: the mean, the least, the greatest, and the places of those far from the middle."""

    mean: Decimal
    least: Decimal
    most: Decimal
    outliers: tuple[int, ...]


def spread(totals: Sequence[Decimal]) -> Spread:
    """Return how far the totals lie apart, of which there is at least one."""
    middle = Decimal(median(totals))
    far = tuple(n for n, one in enumerate(totals) if abs(one - middle) > FAR)
    return Spread(mean(totals), min(totals), max(totals), far)
