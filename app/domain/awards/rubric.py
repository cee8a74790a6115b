"""The rubric by which experts score an application: criteria with weights, in versions; totals, spread and outliers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from types import MappingProxyType

from app.domain.errors import RuleBroken
from app.domain.texts import Text

MOST = 100
EXPERTS = 3
FAR = Decimal(15)  # points between a score and the middle of all, beyond which it is flagged


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question of the rubric and how much it weighs, in per cent."""

    key: str
    name: Text
    weight: int
    asked: Text


@dataclass(frozen=True, slots=True)
class Rubric:
    """A version of the rubric; an application keeps the one by which it was scored."""

    version: int
    criteria: tuple[Criterion, ...]

    def total(self, points: Mapping[str, int]) -> Decimal:
        """Return the weighted total, 0 to 100 with two decimals; raises ``RuleBroken`` for points that cannot be."""
        for one in self.criteria:
            if not 0 <= points.get(one.key, -1) <= MOST:
                raise RuleBroken("每一项的评分应当是 0 至 %(most)s", field="points", most=MOST)
        total = sum((Decimal(points[one.key]) * one.weight for one in self.criteria), Decimal(0)) / 100
        return total.quantize(Decimal("0.01"), ROUND_HALF_UP)


RUBRICS: Mapping[int, Rubric] = MappingProxyType(
    {
        1: Rubric(
            1,
            (
                Criterion(
                    "innovation",
                    Text("创新水平", "Innovation"),
                    30,
                    Text("技术或者设计的先进性、独创性", "how advanced and original the technology or design is"),
                ),
                Criterion(
                    "protection",
                    Text("知识产权保护", "Protection"),
                    25,
                    Text("权利稳定、布局和维护情况", "how stable, well placed and well kept the rights are"),
                ),
                Criterion(
                    "benefit",
                    Text("经济和社会效益", "Benefit"),
                    30,
                    Text("销售、利润、就业和对行业的带动", "sales, profit, jobs, and what it does for the industry"),
                ),
                Criterion(
                    "authenticity",
                    Text("材料真实、完整", "Evidence"),
                    15,
                    Text("所述事项有材料证明，前后一致", "what is stated is proven and fits together"),
                ),
            ),
        )
    }
)
CURRENT = RUBRICS[max(RUBRICS)]


@dataclass(frozen=True, slots=True)
class Spread:
    """How far totals lie apart: the mean, the least, the greatest, and the places of those far from the middle."""

    mean: Decimal
    least: Decimal
    most: Decimal
    outliers: tuple[int, ...]


def spread(totals: Sequence[Decimal]) -> Spread | None:
    """Return how far the totals lie apart; ``None`` where there are none."""
    if not totals:
        return None
    middle = Decimal(median(totals))
    mean = (sum(totals, Decimal(0)) / len(totals)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    far = tuple(n for n, one in enumerate(totals) if abs(one - middle) > FAR)
    return Spread(mean, min(totals), max(totals), far)
