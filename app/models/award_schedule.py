"""Versions of the award schedule: which decision table holds from which day, who drew it up and who published it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base
from app.models.drawn_up import DrawnUp, constraints


class AwardSchedule(DrawnUp, Base):
    """A version of the schedule; at most one at a time is a draft.

    Of the published ones that with the latest ``effective_from`` not after a day holds on it.
    """

    __tablename__ = "award_schedule"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    effective_from: Mapped[date]
    dmn: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        *constraints(),
        Index(
            "uq_award_schedule_draft",
            "state",
            unique=True,
            postgresql_where=text("state = 'draft'"),
            sqlite_where=text("state = 'draft'"),
        ),
        Index(
            "uq_award_schedule_effective_from",
            "effective_from",
            unique=True,
            postgresql_where=text("state = 'published'"),
            sqlite_where=text("state = 'published'"),
        ),
    )
