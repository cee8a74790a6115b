"""Public notices as anybody reads them: those that are open, and the others by year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload, load_only

from app import clock
from app.domain.errors import NotFound
from app.domain.notices import NoticeState, Subject
from app.models import Notice
from app.queries import cursors, filters

PAGE = 20
_LISTED = load_only(
    Notice.number,
    Notice.year,
    Notice.place,
    Notice.subject,
    Notice.title,
    Notice.title_en,
    Notice.first_day,
    Notice.last_day,
    Notice.state,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which notices somebody looks for: what they are about, and of those that are over the year of their last day."""

    subject: str = ""
    year: int | None = None
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """The notices that are open, the one that ends first in front; a page of those that are over, and its next."""

    open: list[Notice]
    over: list[Notice]
    next: str
    years: list[int]


def wanted_from(values: Any) -> Wanted:
    """Read what is looked for from the parameters of an address. Raises ``RuleBroken`` naming what cannot be read."""
    return Wanted(
        subject=filters.one_of(values.get("subject"), set(Subject), "", "subject", "请从列表中选择"),
        year=filters.number(values.get("year"), "year"),
        cursor=(values.get("cursor") or "")[:300],
    )


def page(session: Session, wanted: Wanted) -> Page:
    """Return the notices that somebody looks for; one whose last day has passed is over, whoever has closed it."""
    about = [Notice.subject == wanted.subject] if wanted.subject else []
    rows = select(Notice).options(_LISTED).where(*about)
    standing = rows.where(_is_open()).order_by(Notice.last_day, Notice.id)
    over = rows.where(~_is_open(), *_in_year(wanted.year), *_after(wanted.cursor))
    found = list(session.scalars(over.order_by(Notice.last_day.desc(), Notice.id.desc()).limit(PAGE + 1)))
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(
        list(session.scalars(standing)),
        found[:PAGE],
        cursors.write(last.last_day, last.id) if last is not None else "",
        _years(session, about),
    )


def notice(session: Session, address: str) -> Notice:
    """Return the notice that stands in an address as ``2026-3``. Raises ``NotFound``."""
    named = re.fullmatch(r"(20[0-9]{2})-([1-9][0-9]{0,6})", address)
    found = None
    if named is not None:
        rows = select(Notice).where(Notice.year == int(named[1]), Notice.place == int(named[2]))
        found = session.scalar(rows.options(joinedload(Notice.unit)))
    if found is None:
        raise NotFound("notice")
    return found


def due(session: Session, without: Any = (), limit: int = 100) -> list[int]:
    """Return the notices whose period is over and that are still to be closed, by one walk along the index."""
    rows = select(Notice.id).where(Notice.closes_at <= clock.now())
    if without:
        rows = rows.where(Notice.id.not_in(without))
    return list(session.scalars(rows.order_by(Notice.closes_at).limit(limit)))


def _is_open() -> ColumnElement[bool]:
    return and_(Notice.state == NoticeState.OPEN, Notice.last_day >= clock.today())


def _in_year(year: int | None) -> list[ColumnElement[bool]]:
    if year is None:
        return []
    year = min(max(year, 2000), date.max.year - 1)
    return [Notice.last_day >= date(year, 1, 1), Notice.last_day < date(year + 1, 1, 1)]


def _after(cursor: str) -> list[ColumnElement[bool]]:
    if not cursor:
        return []
    day, last_id = cursors.read(cursor, date)
    return [or_(Notice.last_day < day, and_(Notice.last_day == day, Notice.id < last_id))]


def _years(session: Session, about: list[ColumnElement[bool]]) -> list[int]:
    """Return the years in which notices ended, the latest first."""
    ends = select(func.min(Notice.last_day), func.max(Notice.last_day)).where(~_is_open(), *about)
    first, last = session.execute(ends).one()
    return list(range(last.year, first.year - 1, -1)) if last is not None else []
