"""What the city asks of a district in a year, what the district reports, and how that is assessed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.district_tasks import Outcome, TaskState
from app.models.base import Base
from app.models.document import StoredFile
from app.models.organization import OrgUnit
from app.models.types import UtcDateTime, one_of
from app.models.user import User

_TO_REMIND = text("reminded_at IS NULL")


class DistrictTask(Base):
    """A task of a district. From ``remind_on`` on the clock reminds the district, once, unless it has reported."""

    __tablename__ = "district_task"

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_unit.id"))
    title: Mapped[str] = mapped_column(String(120))
    what: Mapped[str] = mapped_column(Text)
    section: Mapped[str] = mapped_column(String(20))
    due_on: Mapped[date]
    remind_on: Mapped[date]
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(12), default="set")
    set_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(String(12))
    score: Mapped[int | None]
    assessment: Mapped[str] = mapped_column(Text, default="")
    assessed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    assessed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    unit: Mapped[OrgUnit] = relationship()
    set_by: Mapped[User] = relationship(foreign_keys=[set_by_id])
    assessed_by: Mapped[User | None] = relationship(foreign_keys=[assessed_by_id])
    reports: Mapped[list[DistrictReport]] = relationship(back_populates="task", order_by="DistrictReport.id")

    @property
    def report(self) -> DistrictReport | None:
        """Return what the district has reported last."""
        return self.reports[-1] if self.reports else None

    __table_args__ = (
        CheckConstraint(one_of("state", TaskState), name="state_known"),
        CheckConstraint(one_of("outcome", Outcome), name="outcome_known"),
        CheckConstraint("score BETWEEN 0 AND 100", name="score_of_a_hundred"),
        CheckConstraint("(state = 'assessed') = (assessed_at IS NOT NULL)", name="assessed_at_a_time"),
        CheckConstraint("(state = 'assessed') = (outcome IS NOT NULL)", name="assessed_with_an_outcome"),
        UniqueConstraint("year", "unit_id", "title", name="uq_district_task_title"),
        Index("ix_district_task_remind", "remind_on", postgresql_where=_TO_REMIND, sqlite_where=_TO_REMIND),
    )


district_report_file = Table(
    "district_report_file",
    Base.metadata,
    Column("report_id", ForeignKey("district_report.id"), primary_key=True),
    Column("file_id", ForeignKey("stored_file.id"), primary_key=True),
)


class DistrictReport(Base):
    """What a district reports on a task; one that is given back says why, and stays."""

    __tablename__ = "district_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("district_task.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    returned_because: Mapped[str] = mapped_column(Text, default="")
    returned_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    returned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    task: Mapped[DistrictTask] = relationship(back_populates="reports")
    by: Mapped[User] = relationship(foreign_keys=[by_id])
    returned_by: Mapped[User | None] = relationship(foreign_keys=[returned_by_id])
    files: Mapped[list[StoredFile]] = relationship(secondary=district_report_file, order_by=StoredFile.id)

    __table_args__ = (
        CheckConstraint("(returned_because <> '') = (returned_at IS NOT NULL)", name="returned_for_a_reason"),
        CheckConstraint("by_id <> returned_by_id", name="four_eyes"),
    )
