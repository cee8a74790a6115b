"""A call for awards: for which awards, when, with how much money, and who fits which award (programme, part 2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from app.domain.awards.kinds import Applicant, Item
from app.domain.awards.schedule import Award
from app.domain.errors import RuleBroken
from app.domain.labelled import Labelled
from app.domain.organizations import OrgKind

MOST_BUDGET = Decimal(10) ** 10  # yuan; a city's yearly fund is a hundredth of it
LONGEST = 366  # days


class CallMode(Labelled):
    """How applicants come to a call."""

    APPLICATION = "application", "申报"
    DIRECT = "direct", "免申即享"


class CallStage(Labelled):
    """Where a published call stands on a day."""

    COMING = "coming", "未开始"
    OPEN = "open", "申报中"
    ENDED = "ended", "已截止"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a call says: its awards by id, the window (both days included), the budget in yuan, and who scores."""

    title: str
    mode: CallMode
    awards: tuple[str, ...]
    opens_on: date
    closes_on: date
    budget: Decimal
    experts: bool = False
    members_only: bool = False
    audience: str = ""
    notes: str = ""

    def stage(self, today: date) -> CallStage:
        """Return where the call stands on ``today``."""
        return stage(self.opens_on, self.closes_on, today)


def stage(opens_on: date, closes_on: date, today: date) -> CallStage:
    """Return where a call with this window stands on ``today``; both days belong to it."""
    if today < opens_on:
        return CallStage.COMING
    return CallStage.OPEN if today <= closes_on else CallStage.ENDED


def refuse_misfits(terms: Terms, lines: Iterable[Award], today: date) -> None:
    """Raise ``RuleBroken`` beside its field for what cannot be published: days, budget, awards without an amount."""
    if terms.closes_on < terms.opens_on:
        raise RuleBroken("截止日期早于开始日期", field="closes_on")
    if terms.closes_on < today:
        raise RuleBroken("截止日期已过", field="closes_on")
    if (terms.closes_on - terms.opens_on).days >= LONGEST:
        raise RuleBroken("申报期间最长一年", field="closes_on")
    if not 0 < terms.budget <= MOST_BUDGET:
        raise RuleBroken("预算应当大于 0，不超过 %(most)s 元", field="budget", most=f"{MOST_BUDGET:,}")
    if not terms.awards:
        raise RuleBroken("请至少选择一个奖项", field="awards")
    known = list(lines)
    for award in terms.awards:
        own = [line for line in known if line.id == award]
        if not any(line.holds_on(terms.opens_on) for line in own):
            raise RuleBroken("奖项 %(award)s 在 %(day)s 没有标准", field="awards", award=award, day=terms.opens_on)


# As which applicants an organisation may apply: an agency is an enterprise too.
APPLIES_AS: Mapping[OrgKind, frozenset[Applicant]] = MappingProxyType(
    {
        OrgKind.ENTERPRISE: frozenset({Applicant.ENTERPRISE}),
        OrgKind.INSTITUTION: frozenset({Applicant.INSTITUTION}),
        OrgKind.ASSOCIATION: frozenset({Applicant.ASSOCIATION}),
        OrgKind.AGENCY: frozenset({Applicant.AGENCY, Applicant.ENTERPRISE}),
        OrgKind.BRANCH: frozenset({Applicant.BRANCH}),
        OrgKind.FOREIGN: frozenset(),
        OrgKind.INDIVIDUAL: frozenset({Applicant.INDIVIDUAL}),
    }
)


def may_apply(kind: OrgKind, award: Award) -> bool:
    """Say whether an organisation of this kind is among those whom the award is for."""
    return bool(APPLIES_AS[kind] & award.applicants)


def fitting(lines: Iterable[Award], *, applicant: Applicant, item: Item | None, day: date) -> list[Award]:
    """Return the awards that fit: for this applicant, for this item (any where ``None``), on this day."""
    return [
        line
        for line in lines
        if line.holds_on(day) and applicant in line.applicants and (item is None or line.item is item)
    ]
