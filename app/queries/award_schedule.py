"""Which version of the award schedule holds on a day, and what it says."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app import engine
from app.domain.awards import table
from app.domain.awards.schedule import Award
from app.domain.errors import NotFound, RuleBroken
from app.models import AwardSchedule


def lines_of(version: AwardSchedule) -> tuple[Award, ...]:
    """Return what a version says, in its order. Raises ``RuleBroken`` where its table cannot be read."""
    return read(version.dmn)


@lru_cache(maxsize=64)
def read(dmn: str) -> tuple[Award, ...]:
    """Return the lines of a decision table of the schedule. Raises ``RuleBroken`` for what cannot be read."""
    try:
        sheet = engine.read_sheet(dmn.encode())
    except engine.BadSheet as error:
        raise RuleBroken("决策表无法读取：%(why)s", why=str(error)) from error
    columns = (tuple(c.name for c in sheet.inputs), tuple(c.name for c in sheet.outputs))
    if columns != (table.INPUTS, table.OUTPUTS):
        raise RuleBroken("决策表的列与奖励标准的列不符")
    return tuple(table.award_of(line.conditions, line.outputs, number=n) for n, line in enumerate(sheet.lines, start=1))


def in_force(session: Session, day: date) -> AwardSchedule:
    """Return the version that holds on ``day``. Raises ``NotFound`` before the first one."""
    rows = select(AwardSchedule).where(AwardSchedule.state == "published", AwardSchedule.effective_from <= day)
    version = session.scalar(rows.order_by(AwardSchedule.effective_from.desc()).limit(1))
    if version is None:
        raise NotFound("award_schedule")
    return version


def versions(session: Session) -> list[AwardSchedule]:
    """Return every version that was not thrown away, the newest first."""
    rows = select(AwardSchedule).where(AwardSchedule.state != "discarded").order_by(AwardSchedule.number.desc())
    people = (joinedload(AwardSchedule.made_by), joinedload(AwardSchedule.decided_by))
    return list(session.scalars(rows.options(*people)))


def version(session: Session, number: int) -> AwardSchedule:
    """Return one version by its number. Raises ``NotFound``."""
    found = session.scalar(
        select(AwardSchedule).where(AwardSchedule.number == number, AwardSchedule.state != "discarded")
    )
    if found is None:
        raise NotFound("award_schedule")
    return found


def before(session: Session, version: AwardSchedule) -> AwardSchedule | None:
    """Return the published version that ``version`` follows or is to follow; ``None`` for the first one."""
    rows = select(AwardSchedule).where(AwardSchedule.state == "published", AwardSchedule.number < version.number)
    return session.scalar(rows.order_by(AwardSchedule.number.desc()).limit(1))


def draft(session: Session) -> AwardSchedule | None:
    """Return the version that is being drawn up or waits to be published, if there is one."""
    return session.scalar(select(AwardSchedule).where(AwardSchedule.state == "draft"))
