"""Periods that run, what stops them, what lengthens them, and the days of the calendar."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.case import Case, Party
from app.models.types import JsonText, UtcDateTime
from app.models.user import User


class Milestone(Base):
    """The day on which something happened that a period may start from."""

    __tablename__ = "milestone"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    on: Mapped[date]


class Deadline(Base):
    """One running period of a case: its rule, when it started, when it is due, and when a job must look at it next.

    ``wake_at`` is the next instant at which something is to be done (a reminder, the lapse, an escalation); it is
    empty when the period is over or stands still, and indexed, so that idle cases cost nothing. ``kept`` says that the
    period is counted under the seal of its case; what is under it remembers its old value until it is written.
    """

    __tablename__ = "deadline"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    rule: Mapped[str] = mapped_column(String(48), active_history=True)
    regime: Mapped[str] = mapped_column(String(16))
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"), active_history=True)
    task_key: Mapped[str | None] = mapped_column(String(64))
    start_on: Mapped[date] = mapped_column(active_history=True)
    length: Mapped[int | None] = mapped_column(active_history=True)
    variant: Mapped[str | None] = mapped_column(String(24))
    due_on: Mapped[date] = mapped_column(active_history=True)
    warn_on: Mapped[date]
    provisional: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(12), default="running", active_history=True)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    wake_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reminded: Mapped[str] = mapped_column(String(12), default="")
    kept: Mapped[bool] = mapped_column(default=False)

    # for reading: who writes a period writes the ids
    case: Mapped[Case] = relationship(viewonly=True)
    party: Mapped[Party | None] = relationship(viewonly=True)
    extensions: Mapped[list[ClockExtension]] = relationship(back_populates="deadline", order_by="ClockExtension.id")

    __table_args__ = (
        CheckConstraint("state IN ('running','paused','met','lapsed','cancelled')", name="state_known"),
        CheckConstraint("(state IN ('running','paused')) = (ended_at IS NULL)", name="ended_has_a_time"),
        CheckConstraint("wake_at IS NULL OR state = 'running'", name="wakes_only_while_running"),
        Index("ix_deadline_case", "case_id"),
        Index("ix_deadline_wake", "wake_at"),
        Index("ix_deadline_state_due", "state", "due_on"),
    )

    @property
    def is_open(self) -> bool:
        """Say whether the period still runs or stands still."""
        return self.ended_at is None


class ClockPause(Base):
    """An interval that does not count, with its reason; ``last`` is empty while it lasts. Both days are inside."""

    __tablename__ = "clock_pause"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[str] = mapped_column(String(32))
    first: Mapped[date]
    last: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))

    __table_args__ = (CheckConstraint("last IS NULL OR last >= first", name="ends_after_it_begins"),)


class ClockExtension(Base):
    """A step of the ladder by which a period was lengthened, who allowed it and why.

    ``length`` is by how much, where the law leaves that to the decision or less than the whole step was granted; in the
    unit of the step, or in ``unit`` where that says another one.
    """

    __tablename__ = "clock_extension"

    id: Mapped[int] = mapped_column(primary_key=True)
    deadline_id: Mapped[int] = mapped_column(ForeignKey("deadline.id"), index=True)
    step: Mapped[int]
    length: Mapped[int | None]
    unit: Mapped[str | None] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(Text)
    granted_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime)

    deadline: Mapped[Deadline] = relationship(back_populates="extensions")

    __table_args__ = (UniqueConstraint("deadline_id", "step", name="uq_clock_extension_step"),)


class CalendarDay(Base):
    """A day that the office's calendar decides otherwise than the published one, and on whose word."""

    __tablename__ = "calendar_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    working: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(200))
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CalendarChange(Base):
    """A change of the calendar and which due dates it moved: ``moved`` lists case, rule, from, to."""

    __tablename__ = "calendar_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    days: Mapped[list[dict[str, Any]]] = mapped_column(JsonText)
    moved: Mapped[list[dict[str, Any]]] = mapped_column(JsonText)

    by: Mapped[User | None] = relationship()


class Setting(Base):
    """A value the office can change without a new version (fast-track targets, prefix, the demonstration's clock)."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[Any] = mapped_column(JsonText)
