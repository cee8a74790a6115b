"""Public notices (公示): a table that anybody reads for some working days, and the objections to its rows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.notices import Ground, Line, NoticeState, ObjectionState, Objector, Paper, Subject
from app.models.base import Base
from app.models.document import StoredFile
from app.models.organization import OrgUnit
from app.models.types import EncryptedText, JsonText, UtcDateTime, one_of
from app.models.user import User

_OPEN = text("state = 'open'")
_STANDING = text("state <> 'not_accepted'")


class Notice(Base):
    """A notice of what the office is about to do, with its period: both days are counted.

    ``subject`` says what it is about and ``subject_id`` which one. The table never changes: who finds it wrong withdraws
    the notice and puts up another. ``closes_at`` is the instant at which it is over, empty once that was seen to.
    """

    __tablename__ = "notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(60), unique=True)
    year: Mapped[int]
    place: Mapped[int]
    subject: Mapped[str] = mapped_column(String(24))
    subject_id: Mapped[int]
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_unit.id"))
    title: Mapped[str] = mapped_column(String(200))
    title_en: Mapped[str] = mapped_column(String(300), default="")
    lead: Mapped[str] = mapped_column(Text)
    columns: Mapped[list[str]] = mapped_column(JsonText)
    rows: Mapped[list[dict[str, Any]]] = mapped_column(JsonText)
    days: Mapped[int]
    first_day: Mapped[date]
    last_day: Mapped[date] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(String(12), default=NoticeState.OPEN.value)
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    put_up_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    put_up_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_for: Mapped[str] = mapped_column(Text, default="")

    unit: Mapped[OrgUnit] = relationship()
    put_up_by: Mapped[User] = relationship()

    @property
    def address(self) -> str:
        """How the number stands in the address of a page: ``2026-3``."""
        return f"{self.year}-{self.place}"

    @property
    def lines(self) -> list[Line]:
        """The rows of the table."""
        return [Line(row["key"], tuple(row["cells"])) for row in self.rows]

    def line(self, key: str) -> Line | None:
        """Return the row with this key, ``None`` where there is none."""
        return next((line for line in self.lines if line.key == key), None)

    __table_args__ = (
        CheckConstraint(one_of("subject", Subject), name="subject_known"),
        CheckConstraint(one_of("state", NoticeState), name="state_known"),
        CheckConstraint("last_day >= first_day", name="ends_after_it_begins"),
        CheckConstraint("(state = 'open') = (closes_at IS NOT NULL)", name="open_until_an_instant"),
        CheckConstraint("(state = 'open') = (closed_at IS NULL)", name="closed_at_an_instant"),
        UniqueConstraint("year", "place", name="uq_notice_place"),
        Index("uq_notice_open", "subject", "subject_id", unique=True, postgresql_where=_OPEN, sqlite_where=_OPEN),
    )


class Objection(Base):
    """What somebody holds against a row of a notice; only who handles the subject sees who it is.

    ``content`` is a mark of what was said and by whom: the same is not received twice while it stands.
    """

    __tablename__ = "objection"

    id: Mapped[int] = mapped_column(primary_key=True)
    receipt_number: Mapped[str] = mapped_column(String(20), unique=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), index=True)
    row_key: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(200))
    uscc: Mapped[str | None] = mapped_column(String(18))
    contact: Mapped[str] = mapped_column(String(80), default="")
    resident_id: Mapped[str | None] = mapped_column(EncryptedText)
    phone: Mapped[str] = mapped_column(EncryptedText)
    email: Mapped[str | None] = mapped_column(EncryptedText)
    language: Mapped[str] = mapped_column(String(8), default="zh_CN")
    reasons: Mapped[str] = mapped_column(EncryptedText)
    content: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16), default=ObjectionState.RECEIVED.value)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ground: Mapped[str | None] = mapped_column(String(16))
    handled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    handled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answer: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    notice: Mapped[Notice] = relationship()
    papers: Mapped[list[ObjectionPaper]] = relationship(back_populates="objection", order_by="ObjectionPaper.file_id")
    handled_by: Mapped[User | None] = relationship(foreign_keys=handled_by_id)
    decided_by: Mapped[User | None] = relationship(foreign_keys=decided_by_id)

    @property
    def line(self) -> Line | None:
        """The row of the notice that it is about."""
        return self.notice.line(self.row_key)

    def files_of(self, kind: str) -> list[StoredFile]:
        """Return the files that were handed in as ``kind``."""
        return [paper.file for paper in self.papers if paper.kind == kind]

    __table_args__ = (
        CheckConstraint(one_of("kind", Objector), name="kind_known"),
        CheckConstraint(one_of("state", ObjectionState), name="state_known"),
        CheckConstraint("ground IS NULL OR " + one_of("ground", Ground), name="ground_known"),
        CheckConstraint("(state = 'not_accepted') = (ground IS NOT NULL)", name="not_accepted_has_a_ground"),
        CheckConstraint("(state = 'received') = (handled_at IS NULL)", name="handled_at_a_time"),
        CheckConstraint("(state IN ('upheld','dismissed')) = (decided_at IS NOT NULL)", name="decided_at_a_time"),
        CheckConstraint("decided_at IS NULL OR answer <> ''", name="decided_with_an_answer"),
        CheckConstraint("kind <> 'unit' OR uscc IS NOT NULL", name="unit_has_a_code"),
        CheckConstraint("kind <> 'individual' OR resident_id IS NOT NULL", name="individual_has_a_number"),
        Index("ix_objection_state", "state", "received_at"),
        Index(
            "uq_objection_content",
            "notice_id",
            "content",
            unique=True,
            postgresql_where=_STANDING,
            sqlite_where=_STANDING,
        ),
    )


class ObjectionPaper(Base):
    """A file that came with an objection, and what it is: the signed application, a proof of identity, or of what is said."""

    __tablename__ = "objection_paper"

    objection_id: Mapped[int] = mapped_column(ForeignKey("objection.id"), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), primary_key=True, index=True)
    kind: Mapped[str] = mapped_column(String(12))

    objection: Mapped[Objection] = relationship(back_populates="papers")
    file: Mapped[StoredFile] = relationship(lazy="joined")

    __table_args__ = (CheckConstraint(one_of("kind", Paper), name="kind_known"),)
