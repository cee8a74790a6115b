"""Versions of the criteria of the roster: by what nominated units are judged from which day on."""

from __future__ import annotations

from app.models.drawn_up import Version, constraints, one_draft


class RosterCriteria(Version):
    """A version of the criteria; a batch of the roster keeps the one it began with."""

    __tablename__ = "roster_criteria"

    __table_args__ = (*constraints(), *one_draft("roster_criteria"))
