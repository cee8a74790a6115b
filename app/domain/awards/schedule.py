"""The award schedule: one line for each award and period, and what a version of it must be to be published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from app.domain.awards.kinds import Applicant, Evidence, Item, Mode
from app.domain.errors import RuleBroken
from app.domain.texts import Text

MOST = 100_000_000  # yuan; no award of a city comes near it, so a larger one is a slip of the pen
WHOLE = 10_000  # basis points
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Needed:
    """A paper that an application encloses; a secondary one may follow on a promise (容缺受理)."""

    kind: Evidence
    secondary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """A line of the schedule: an award from ``since`` to ``until`` (``None``: until further notice), both included.

    ``amount`` and ``cap`` are whole yuan, ``rate`` is in basis points (500 is 5 %). ``amount`` is what is given, or for
    ``CEILING`` the most that may be approved, for each item. ``cap`` is the most that one applicant gets in a year over
    all applications for this award.
    """

    id: str
    name: Text
    since: date
    until: date | None = None
    mode: Mode
    amount: int | None = None
    rate: int | None = None
    cap: int | None = None
    item: Item
    applicants: frozenset[Applicant]
    evidence: tuple[Needed, ...]
    section: str
    basis: str = ""

    def holds_on(self, day: date) -> bool:
        """Say whether this line holds on ``day``."""
        return self.since <= day and (self.until is None or day <= self.until)

    @property
    def who(self) -> list[Applicant]:
        """Return who may apply, in the order of the words."""
        return [one for one in Applicant if one in self.applicants]

    @property
    def each(self) -> Decimal:
        """Return what is given, or may be approved at most, for one item, in yuan; 0 for a percentage."""
        return Decimal(self.amount or 0)

    @property
    def percent(self) -> Decimal:
        """Return the rate in per cent."""
        return Decimal(self.rate or 0) / 100

    @property
    def citation(self) -> Text:
        """Return where the award stands in the programme, and the instrument that it is paid under."""
        programme = Text(
            f"佛山市知识产权培优工程实施方案 第{self.section}", f"Foshan IP excellence programme, part {self.section}"
        )
        return Text(f"{programme.zh}；{self.basis}", f"{programme.en}; {self.basis}") if self.basis else programme


@dataclass(frozen=True, slots=True)
class Flaw:
    """What keeps a version from being published: in which award, and a plain sentence."""

    award: str
    refusal: RuleBroken


@dataclass(frozen=True, slots=True)
class Difference:
    """What one version says of an award and another does not: the names of the fields that differ, and both lines."""

    was: Award | None
    now: Award | None
    fields: tuple[str, ...]


def on_day(lines: Iterable[Award], award: str, day: date) -> Award:
    """Return the line of ``award`` that holds on ``day``. Raises ``RuleBroken`` for an unknown award or an empty day."""
    own = [line for line in lines if line.id == award]
    if not own:
        raise RuleBroken("没有“%(award)s”这一奖项", field="award", award=award)
    for line in own:
        if line.holds_on(day):
            return line
    raise RuleBroken("奖项 %(award)s 在 %(day)s 没有标准", field="on", award=award, day=day)


def flaws(lines: Iterable[Award], before: Iterable[Award] = ()) -> list[Flaw]:
    """Return all that keeps these lines from being published: amounts that cannot be, gaps, overlaps.

    An award of the version ``before`` does not just go missing: it is given a last day.
    """
    lines = list(lines)
    found = [Flaw(line.id, refusal) for line in lines if (refusal := _impossible(line))]
    by_award: dict[str, list[Award]] = {}
    for line in lines:
        by_award.setdefault(line.id, []).append(line)
    for award, own in by_award.items():
        found += [Flaw(award, refusal) for refusal in _misfits(sorted(own, key=lambda one: one.since))]
    gone = dict.fromkeys(line.id for line in before if line.id not in by_award)
    return found + [Flaw(award, RuleBroken("缺少这一奖项；不再实行的，请写明截止日期")) for award in gone]


def _misfits(own: list[Award]) -> Iterator[RuleBroken]:
    for before, after in pairwise(own):
        if before.until is None or before.until >= after.since:
            yield RuleBroken("与 %(day)s 起的标准在时间上重叠", day=after.since)
        elif before.until + _A_DAY < after.since:
            yield RuleBroken("%(first)s 至 %(last)s 没有标准", first=before.until + _A_DAY, last=after.since - _A_DAY)


def _impossible(line: Award) -> RuleBroken | None:
    """Return what is wrong with one line by itself."""
    if line.until is not None and line.until < line.since:
        return RuleBroken("截止日期早于开始日期")
    if not line.name.zh.strip() or not line.section.strip():
        return RuleBroken("缺少奖项名称或者方案条目")
    if not line.applicants or not line.evidence:
        return RuleBroken("缺少申报主体或者证明材料")
    return _impossible_rate(line) if line.mode is Mode.PERCENT else _impossible_amount(line)


def _impossible_rate(line: Award) -> RuleBroken | None:
    if line.amount is not None:
        return RuleBroken("按比例的奖项不填定额")
    if line.rate is None or not 0 < line.rate <= WHOLE:
        return RuleBroken("比例应当大于 0，不超过百分之百")
    return _impossible_cap(line)


def _impossible_amount(line: Award) -> RuleBroken | None:
    if line.rate is not None:
        return RuleBroken("只有按比例的奖项才填比例")
    if line.amount is None or not 0 < line.amount <= MOST:
        return RuleBroken("金额应当大于 0，不超过 %(most)s 元", most=f"{MOST:,}")
    return _impossible_cap(line)


def _impossible_cap(line: Award) -> RuleBroken | None:
    if line.cap is None:
        return None
    if not 0 < line.cap <= MOST:
        return RuleBroken("年度上限应当大于 0，不超过 %(most)s 元", most=f"{MOST:,}")
    return RuleBroken("年度上限低于一次的金额") if line.cap < line.each else None


def differences(was: Iterable[Award], now: Iterable[Award]) -> list[Difference]:
    """Return what changed between two versions, in the order of the newer one; a line is the same by award and day."""
    before, after = _by_key(was), _by_key(now)
    found = []
    for key in [*after, *(k for k in before if k not in after)]:
        one, other = before.get(key), after.get(key)
        names = tuple(f.name for f in fields(Award) if _compared(one, f.name) != _compared(other, f.name))
        if names:
            found.append(Difference(one, other, names))
    return found


def _compared(line: Award | None, name: str) -> object:
    """Return a field as it is compared: papers that are listed in another order are the same papers."""
    value = getattr(line, name, None)
    return frozenset(value) if isinstance(value, tuple) and not isinstance(value, Text) else value


def _by_key(lines: Iterable[Award]) -> Mapping[tuple[str, date], Award]:
    return {(line.id, line.since): line for line in lines}
