"""A batch of the roster: units nominate themselves, the best are announced, and those nobody objects to with reason come in.

Programme, part 1 and measures M02, M03: each year a batch is chosen, by nomination, third-party evaluation and public notice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.errors import RuleBroken
from app.domain.labelled import Labelled
from app.domain.roster import shortlist
from app.domain.roster.shortlist import Quota, Share

LONGEST = 366  # days
MOST_PLACES = 1000


class BatchKind(Labelled):
    """What a batch is about."""

    INTAKE = "intake", "年度评选"
    REVIEW = "review", "年度复核"


class BatchPhase(Labelled):
    """How far a published batch is."""

    COLLECTING = "collecting", "申报与评审"
    ANNOUNCED = "announced", "公示中"
    NOTICED = "noticed", "公示期满，待确定"
    DECIDED = "decided", "已确定"
    DISCARDED = "discarded", "已终止"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a batch says: its window (both days included), and of an intake its places, and who has which share of them."""

    kind: BatchKind
    title: str
    opens_on: date
    closes_on: date
    quota: Quota
    notes: str = ""


def refuse_misfits(terms: Terms, today: date) -> None:
    """Raise ``RuleBroken`` beside its field for what cannot be published."""
    if terms.closes_on < terms.opens_on:
        raise RuleBroken("截止日期早于开始日期", field="closes_on")
    if terms.closes_on < today:
        raise RuleBroken("截止日期已过", field="closes_on")
    if (terms.closes_on - terms.opens_on).days >= LONGEST:
        raise RuleBroken("申报期间最长一年", field="closes_on")
    if terms.kind is BatchKind.REVIEW:
        return
    if terms.quota.places > MOST_PLACES:
        raise RuleBroken("名额最多 %(most)s", field="places", most=MOST_PLACES)
    shortlist.check(terms.quota)


def quota_of(places: int, kept: Mapping[str, Mapping[str, list[int | None]]]) -> Quota:
    """Return a quota as it is kept: shares as ``[least, most]`` by district (id of the unit) and by industry."""
    return Quota(places, _shares(kept.get("districts", {})), _shares(kept.get("industries", {})))


def kept_as(quota: Quota) -> dict[str, dict[str, list[int | None]]]:
    """Return the shares of a quota as they are kept."""
    return {
        name: {key: [one.least, one.most] for key, one in shares.items()}
        for name, shares in (("districts", quota.districts), ("industries", quota.industries))
    }


def _shares(kept: Mapping[str, list[int | None]]) -> dict[str, Share]:
    return {key: Share(least or 0, most) for key, (least, most) in kept.items()}
