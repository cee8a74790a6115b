"""The services that are agreed with a member of the roster: what, until when, and how far each has come."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.roster.package import Progress, Service
from app.models.base import Base
from app.models.roster import RosterMember
from app.models.types import UtcDateTime, one_of
from app.models.user import User


class PackageItem(Base):
    """One service of the package of a member; who agreed it with the unit, and who changed it last."""

    __tablename__ = "package_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("roster_member.id"))
    service: Mapped[str] = mapped_column(String(16))
    what: Mapped[str] = mapped_column(String(500))
    until: Mapped[date]
    state: Mapped[str] = mapped_column(String(12), default=Progress.PLANNED.value)
    note: Mapped[str] = mapped_column(Text, default="")
    agreed_on: Mapped[date]
    agreed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    member: Mapped[RosterMember] = relationship()
    agreed_by: Mapped[User] = relationship(foreign_keys=agreed_by_id)
    changed_by: Mapped[User] = relationship(foreign_keys=changed_by_id)

    __table_args__ = (
        CheckConstraint(one_of("service", Service), name="service_known"),
        CheckConstraint(one_of("state", Progress), name="state_known"),
        CheckConstraint("until >= agreed_on", name="until_a_day_to_come"),
        UniqueConstraint("member_id", "service", "what", "until", name="uq_package_item_once"),
    )
