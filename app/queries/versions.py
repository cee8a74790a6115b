"""Versions of a decision table that the office draws up itself: which holds on a day, and which came before."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app import engine
from app.domain.errors import NotFound, RuleBroken
from app.models.drawn_up import Version

V = TypeVar("V", bound=Version)


def sheet(dmn: str, inputs: tuple[str, ...], outputs: tuple[str, ...]) -> engine.Sheet:
    """Return a decision table with these columns. Raises ``RuleBroken`` for what cannot be read or has others."""
    try:
        found = engine.read_sheet(dmn.encode())
    except engine.BadSheet as error:
        raise RuleBroken("决策表无法读取：%(why)s", why=str(error)) from error
    if (tuple(c.name for c in found.inputs), tuple(c.name for c in found.outputs)) != (inputs, outputs):
        raise RuleBroken("决策表的列与规定的列不符")
    return found


def in_force(session: Session, of: type[V], day: date) -> V:
    """Return the version that holds on ``day``. Raises ``NotFound`` before the first one."""
    rows = select(of).where(of.state == "published", of.effective_from <= day)
    found = session.scalar(rows.order_by(of.effective_from.desc()).limit(1))
    if found is None:
        raise NotFound(of.__name__)
    return found


def latest(session: Session, of: type[V]) -> V:
    """Return the published version with the latest first day, which may be to come."""
    return in_force(session, of, date.max)


def all_of(session: Session, of: type[V]) -> list[V]:
    """Return every version that was not thrown away, the newest first."""
    rows = select(of).where(of.state != "discarded").order_by(of.number.desc())
    return list(session.scalars(rows.options(joinedload(of.made_by), joinedload(of.decided_by))))


def numbered(session: Session, of: type[V], number: int) -> V:
    """Return one version by its number. Raises ``NotFound``."""
    found = session.scalar(select(of).where(of.number == number, of.state != "discarded"))
    if found is None:
        raise NotFound(of.__name__)
    return found


def before(session: Session, version: V) -> V | None:
    """Return the published version that ``version`` follows or is to follow; ``None`` for the first one."""
    of = type(version)
    rows = select(of).where(of.state == "published", of.number < version.number)
    return session.scalar(rows.order_by(of.number.desc()).limit(1))


def draft(session: Session, of: type[V]) -> V | None:
    """Return the version that is being drawn up or waits to be published, if there is one."""
    return session.scalar(select(of).where(of.state == "draft"))
