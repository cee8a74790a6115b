"""Versions of the award schedule: which decision table holds from which day, who drew it up and who published it."""

from __future__ import annotations

from app.models.drawn_up import Version, constraints, one_draft


class AwardSchedule(Version):
    """A version of the schedule of awards."""

    __tablename__ = "award_schedule"

    __table_args__ = (*constraints(), *one_draft("award_schedule"))
