"""Contacts with members of the roster: with whom, when, what was said, what was promised and whether it was kept."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.roster.contacts import ContactKind
from app.models.base import Base
from app.models.document import StoredFile
from app.models.roster import RosterMember
from app.models.types import UtcDateTime, one_of
from app.models.user import User

contact_member = Table(
    "contact_member",
    Base.metadata,
    Column("contact_id", ForeignKey("contact.id"), primary_key=True),
    Column("member_id", ForeignKey("roster_member.id"), primary_key=True, index=True),
)
contact_file = Table(
    "contact_file",
    Base.metadata,
    Column("contact_id", ForeignKey("contact.id"), primary_key=True),
    Column("file_id", ForeignKey("stored_file.id"), primary_key=True),
)


class Contact(Base):
    """An entry of the ledger, with one member or several. A correction is an entry of its own that says why.

    ``summary`` is what a member reads where the entry is ``shared``; everything else stays with the office.
    """

    __tablename__ = "contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    held_on: Mapped[date]
    took_part: Mapped[str] = mapped_column(String(500))
    summary: Mapped[str] = mapped_column(String(500))
    minutes: Mapped[str] = mapped_column(Text)
    promised: Mapped[str] = mapped_column(Text, default="")
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    shared: Mapped[bool] = mapped_column(default=False)
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"), unique=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    in_force: Mapped[bool] = mapped_column(default=True)

    entered_by: Mapped[User] = relationship()
    replaces: Mapped[Contact | None] = relationship(remote_side=id)
    members: Mapped[list[RosterMember]] = relationship(secondary=contact_member, order_by=RosterMember.id)
    files: Mapped[list[StoredFile]] = relationship(secondary=contact_file, order_by=StoredFile.id)

    __table_args__ = (
        CheckConstraint(one_of("kind", ContactKind), name="kind_known"),
        CheckConstraint("(promised = '') = (due_on IS NULL)", name="promised_for_a_day"),
        CheckConstraint("done_on IS NULL OR due_on IS NOT NULL", name="done_what_was_promised"),
        CheckConstraint("due_on >= held_on", name="due_after_it"),
        CheckConstraint("done_on >= held_on", name="done_after_it"),
        CheckConstraint("(replaces_id IS NULL) = (reason = '')", name="corrected_for_a_reason"),
        Index("ix_contact_held_on", "held_on"),
    )

    @property
    def waits(self) -> bool:
        """Say whether something that was promised is still to be done."""
        return self.due_on is not None and self.done_on is None
