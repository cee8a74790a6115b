"""What a version of the criteria of the roster says."""

from __future__ import annotations

from functools import lru_cache

from app.domain.roster import table
from app.domain.roster.criteria import Criteria
from app.models import RosterCriteria
from app.queries import versions


def said_by(version: RosterCriteria) -> Criteria:
    """Return what a version says. Raises ``RuleBroken`` where its table cannot be read."""
    return read(version.dmn)


@lru_cache(maxsize=64)
def read(dmn: str) -> Criteria:
    """Return the criteria that a decision table holds. Raises ``RuleBroken`` for what cannot be read."""
    sheet = versions.sheet(dmn, table.INPUTS, table.OUTPUTS)
    return table.criteria_of((line.conditions, line.outputs) for line in sheet.lines)
