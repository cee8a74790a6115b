"""Files, the documents a case produces or receives, and how each was served."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.disputes import ServiceMethod
from app.models.base import Base
from app.models.case import Case, Party
from app.models.types import EncryptedJson, UtcDateTime, one_of
from app.models.user import User


class StoredFile(Base):
    """A file that somebody uploaded or the office produced; its bytes lie in the store under ``sha256``.

    Until it is used in a case it belongs to the person who uploaded it and to nobody else. What somebody without an
    account has brought belongs to the browser whose session carries the mark ``brought_by``.
    """

    __tablename__ = "stored_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    pages: Mapped[int | None]
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    brought_by: Mapped[str | None] = mapped_column(String(32), index=True)
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Document(Base):
    """A paper of a case: issued by the office from a template, or handed in by a party.

    An issued document is a kind, a number and the facts it was made from; a job renders it once. ``file_id`` is
    empty until then. ``seen_by`` says who may read it: ``all`` (parties and office), ``office``, ``panel`` (its
    members alone), or ``party`` together with ``party_id``: what that party handed in, and the office; what was made for
    it, and nobody else.
    """

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[str] = mapped_column(String(48))
    place: Mapped[int]
    number: Mapped[str | None] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(200))
    title_en: Mapped[str] = mapped_column(String(200), default="")
    issued: Mapped[bool]
    facts: Mapped[dict[str, Any] | None] = mapped_column(EncryptedJson, deferred=True)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    seen_by: Mapped[str] = mapped_column(String(8), default="all")
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    made_on: Mapped[date]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    case: Mapped[Case] = relationship()
    file: Mapped[StoredFile | None] = relationship()
    party: Mapped[Party | None] = relationship()
    made_by: Mapped[User | None] = relationship()
    addressees: Mapped[list[Addressee]] = relationship(back_populates="document")
    services: Mapped[list[ServiceRecord]] = relationship(back_populates="document", order_by="ServiceRecord.id")

    __table_args__ = (
        CheckConstraint("seen_by IN ('all','office','panel','party')", name="seen_by_known"),
        CheckConstraint("(seen_by = 'party') = (party_id IS NOT NULL)", name="party_sees_its_own"),
        CheckConstraint("issued OR file_id IS NOT NULL", name="handed_in_has_a_file"),
        UniqueConstraint("case_id", "place", name="uq_document_place"),
        Index("ix_document_to_render", "issued", "file_id"),
    )


class Addressee(Base):
    """A party to whom an issued document is addressed; ``served_on`` is the day on which it reached them.

    While it is empty the paper is still to be served, or its receipt to be entered (D37: every paper has one).
    """

    __tablename__ = "addressee"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"), primary_key=True)
    served_on: Mapped[date | None]

    document: Mapped[Document] = relationship(back_populates="addressees")
    party: Mapped[Party] = relationship(lazy="joined")

    __table_args__ = (
        Index(
            "ix_addressee_to_serve",
            "document_id",
            sqlite_where=text("served_on IS NULL"),
            postgresql_where=text("served_on IS NULL"),
        ),
    )


class ServiceRecord(Base):
    """How a document reached (or did not reach) a party: the facts of the service receipt (送达回证, D37).

    ``kept`` says that the record is counted under the seal of its case.
    """

    __tablename__ = "service_record"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    method: Mapped[str] = mapped_column(String(12))
    sent_on: Mapped[date]
    received_on: Mapped[date | None]
    result: Mapped[str] = mapped_column(String(12))
    receiver: Mapped[str] = mapped_column(String(120), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    proof_file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    kept: Mapped[bool] = mapped_column(default=False)

    document: Mapped[Document] = relationship(back_populates="services")
    party: Mapped[Party] = relationship(lazy="joined")
    proof: Mapped[StoredFile | None] = relationship()

    __table_args__ = (
        CheckConstraint(one_of("method", ServiceMethod), name="method_known"),
        CheckConstraint("result IN ('received','failed','pending')", name="result_known"),
        CheckConstraint("(result = 'received') = (received_on IS NOT NULL)", name="received_has_a_day"),
        CheckConstraint("received_on IS NULL OR received_on >= sent_on", name="received_after_sent"),
    )
