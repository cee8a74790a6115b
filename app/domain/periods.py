"""What a period is made of: lengths, regimes, terms, rules, pauses. Plain values; the counting is in ``deadlines``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from app.domain.errors import RuleBroken
from app.domain.roles import Role
from app.domain.texts import Text

ORDER_81_IN_FORCE = date(2025, 2, 1)


class Unit(StrEnum):
    """In what a period is counted."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    YEARS = "years"


_UNIT_WORDS = {
    Unit.DAYS: Text("日", "day"),
    Unit.WORKING_DAYS: Text("个工作日", "working day"),
    Unit.MONTHS: Text("个月", "month"),
    Unit.YEARS: Text("年", "year"),
}


class Regime(StrEnum):
    """Which procedural text governs a case, by the date on which its request was received."""

    ORDER71 = "order71"
    ORDER81 = "order81"

    @property
    def law(self) -> Text:
        """The text itself, by name."""
        return _LAWS[self]


_LAWS = {
    Regime.ORDER71: Text("《专利行政执法办法》（令71）", "Measures for Patent Administrative Enforcement (order 71)"),
    Regime.ORDER81: Text(
        "《专利纠纷行政裁决和调解办法》（令81）",
        "Measures for Adjudication and Mediation of Patent Disputes (order 81)",
    ),
}


def regime_on(receipt: date) -> Regime:
    """Return the regime of a case received on that day (order 81, art. 85: in force from 2025-02-01)."""
    return Regime.ORDER71 if receipt < ORDER_81_IN_FORCE else Regime.ORDER81


class Length(NamedTuple):
    """A number of units: 15 days, 5 working days, 3 months."""

    n: int
    unit: Unit

    @property
    def words(self) -> Text:
        """The length as one reads it."""
        unit = _UNIT_WORDS[self.unit]
        return Text(f"{self.n} {unit.zh}", f"{self.n} {unit.en}{'' if self.n == 1 else 's'}")


# Why a clock stands still. What a term does not list does not stop it.
PAUSES: Mapping[str, Text] = MappingProxyType(
    {
        "suspension": Text("中止", "suspension"),
        "announcement": Text("公告", "public announcement"),
        "appraisal": Text("检验鉴定", "inspection or appraisal"),
        "jurisdiction_objection": Text("管辖异议", "jurisdiction objection"),
        "evidence_extension": Text("延长举证期限", "extended evidence period"),
        "settlement": Text("和解", "settlement talks"),
        "hearing": Text("听证", "hearing"),
        "correction": Text("补正", "correction of materials"),
        "recusal": Text("回避审查", "recusal under review"),
        "service": Text("送达", "service under way"),
    }
)


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that do not count, first to last, both inside."""

    kind: str
    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise RuleBroken(
                "不计入期间的最后一日（%(last)s）早于第一日（%(first)s）",
                field="pause",
                first=self.first.isoformat(),
                last=self.last.isoformat(),
            )

    def covers(self, day: date) -> bool:
        """Say whether ``day`` is inside."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Extension:
    """One step of the ladder by which a period may be lengthened: by how much at most, who decides, on what ground.

    Without ``length`` the law leaves the length to the decision. ``approver`` is the role that records the decision in
    this office, none where another body decides for itself.
    """

    length: Length | None
    approver: Role | None
    authority: Text
    reason: Text


