"""How much an application is granted, in yuan, and the same in words; the only place that computes money of awards.

Programme, part 2, for the amounts. What it leaves open is chosen by the office: how amounts are rounded
(``Rounding``), and by which ratio a batch is cut where the budget does not suffice.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from app.domain.awards.kinds import Mode
from app.domain.awards.schedule import WHOLE, Award
from app.domain.errors import RuleBroken
from app.domain.labelled import Labelled
from app.domain.texts import Text

CENT = Decimal("0.01")
MOST_BASE = Decimal(10) ** 12  # yuan
MOST_ITEMS = 1000
ONE = Decimal(1)
NOTHING = Decimal(0)


class Rounding(Labelled):
    """To what an amount is rounded down."""

    YUAN = "yuan", "到元"
    CENT = "cent", "到分"

    @property
    def unit(self) -> Decimal:
        """Return the smallest amount that is paid."""
        return ONE if self is Rounding.YUAN else CENT

    def down(self, amount: Decimal) -> Decimal:
        """Return the amount without what is less than the unit, with two decimals."""
        return amount.quantize(self.unit, ROUND_DOWN).quantize(CENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What the amount of an application is found from.

    ``base``: the price of the deal or the premium, in yuan, for awards by per cent. ``items``: how many. ``approved``:
    what was approved in all, in yuan, for awards with a ceiling. ``already``: what the applicant was granted of this award
    in the same year, in yuan. ``ratio``: the part that the budget suffices for, from above 0 to 1.
    """

    base: Decimal | None = None
    items: int = 1
    approved: Decimal | None = None
    already: Decimal = NOTHING
    ratio: Decimal = ONE


@dataclass(frozen=True, slots=True)
class Grant:
    """An amount in yuan with two decimals, what it would be without cap and budget, and how it was found."""

    amount: Decimal
    computed: Decimal
    steps: tuple[Text, ...]


def compute(award: Award, claim: Claim, *, year: int, rounding: Rounding = Rounding.YUAN) -> Grant:
    """Return what ``claim`` is granted. ``year`` is the one whose cap counts.

    Raises ``RuleBroken`` for what is missing, does not belong to the award, or cannot be, beside its field.
    """
    _refuse_misfits(award, claim)
    computed, steps = _before_the_cap(award, claim)
    amount = computed
    if award.cap is not None:
        amount = _within_the_cap(award.cap, claim.already, computed, steps, year=year)
    if claim.ratio != ONE:
        percent = f"{(claim.ratio * 100).normalize():f}"
        amount *= claim.ratio
        steps.append(
            Text(
                f"本批预算不足，按 {percent}% 核减，为 {money(amount)} 元",
                f"the budget of this batch suffices for {percent} %: {money(amount)}",
            )
        )
    rounded = rounding.down(amount)
    if rounded != amount:
        steps.append(
            Text(f"{rounding.label}为止，舍去尾数，为 {money(rounded)} 元", f"rounded down to {money(rounded)}")
        )
    return Grant(rounded, rounding.down(computed), tuple(steps))


def _refuse_misfits(award: Award, claim: Claim) -> None:
    """Refuse numbers that are missing, that this award does not know, or that cannot be."""
    if award.mode is Mode.PERCENT:
        _refuse_bad_amount(claim.base, "base", "请填写实际金额", "实际金额", MOST_BASE)
    elif claim.base is not None:
        raise RuleBroken("这一奖项不按比例计算，不填实际金额", field="base")
    if award.mode is Mode.CEILING:
        _refuse_bad_amount(claim.approved, "approved", "请填写核定金额", "核定金额", MOST_BASE)
    elif claim.approved is not None:
        raise RuleBroken("这一奖项的金额是确定的，不另行核定", field="approved")
    if not 1 <= claim.items <= MOST_ITEMS:
        raise RuleBroken("件（项）数应当是 1 至 %(most)s", field="items", most=MOST_ITEMS)
    if claim.items > 1 and award.mode not in (Mode.PER_ITEM, Mode.CEILING):
        raise RuleBroken("这一奖项一次只申报一件", field="items")
    _refuse_beyond_the_ceiling(award, claim)
    if not NOTHING <= claim.already <= MOST_BASE or claim.already != claim.already.quantize(CENT, ROUND_DOWN):
        raise RuleBroken("已获金额应当不小于 0，最多两位小数", field="already")
    if claim.already and award.cap is None:
        raise RuleBroken("这一奖项没有年度上限，不计已获金额", field="already")
    if not NOTHING < claim.ratio <= ONE:
        raise RuleBroken("核减后的比例应当大于 0，不超过 1", field="ratio")


def _refuse_bad_amount(amount: Decimal | None, field: str, missing: str, name: str, most: Decimal) -> None:
    if amount is None:
        raise RuleBroken(missing, field=field)
    if not amount.is_finite() or not NOTHING < amount <= most:
        raise RuleBroken("%(name)s应当大于 0，不超过 %(most)s 元", field=field, name=name, most=money(most))
    if amount != amount.quantize(CENT, ROUND_DOWN):
        raise RuleBroken("%(name)s最多两位小数", field=field, name=name)


def _refuse_beyond_the_ceiling(award: Award, claim: Claim) -> None:
    if award.mode is not Mode.CEILING:
        return
    most = award.each * claim.items
    if (claim.approved or NOTHING) > most:
        raise RuleBroken("核定金额不得超过 %(most)s 元", field="approved", most=money(most))


def _before_the_cap(award: Award, claim: Claim) -> tuple[Decimal, list[Text]]:
    if award.mode is Mode.PERCENT:
        base = claim.base or NOTHING
        amount = (base * (award.rate or 0) / WHOLE).quantize(CENT, ROUND_DOWN)
        rate = f"{award.percent.normalize():f}"
        return amount, [
            Text(f"{money(base)} 元的 {rate}% 是 {money(amount)} 元", f"{rate} % of {money(base)} is {money(amount)}")
        ]
    most = award.each * claim.items
    if award.mode is Mode.CEILING:
        approved = claim.approved or NOTHING
        told = Text(
            f"最高 {money(most)} 元，核定 {money(approved)} 元", f"up to {money(most)}; {money(approved)} approved"
        )
        return approved, [told]
    if claim.items == 1:
        return most, [Text(f"{award.mode.label} {money(most)} 元", f"fixed amount {money(most)}")]
    each = money(award.each)
    return most, [
        Text(
            f"{claim.items} 件（项），每件（项）{each} 元，共 {money(most)} 元",
            f"{claim.items} items at {each} come to {money(most)}",
        )
    ]


def _within_the_cap(cap: int, already: Decimal, computed: Decimal, steps: list[Text], *, year: int) -> Decimal:
    left = max(Decimal(cap) - already, NOTHING)
    steps.append(Text(f"年度上限 {money(Decimal(cap))} 元", f"cap {money(Decimal(cap))} a year"))
    if already:
        steps.append(
            Text(
                f"{year} 年已获 {money(already)} 元，还可以给予 {money(left)} 元",
                f"{money(already)} already granted in {year}, {money(left)} left",
            )
        )
    amount = min(computed, left)
    steps.append(Text(f"给予 {money(amount)} 元", f"so {money(amount)}"))
    return amount


def money(amount: Decimal) -> str:
    """Return an amount as sentences write it: 400,000 or 1,500.25."""
    return f"{amount:,.2f}".removesuffix(".00")
