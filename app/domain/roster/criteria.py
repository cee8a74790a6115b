"""By what a nominated unit is judged: indicators with weights and thresholds, and when a version of them may be published.

The programme asks for criteria and gives none (part 1; measure M01): they are the office's own, in versions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from app.domain.errors import RuleBroken
from app.domain.labelled import Labelled
from app.domain.scoring import MOST, Criterion

WHOLE = 100  # what the weights come to
FEWEST = 3
GREATEST = 20


class Dimension(Labelled):
    """What side of a unit's work an indicator looks at."""

    CREATION = "creation", "创造"
    UTILIZATION = "utilization", "运用"
    PROTECTION = "protection", "保护"
    MANAGEMENT = "management", "管理"
    GROWTH = "growth", "成长"


@dataclass(frozen=True, slots=True)
class Indicator(Criterion):
    """One indicator: scored from 0 to 100; below ``least`` (0 for none) a unit is not chosen, whatever its total."""

    dimension: Dimension
    least: int = 0


@dataclass(frozen=True, slots=True)
class Criteria:
    """What one version says: the indicators in their order, and the total below which no unit is chosen."""

    indicators: tuple[Indicator, ...]
    least: int


@dataclass(frozen=True, slots=True)
class Flaw:
    """What keeps a version from being published: at which indicator (empty for the whole), and a plain sentence."""

    indicator: str
    refusal: RuleBroken


@dataclass(frozen=True, slots=True)
class Difference:
    """What one version says of an indicator and another does not: names of the fields that differ, and both sides."""

    was: Indicator | None
    now: Indicator | None
    fields: tuple[str, ...]


def flaws(criteria: Criteria) -> list[Flaw]:
    """Return all that keeps these criteria from being published."""
    found = [Flaw(one.key, refusal) for one in criteria.indicators if (refusal := _impossible(one))]
    if not FEWEST <= len(criteria.indicators) <= GREATEST:
        found.append(Flaw("", RuleBroken("指标应当是 %(few)s 至 %(many)s 项", few=FEWEST, many=GREATEST)))
    total = sum(one.weight for one in criteria.indicators)
    if total != WHOLE:
        found.append(Flaw("", RuleBroken("权重合计应当是 100，现在是 %(total)s", total=total)))
    if not 0 < criteria.least < MOST:
        found.append(Flaw("", RuleBroken("总分的入围线应当大于 0，小于 %(most)s", most=MOST)))
    return found + [Flaw(key, RuleBroken("指标代码重复")) for key in _twice(one.key for one in criteria.indicators)]


def _impossible(one: Indicator) -> RuleBroken | None:
    if not one.name.zh.strip() or not one.asked.zh.strip():
        return RuleBroken("缺少指标名称或者评分说明")
    if not 0 < one.weight < WHOLE:
        return RuleBroken("权重应当大于 0，小于 %(whole)s", whole=WHOLE)
    if not 0 <= one.least < MOST:
        return RuleBroken("最低分应当不小于 0，小于 %(most)s", most=MOST)
    return None


def _twice(keys: Iterable[str]) -> list[str]:
    seen: dict[str, int] = {}
    for key in keys:
        seen[key] = seen.get(key, 0) + 1
    return [key for key, times in seen.items() if times > 1]


def differences(was: Criteria, now: Criteria) -> list[Difference]:
    """Return what changed between two versions, in the order of the newer one; an indicator is the same by its key."""
    before, after = _by_key(was), _by_key(now)
    found = []
    for key in [*after, *(one for one in before if one not in after)]:
        one, other = before.get(key), after.get(key)
        names = tuple(f.name for f in fields(Indicator) if getattr(one, f.name, None) != getattr(other, f.name, None))
        if names:
            found.append(Difference(one, other, names))
    return found


def _by_key(criteria: Criteria) -> Mapping[str, Indicator]:
    return {one.key: one for one in criteria.indicators}
