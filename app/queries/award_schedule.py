"""What a version of the award schedule says."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from sqlalchemy.orm import Session

from app.domain.awards import table
from app.domain.awards.schedule import Award
from app.models import AwardSchedule
from app.queries import versions


def lines_of(version: AwardSchedule) -> tuple[Award, ...]:
    """Return what a version says, in its order. Raises ``RuleBroken`` where its table cannot be read."""
    return read(version.dmn)


def lines_on(session: Session, day: date) -> tuple[Award, ...]:
    """Return what the version that holds on ``day`` says. Raises ``NotFound`` before the first one."""
    return lines_of(versions.in_force(session, AwardSchedule, day))


@lru_cache(maxsize=64)
def read(dmn: str) -> tuple[Award, ...]:
    """Return the lines of a decision table of the schedule. Raises ``RuleBroken`` for what cannot be read."""
    sheet = versions.sheet(dmn, table.INPUTS, table.OUTPUTS)
    return tuple(table.award_of(line.conditions, line.outputs, number=n) for n, line in enumerate(sheet.lines, start=1))
