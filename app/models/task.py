"""What somebody is asked to do, what they answered, and what they were typing."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.case import Case, Party
from app.models.organization import OrgUnit
from app.models.types import EncryptedJson, JsonText, UtcDateTime
from app.models.user import User

NO_DUE = date(9999, 12, 31)


class Task(Base):
    """One line of somebody's inbox: everything the list shows, so that no list wakes the engine.

    A task is offered to a role in a unit, or to the organisation of a party; one person may hold it. A step of the
    diagram in a party lane opens one row for each party, one that the whole panel does a row for each ``seat`` of it, all
    with the same ``engine_id``. ``due_sort`` is the due
    date or the end of time, so that a page of the list is one walk along an index. ``search_text`` is what the list
    is searched in, folded: the number, the title and every party of the case. ``announce_at`` is set until a job has
    told the queue that the task waits there.
    """

    __tablename__ = "task"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    engine_id: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(64))
    form: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(String(120))
    title_en: Mapped[str] = mapped_column(String(160))
    process: Mapped[str] = mapped_column(String(32))
    case_number: Mapped[str] = mapped_column(String(40))
    case_title: Mapped[str] = mapped_column(String(500))
    case_title_en: Mapped[str] = mapped_column(String(500), default="")
    search_text: Mapped[str] = mapped_column(Text, default="", deferred=True)
    role: Mapped[str] = mapped_column(String(32))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"))
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("case_staff.id"))
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_on: Mapped[date | None]
    due_sort: Mapped[date] = mapped_column(default=NO_DUE)
    warn_on: Mapped[date | None]
    provisional: Mapped[bool] = mapped_column(default=False)
    paused: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(12), default="open")
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    announce_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    # for reading: who writes a task writes the ids
    case: Mapped[Case] = relationship(viewonly=True)
    party: Mapped[Party | None] = relationship(viewonly=True)
    unit: Mapped[OrgUnit | None] = relationship(viewonly=True)
    assignee: Mapped[User | None] = relationship(foreign_keys=assignee_id, viewonly=True)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("state IN ('open','done','cancelled')", name="state_known"),
        CheckConstraint("(state = 'open') = (done_at IS NULL)", name="done_has_a_time"),
        CheckConstraint("(due_on IS NULL) OR (due_sort = due_on)", name="due_sort_is_due"),
        UniqueConstraint("case_id", "engine_id", "party_id", name="uq_task_once"),
        Index(
            "uq_task_of_the_office",
            "case_id",
            "engine_id",
            unique=True,
            postgresql_where=text("party_id IS NULL AND seat_id IS NULL"),
            sqlite_where=text("party_id IS NULL AND seat_id IS NULL"),
        ),
        Index(
            "uq_task_of_a_seat",
            "case_id",
            "engine_id",
            "seat_id",
            unique=True,
            postgresql_where=text("seat_id IS NOT NULL"),
            sqlite_where=text("seat_id IS NOT NULL"),
        ),
        Index("ix_task_case", "case_id"),
        Index(
            "ix_task_queue",
            "role",
            "unit_id",
            "due_sort",
            "id",
            *("warn_on", "paused", "case_id"),  # the counts beside the list need no look at the rows
            postgresql_where=text("state = 'open' AND assignee_id IS NULL"),
            sqlite_where=text("state = 'open' AND assignee_id IS NULL"),
        ),
        Index(
            "ix_task_mine",
            "assignee_id",
            "due_sort",
            "id",
            postgresql_where=text("state = 'open' AND assignee_id IS NOT NULL"),
            sqlite_where=text("state = 'open' AND assignee_id IS NOT NULL"),
        ),
        Index(
            "ix_task_party",
            "organization_id",
            "due_sort",
            "id",
            postgresql_where=text("state = 'open' AND organization_id IS NOT NULL"),
            sqlite_where=text("state = 'open' AND organization_id IS NOT NULL"),
        ),
        Index(
            "ix_task_announce",
            "announce_at",
            postgresql_where=text("announce_at IS NOT NULL"),
            sqlite_where=text("announce_at IS NOT NULL"),
        ),
        Index(
            "ix_task_done",
            "done_by_id",
            "done_at",
            postgresql_where=text("state = 'done'"),
            sqlite_where=text("state = 'done'"),
        ),
    )

    @property
    def is_open(self) -> bool:
        """Say whether the task still waits for somebody."""
        return self.state == "open"


class Submission(Base):
    """The answers of a form exactly as they were given, and by whom.

    ``once`` is the key of the form they came on, where it may be answered only once.
    """

    __tablename__ = "submission"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"), index=True)
    form: Mapped[str] = mapped_column(String(64))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    acting_for_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    answers: Mapped[dict[str, Any]] = mapped_column(EncryptedJson)
    once: Mapped[str | None] = mapped_column(String(64))

    __table_args__ = (UniqueConstraint("by_id", "once", name="uq_submission_once"),)


class Draft(Base):
    """What a person has typed and not yet sent: for a task, for an act, or for a request not yet filed.

    ``scope`` names the place (``task:7``, ``start:mediation``, ``act:12:withdraw``); one draft a person and place.
    A draft made from a failed mediation keeps the case it came from and the day the dispute was first filed.
    """

    __tablename__ = "draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    scope: Mapped[str] = mapped_column(String(80))
    answers: Mapped[dict[str, Any]] = mapped_column(EncryptedJson)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    from_case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
    first_filed_on: Mapped[date | None]

    __table_args__ = (UniqueConstraint("user_id", "scope", name="uq_draft_once"),)


class SavedView(Base):
    """A filter of the inbox that somebody gave a name; ``shared_unit_id`` offers it to a whole unit."""

    __tablename__ = "saved_view"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    shared_unit_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    query: Mapped[dict[str, Any]] = mapped_column(JsonText)
    columns: Mapped[list[str]] = mapped_column(JsonText, default=list)

    __table_args__ = (UniqueConstraint("user_id", "name", name="uq_saved_view_name"),)

    @property
    def address(self) -> dict[str, Any]:
        """The parameters under which the inbox shows this view, with its columns where it carries some."""
        return {**self.query, "columns": ",".join(self.columns)} if self.columns else self.query


class Incident(Base):
    """An act that could not be carried out, kept whole so that an administrator can look at it and try it again."""

    __tablename__ = "incident"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(16), unique=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    what: Mapped[str] = mapped_column(String(24))
    attempt: Mapped[dict[str, Any]] = mapped_column(EncryptedJson)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    element: Mapped[str] = mapped_column(String(80), default="")
    error: Mapped[str] = mapped_column(Text)
    tries: Mapped[int] = mapped_column(default=1)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    settled_how: Mapped[str | None] = mapped_column(String(16))

    case: Mapped[Case | None] = relationship()

    __table_args__ = (
        CheckConstraint("(settled_at IS NULL) = (settled_how IS NULL)", name="settled_says_how"),
        Index("ix_incident_open", "settled_at", "at"),
    )
