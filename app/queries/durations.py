"""How long things took: medians, counted by the database in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, extract, func, or_, select
from sqlalchemy.orm import Session

from app import clock

DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Median:
    """The middle one of so many durations, in days."""

    days: float
    number: int


def seconds(first: Any, last: Any = None) -> Any:
    """Return the seconds between two instants of a row; up to now where there is no second one."""
    end = extract("epoch", last) if last is not None else int(clock.now().timestamp())
    return end - extract("epoch", first)


def medians(session: Session, rows: Select[Any, Any]) -> dict[Any, Median]:
    """Return for each first column of ``rows`` the median of the second, which is in seconds."""
    group, length = rows.subquery().c
    placed = select(
        group.label("group"),
        length.label("length"),
        func.row_number().over(partition_by=group, order_by=length).label("place"),
        func.count().over(partition_by=group).label("number"),
    ).subquery()
    middle = [(placed.c.number + more) // 2 for more in (1, 2)]  # two of them where the number is even
    found = session.execute(
        select(placed.c.group, func.avg(placed.c.length), func.max(placed.c.number))
        .where(or_(*(placed.c.place == place for place in middle)))
        .group_by(placed.c.group)
    )
    return {key: Median(float(length) / DAY, number) for key, length, number in found}