# The variant of a period whose length both sides agreed on.
AGREED = "agreed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What one regime says about a period.

    ``length`` is empty where the text gives no number; ``note`` then says what it gives instead, and ``internal`` what
    the office asks of itself. ``least`` and ``most`` bound a length that is set for the single case, unless both sides
    agree on it where the text lets them (``agreeable``: the variant ``AGREED``). ``variants`` are other lengths of the
    same period under a named condition. ``before`` counts back from the start event;
    ``counts_first`` counts the day of the event too.
    """

    citation: Text
    start: str
    length: Length | None = None
    exclusions: frozenset[str] = frozenset()
    extensions: tuple[Extension, ...] = ()
    variants: Mapping[str, Length] = field(default_factory=dict)
    least: int | None = None
    most: int | None = None
    agreeable: bool = False
    internal: Length | None = None
    note: Text | None = None
    before: bool = False
    counts_first: bool = False

    def base(self, length: int | None, variant: str | None) -> Length:
        """Return the length before any extension: the law's, a variant of it, or the one set for the case."""
        if variant == AGREED and self.agreeable and self.length is not None and length is not None and length > 0:
            return Length(length, self.length.unit)
        if variant is not None:
            if variant not in self.variants:
                raise RuleBroken("这条期限没有“%(variant)s”这种情形", field="variant", variant=variant)
            return self.variants[variant]
        usual = self.length or self.internal
        if length is not None and usual is not None:
            return self._designated(length, usual.unit)
        if self.length is None:
            raise RuleBroken("法规未规定期限的日数：%(note)s", field="rule", note=self.note or "")
        return self.length

    def _designated(self, n: int, unit: Unit) -> Length:
        if self.least is None:
            raise RuleBroken("这条期限由法规规定，不能另行指定", field="length")
        if n < self.least:
            raise RuleBroken("期限不得少于 %(least)s", field="length", least=Length(self.least, unit).words)
        if self.most is not None and n > self.most:
            raise RuleBroken("期限不得超过 %(most)s", field="length", most=Length(self.most, unit).words)
        return Length(n, unit)

    def granted(self, extensions: int | tuple[Length, ...]) -> tuple[Length, ...]:
        """Return the lengths of the extensions: so many whole steps of the ladder, or the given ones checked by it."""
        if isinstance(extensions, int):
            return tuple(self._whole(step) for step in self._steps(extensions))
        steps = self._steps(len(extensions))
        return tuple(_within(step, given) for step, given in zip(steps, extensions, strict=True))

    def refuse_beyond(self, taken: int) -> None:
        """Raise ``RuleBroken`` where the ladder has not so many steps."""
        self._steps(taken)

    def _steps(self, taken: int) -> tuple[Extension, ...]:
        if taken < 0:
            raise RuleBroken("延长次数不能是负数", field="extend")
        if taken and not self.extensions:
            raise RuleBroken("这条期限不能延长", field="extend")
        if taken > len(self.extensions):
            raise RuleBroken("这条期限最多可以延长 %(n)s 次", field="extend", n=len(self.extensions))
        return self.extensions[:taken]

    @staticmethod
    def _whole(step: Extension) -> Length:
        if step.length is None:
            raise RuleBroken(
                "延长多少由%(authority)s决定，请写明准予延长的时间", field="extend", authority=step.authority
            )
        return step.length


LONGEST_MONTH = 31


def _within(step: Extension, given: Length) -> Length:
    """Return the given length; a step of months may also be granted in part, in days."""
    if given.n < 1:
        raise RuleBroken("准予延长的时间须大于零", field="extend")
    if step.length is not None and step.length.unit is Unit.MONTHS and given.unit is Unit.DAYS:
        if given.n > step.length.n * LONGEST_MONTH:
            raise RuleBroken("这次最多可以延长 %(most)s", field="extend", most=step.length.words)
        return given
    if step.length is not None and given.unit != step.length.unit:
        raise RuleBroken("准予延长的时间请以“%(unit)s”计", field="extend", unit=_UNIT_WORDS[step.length.unit])
    if step.length is not None and given.n > step.length.n:
        raise RuleBroken("这次最多可以延长 %(most)s", field="extend", most=step.length.words)
    return given


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A period by name: ``key`` in diagrams and code, ``id`` in the table of time limits.

    ``effect`` says what follows when it runs out; ``acts`` that something then happens by itself; ``statutory`` that a
    legal text gives it; ``configurable`` that the office may set its own length; ``once`` that it is not started again once met;
    ``from_service`` that it does not run before the service of its paper is recorded.
    """

    key: str
    id: str
    name: Text
    terms: Mapping[Regime, Term]
    effect: Text | None = None
    statutory: bool = True
    acts: bool = False
    configurable: bool = False
    agreed: bool = False
    once: bool = False
    from_service: bool = False

    def term(self, regime: Regime) -> Term:
        """Return what that regime says; one that does not know this period gives no number and says so."""
        if regime in self.terms:
            return self.terms[regime]
        law = regime.law
        silent = Text(f"{law.zh}没有规定这项期限", f"{law.en} does not know this period")
        return Term(citation=law, start=next(iter(self.terms.values())).start, note=silent)
