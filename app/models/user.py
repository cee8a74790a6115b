"""People, what they may do and where, who stands in for them, and how they come in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, query_expression, relationship

from app.models.base import Base
from app.models.organization import Organization, OrgUnit
from app.models.types import EncryptedText, JsonText, UtcDateTime


class User(Base):
    """A person with an account: an official of a unit, or somebody who acts for an organisation."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    password_hash: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str | None] = mapped_column(EncryptedText)
    language: Mapped[str] = mapped_column(String(8), default="zh_CN")
    channels: Mapped[list[str]] = mapped_column(JsonText, default=lambda: ["in_app", "email"])
    inbox_columns: Mapped[list[str] | None] = mapped_column(JsonText)
    specialities: Mapped[list[str]] = mapped_column(JsonText, default=list)
    employer: Mapped[str] = mapped_column(String(200), default="")
    capacity: Mapped[int] = mapped_column(default=10)
    active: Mapped[bool] = mapped_column(default=True)
    session_epoch: Mapped[int] = mapped_column(default=0)
    password_changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # whether records of cases tie them to a party; read with whoever signs in, ``None`` (not known) elsewhere
    tied: Mapped[bool | None] = query_expression()

    memberships: Mapped[list[Membership]] = relationship(back_populates="user", lazy="selectin")
    standing_in: Mapped[list[Substitute]] = relationship(
        foreign_keys="Substitute.deputy_id", back_populates="deputy", order_by="Substitute.id"
    )

    # what Flask-Login asks of a person
    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        """Say whether the account may be used."""
        return self.active

    def get_id(self) -> str:
        """Return the id as the session keeps it."""
        return str(self.id)

    @property
    def roles(self) -> frozenset[str]:
        """The codes of all roles this person holds anywhere."""
        return frozenset(m.role for m in self.memberships)

    @property
    def unit_ids(self) -> frozenset[int]:
        """The units this person holds a role in."""
        return frozenset(m.unit_id for m in self.memberships if m.unit_id is not None)

    @property
    def is_official(self) -> bool:
        """Say whether this person holds a role in the office."""
        return any(m.unit_id is not None for m in self.memberships)

    @property
    def organization_ids(self) -> frozenset[int]:
        """The outside organisations this person acts for."""
        return frozenset(m.organization_id for m in self.memberships if m.organization_id is not None)

    def has_role(self, role: str, unit_id: int | None = None) -> bool:
        """Say whether this person holds ``role`` (in that unit, when one is given)."""
        return any(m.role == role and (unit_id is None or m.unit_id == unit_id) for m in self.memberships)


class Membership(Base):
    """A role held in a unit of the office, or on behalf of an outside organisation."""

    __tablename__ = "membership"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    role: Mapped[str] = mapped_column(String(32))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"))
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), index=True)

    user: Mapped[User] = relationship(back_populates="memberships")
    unit: Mapped[OrgUnit | None] = relationship()
    organization: Mapped[Organization | None] = relationship()

    __table_args__ = (
        UniqueConstraint("user_id", "role", "unit_id", name="uq_membership_in_unit"),
        UniqueConstraint("user_id", "role", "organization_id", name="uq_membership_for_organization"),
        CheckConstraint("(unit_id IS NULL) <> (organization_id IS NULL)", name="unit_or_organization"),
        Index("ix_membership_unit_role", "unit_id", "role"),
    )


class Substitute(Base):
    """An out-of-office arrangement: ``deputy`` may act for ``user`` from ``first`` to ``last``, both inclusive."""

    __tablename__ = "substitute"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    deputy_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    first: Mapped[date]
    last: Mapped[date]
    reason: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship(foreign_keys=user_id)
    deputy: Mapped[User] = relationship(foreign_keys=deputy_id, back_populates="standing_in")

    __table_args__ = (
        CheckConstraint("last >= first", name="ends_after_it_begins"),
        CheckConstraint("user_id <> deputy_id", name="somebody_else"),
    )


class DeclaredRelation(Base):
    """A relation that bars an official from a party's cases: declared by themselves or entered by an administrator."""

    __tablename__ = "declared_relation"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    nature: Mapped[str] = mapped_column(String(120))
    declared_at: Mapped[datetime] = mapped_column(UtcDateTime)

    organization: Mapped[Organization] = relationship()


class ApiToken(Base):
    """A bearer token, kept as a digest; it carries its owner's rights and nothing more."""

    __tablename__ = "api_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    session_epoch: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship(lazy="joined")


class CalendarFeed(Base):
    """The secret address under which somebody's own calendar fetches their hearings, kept as a digest; one a person."""

    __tablename__ = "calendar_feed"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    session_epoch: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AccessLog(Base):
    """What happened at the door and in administration: logins, refusals, lock-outs, changes of rights, reveals."""

    __tablename__ = "access_log"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    kind: Mapped[str] = mapped_column(String(40))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    username: Mapped[str] = mapped_column(String(64), default="")
    address: Mapped[str] = mapped_column(String(64), default="")
    detail: Mapped[dict[str, Any]] = mapped_column(JsonText, default=dict)


class EndedSession(Base):
    """The mark of a browser's session that somebody left: a copy of its cookie is nobody's from then on."""

    __tablename__ = "ended_session"

    mark: Mapped[str] = mapped_column(String(32), primary_key=True)
    ended_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class Throttle(Base):
    """How often something was tried in a window of time; shared by every worker because it lives in the database."""

    __tablename__ = "throttle"

    bucket: Mapped[str] = mapped_column(String(120), primary_key=True)
    window: Mapped[int] = mapped_column(primary_key=True)
    tries: Mapped[int] = mapped_column(default=0)
