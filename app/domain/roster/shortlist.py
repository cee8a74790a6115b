"""Who is put on the shortlist of a batch: by total, within the places of the batch and the quota of districts and industries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from app.domain.errors import RuleBroken
from app.domain.labelled import Labelled


class Standing(Labelled):
    """How a nominated unit fared, and why."""

    CHOSEN = "chosen", "入围"
    RESERVED = "reserved", "入围（保底名额）"
    BELOW = "below", "未达到入围线"
    QUOTA = "quota", "所在区或者行业的名额已满"
    PLACES = "places", "名额已满"


IN = (Standing.CHOSEN, Standing.RESERVED)


@dataclass(frozen=True, slots=True)
class Share:
    """How many places a district or an industry has: at least (if so many pass), and at most (``None``: any number)."""

    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Quota:
    """The places of a batch, and the shares of districts and of industries; who has no share is not limited."""

    places: int
    districts: Mapping[str, Share] = field(default_factory=dict)
    industries: Mapping[str, Share] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Nominee:
    """A nominated unit as it is ranked: ``tie`` decides between equal totals, the earlier ``number`` what is left."""

    id: int
    number: str
    district: str
    industry: str
    total: Decimal
    passed: bool
    tie: tuple[Decimal, ...] = ()


def check(quota: Quota) -> None:
    """Raise ``RuleBroken`` for a quota that cannot be kept."""
    if quota.places < 1:
        raise RuleBroken("名额至少是 1", field="places")
    for name, shares in (("districts", quota.districts), ("industries", quota.industries)):
        for one in shares.values():
            if one.least < 0 or (one.most is not None and one.most < max(one.least, 0)):
                raise RuleBroken("保底名额不能小于 0，也不能多于上限", field=name)
        if sum(one.least for one in shares.values()) > quota.places:
            raise RuleBroken("保底名额合计超过全部名额", field=name)


def ranked(nominees: Iterable[Nominee]) -> list[Nominee]:
    """Return them with the best first."""
    return sorted(nominees, key=lambda one: (-one.total, tuple(-point for point in one.tie), one.number, one.id))


def shortlist(nominees: Iterable[Nominee], quota: Quota) -> dict[int, Standing]:
    """Return how each nominee fares, the best first. Raises ``RuleBroken`` for a quota that cannot be kept.

    Reserved places go first, each to the best of its district or industry that passed; then the best of all come in
    until the places are gone. Nobody is taken beyond what a district or an industry has at most.
    """
    check(quota)
    order = ranked(nominees)
    standing = {one.id: Standing.PLACES if one.passed else Standing.BELOW for one in order}
    taken = _Taken(quota)
    passed = [one for one in order if one.passed]
    first = passed[: quota.places]
    for one in passed:
        if taken.fills_a_reserve(one) and taken.has_room(one):
            taken.take(one)
            standing[one.id] = Standing.CHOSEN if one in first else Standing.RESERVED
    for one in passed:
        if standing[one.id] in IN or taken.is_full:
            continue
        if taken.has_room(one):
            taken.take(one)
            standing[one.id] = Standing.CHOSEN
        else:
            standing[one.id] = Standing.QUOTA
    return standing


def chosen(standing: Mapping[int, Standing]) -> Sequence[int]:
    """Return the ids of those who are on the shortlist, in their order."""
    return [one for one, how in standing.items() if how in IN]


class _Taken:
    """The places taken so far, by district and by industry."""

    def __init__(self, quota: Quota) -> None:
        self.quota = quota
        self.districts: Counter[str] = Counter()
        self.industries: Counter[str] = Counter()

    @property
    def is_full(self) -> bool:
        return self.districts.total() >= self.quota.places

    def has_room(self, one: Nominee) -> bool:
        return not self.is_full and all(
            share is None or share.most is None or taken < share.most for share, taken in self._of(one)
        )

    def fills_a_reserve(self, one: Nominee) -> bool:
        return any(share is not None and taken < share.least for share, taken in self._of(one))

    def take(self, one: Nominee) -> None:
        self.districts[one.district] += 1
        self.industries[one.industry] += 1

    def _of(self, one: Nominee) -> tuple[tuple[Share | None, int], ...]:
        return (
            (self.quota.districts.get(one.district), self.districts[one.district]),
            (self.quota.industries.get(one.industry), self.industries[one.industry]),
        )
