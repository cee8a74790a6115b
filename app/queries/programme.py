"""The programme in one year, for those who lead it: targets by district, awards by kind and district, budgets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app import clock, policy
from app.domain.awards.batches import GrantState
from app.domain.lamps import Colour
from app.domain.texts import Text
from app.models import AwardApplication, AwardBatch, AwardCall, AwardGrant, AwardSchedule, OrgUnit, User
from app.queries import award_schedule, targets, versions
from app.queries.targets import Sheet

NOTHING = Decimal(0)
GRANTED = (GrantState.APPROVED, GrantState.LISTED, GrantState.PAID, GrantState.FAILED)


def parts(session: Session, user: User) -> list[OrgUnit | None]:
    """Return what of the programme this person watches: the city (``None``) and every district, or their own district."""
    units = [None, *targets.districts_of_the_city(session)]
    return [unit for unit in units if policy.may(user, "programme.see", unit)]


def years(session: Session) -> list[int]:
    """Return the years that can be looked at, the latest first."""
    return targets.years(session)[::-1] or [clock.today().year]


# -- targets -----------------------------------------------------------------------------------------------------------


def standings(sheets: Iterable[Sheet], unit: OrgUnit, year: int) -> Mapping[Colour, int]:
    """Count the targets of a district by how far they are reached in a year."""
    asked = (sheet for sheet in sheets if sheet.target.terms.by_district)
    return Counter(sheet.judgement(unit.id, year).colour for sheet in asked)


# -- awards ------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Line:
    """What came of an award or of a district in a year: applications, grants, and money in yuan."""

    received: int = 0
    granted: int = 0
    amount: Decimal = NOTHING
    paid: Decimal = NOTHING

    def __add__(self, other: Line) -> Line:
        return Line(
            self.received + other.received,
            self.granted + other.granted,
            self.amount + other.amount,
            self.paid + other.paid,
        )


@dataclass(frozen=True, slots=True)
class Awards:
    """The awards of a year: together, by award, and by district (``None``: an application that names none)."""

    whole: Line = field(default_factory=Line)
    by_award: dict[str, Line] = field(default_factory=dict)
    by_district: dict[int | None, Line] = field(default_factory=dict)

    def of(self, award: str, district: int | None) -> tuple[Line, Line, Line]:
        """Return the lines that an application of a district for an award counts in."""
        return (
            self.whole,
            self.by_award.setdefault(award, Line()),
            self.by_district.setdefault(district, Line()),
        )


def awards(session: Session, year: int, unit: OrgUnit | None) -> Awards:
    """Return what was applied for, granted and paid in a year, in the city or in a district: three statements.

    Each counts in the year in which it happened: the day of the application, of the approval, of the payment.
    """
    found = Awards()
    first, last = date(year, 1, 1), date(year, 12, 31)
    received = _by_award_and_district(func.count(AwardApplication.case_id), NOTHING, unit)
    for award, district, number, _ in session.execute(received.where(AwardApplication.applied_on.between(first, last))):
        for line in found.of(award, district):
            line.received += number
    grants = _by_award_and_district(func.count(AwardGrant.id), func.sum(AwardGrant.amount), unit)
    grants = grants.join(AwardGrant, AwardGrant.case_id == AwardApplication.case_id)
    approved = grants.join(AwardBatch, AwardBatch.id == AwardGrant.batch_id).where(
        AwardGrant.state.in_(GRANTED),
        AwardBatch.approved_at >= _begins(year),
        AwardBatch.approved_at < _begins(year + 1),
    )
    for award, district, number, amount in session.execute(approved):
        for line in found.of(award, district):
            line.granted += number
            line.amount += amount
    paid = grants.where(AwardGrant.state == GrantState.PAID, AwardGrant.paid_on.between(first, last))
    for award, district, _, amount in session.execute(paid):
        for line in found.of(award, district):
            line.paid += amount
    return found


def _by_award_and_district(number: Any, amount: Any, unit: OrgUnit | None) -> Select[Any]:
    keys = (AwardApplication.award, AwardApplication.district_id)
    rows = select(*keys, number, amount).select_from(AwardApplication).group_by(*keys).order_by(*keys)
    return rows if unit is None else rows.where(AwardApplication.district_id == unit.id)


def _begins(year: int) -> datetime:
    return datetime.combine(date(year, 1, 1), time(0), tzinfo=clock.ZONE)


def award_names(session: Session, awards: Collection[str]) -> dict[str, Text]:
    """Return what awards are called in the latest schedule; one that it does not know by its code."""
    if not awards:
        return {}
    lines = award_schedule.lines_of(versions.latest(session, AwardSchedule))
    known = {line.id: line.name for line in lines}
    return {award: known.get(award, Text(award, award)) for award in sorted(awards)}


def budgets(session: Session, year: int) -> Sequence[AwardCall]:
    """Return the published calls that were open in a year, each with its budget and what is promised and paid of it."""
    window = (AwardCall.opens_on <= date(year, 12, 31), AwardCall.closes_on >= date(year, 1, 1))
    rows = select(AwardCall).where(AwardCall.state == "published", *window)
    return session.scalars(rows.order_by(AwardCall.opens_on, AwardCall.number)).all()
