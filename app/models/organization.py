"""Organisations that come to the office, and the units the office is made of."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.organizations import OrgKind
from app.models.base import Base
from app.models.types import EncryptedText, UtcDateTime, one_of


class OrgUnit(Base):
    """A unit of the office: the city bureau, a district bureau, a protection centre, a third-party body."""

    __tablename__ = "org_unit"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(160))
    kind: Mapped[str] = mapped_column(String(24))
    region: Mapped[str] = mapped_column(String(6), default="440600")
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"), index=True)
    address: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    active: Mapped[bool] = mapped_column(default=True)

    parent: Mapped[OrgUnit | None] = relationship(remote_side=id)

    __table_args__ = (
        CheckConstraint(
            "kind IN ('city_bureau','district_bureau','protection_centre','rapid_centre','third_party')",
            name="kind_known",
        ),
    )


class Organization(Base):
    """An outside organisation or person that asks, answers and signs.

    ``kind`` is one of ``OrgKind``; an individual has a resident
    number (encrypted, found again through its blind index), one from outside of the mainland the number under which it
    is registered in its ``country``, everybody else a unified social credit code.
    A row may exist before anybody signs up for it: a respondent is entered by the requester. Until an official has
    looked at its licence (``verified``), whoever signed up for it is known by nothing but what they typed.
    """

    __tablename__ = "organization"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), default="enterprise")
    name: Mapped[str] = mapped_column(String(200), index=True)
    uscc: Mapped[str | None] = mapped_column(String(18), unique=True)
    country: Mapped[str] = mapped_column(String(60), default="")
    foreign_number: Mapped[str | None] = mapped_column(String(60))
    resident_id: Mapped[str | None] = mapped_column(EncryptedText)
    resident_index: Mapped[str | None] = mapped_column(String(64), unique=True)
    legal_representative: Mapped[str] = mapped_column(String(80), default="")
    address: Mapped[str] = mapped_column(Text, default="")
    postcode: Mapped[str] = mapped_column(String(6), default="")
    phone: Mapped[str | None] = mapped_column(EncryptedText)
    email: Mapped[str] = mapped_column(String(200), default="")
    verified: Mapped[bool] = mapped_column(default=False)
    licence_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint(one_of("kind", OrgKind), name="kind_known"),
        UniqueConstraint("country", "foreign_number", name="uq_organization_foreign_number"),
    )
