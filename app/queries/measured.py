"""What the system itself knows of the programme: counted from the tables for a year, shown beside what is reported.

A figure is registered by the id of its target (K15) or, where the programme sets no target, of its mechanism (M38).
Whoever builds the part of the product that knows another number registers it here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from app import clock
from app.models import Adjudication, Agreement, Case, RosterMember, RosterVersion, TargetPlan
from app.queries.roster import on_day

Count = Callable[[Session, int, int | None], Decimal | None]
MEASURES: dict[str, Count] = {}


def measured(key: str) -> Callable[[Count], Count]:
    """Register a function that counts ``key`` for a year, in one unit or (``None``) in the whole city."""

    def register(count: Count) -> Count:
        MEASURES[key] = count
        return count

    return register


def counted(session: Session, key: str, year: int, unit_id: int | None = None) -> Decimal | None:
    """Return what the system counts; ``None`` where it does not know."""
    count = MEASURES.get(key)
    return None if count is None else count(session, year, unit_id)


@measured("K15")
def goals_of_the_districts(session: Session, year: int, unit_id: int | None) -> Decimal:
    """Count the goals that districts have set themselves for a year."""
    rows = select(func.count(TargetPlan.id)).where(TargetPlan.year == year, TargetPlan.replaced_at.is_(None))
    whose = TargetPlan.unit_id.is_not(None) if unit_id is None else TargetPlan.unit_id == unit_id
    return Decimal(session.scalar(rows.where(whose)) or 0)


@measured("M38")
def mediated(session: Session, year: int, unit_id: int | None) -> Decimal:
    """Count the mediations of which an agreement was issued in a year."""
    rows = (
        select(func.count(func.distinct(Case.id)))
        .join(Agreement, Agreement.case_id == Case.id)
        .where(Case.kind == "mediation", *_within_year(Agreement.issued_on, year))
    )
    return Decimal(session.scalar(_within(rows, unit_id)) or 0)


@measured("M42")
def adjudicated(session: Session, year: int, unit_id: int | None) -> Decimal:
    """Count the disputes that were decided in a year."""
    rows = (
        select(func.count(Case.id))
        .join(Adjudication, Adjudication.case_id == Case.id)
        .where(*_within_year(Adjudication.decided_on, year))
    )
    return Decimal(session.scalar(_within(rows, unit_id)) or 0)


def _within(rows: Select[Any], unit_id: int | None) -> Select[Any]:
    return rows if unit_id is None else rows.where(Case.unit_id == unit_id)


def _within_year(column: Any, year: int) -> list[ColumnElement[bool]]:
    return [column >= date(year, 1, 1), column < date(year + 1, 1, 1)]


def _is_kept(session: Session, year: int) -> bool:
    first = session.scalar(select(func.min(RosterVersion.effective_on)))
    return first is not None and first.year <= year


@measured("K02")
def members(session: Session, year: int, unit_id: int | None) -> Decimal | None:
    """Count the units on the roster at the end of a year, or today; nothing is known of what was before the first."""
    today = clock.today()
    if year > today.year or not _is_kept(session, year):
        return None
    rows = select(func.count(RosterMember.id)).where(on_day(min(date(year, 12, 31), today)))
    if unit_id is not None:
        rows = rows.where(RosterMember.district_id == unit_id)
    return Decimal(session.scalar(rows) or 0)


@measured("K03")
def chosen(session: Session, year: int, unit_id: int | None) -> Decimal | None:
    """Count the batches by which units came onto the roster in a year, once there is a roster."""
    if not _is_kept(session, year):
        return None
    rows = (
        select(func.count(func.distinct(RosterVersion.id)))
        .join(RosterMember, RosterMember.entered_with_id == RosterVersion.id)
        .where(*_within_year(RosterVersion.effective_on, year))
    )
    if unit_id is not None:
        rows = rows.where(RosterMember.district_id == unit_id)
    return Decimal(session.scalar(rows) or 0)
