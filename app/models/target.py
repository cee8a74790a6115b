"""The programme's targets, what is planned for them, and the values that districts and the city report."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Numeric, String, Table, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain import targets
from app.domain.targets import Counting, Direction, Stage, ValueState
from app.domain.texts import Text as Words
from app.models.base import Base
from app.models.document import StoredFile
from app.models.organization import OrgUnit
from app.models.types import UtcDateTime, one_of
from app.models.user import User

NUMBER = Numeric(18, 4)


def once(name: str, *columns: str, where: str) -> tuple[Index, Index]:
    """Return what keeps a row the only one of its kind, for a district and for the whole city (without a unit)."""
    district, city = (text(f"{where} AND unit_id IS {what}NULL") for what in ("NOT ", ""))
    return (
        Index(
            f"{name}_of_district", *columns, "unit_id", unique=True, postgresql_where=district, sqlite_where=district
        ),
        Index(f"{name}_of_city", *columns, unique=True, postgresql_where=city, sqlite_where=city),
    )


class Target(Base):
    """A target of the programme, as it came with the product; ``id`` is that of the programme (K01)."""

    __tablename__ = "target"

    id: Mapped[str] = mapped_column(String(8), primary_key=True)
    place: Mapped[int] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(160))
    unit: Mapped[str] = mapped_column(String(20))
    unit_en: Mapped[str] = mapped_column(String(40))
    direction: Mapped[str] = mapped_column(String(16))
    counting: Mapped[str] = mapped_column(String(8))
    decimals: Mapped[int]
    most: Mapped[Decimal] = mapped_column(NUMBER)
    base_year: Mapped[int]
    section: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(String(200), default="")
    note_en: Mapped[str] = mapped_column(String(200), default="")

    @property
    def terms(self) -> targets.Target:
        """Return what the rules ask of it."""
        return targets.Target(
            id=self.id,
            name=Words(self.name, self.name_en),
            unit=Words(self.unit, self.unit_en),
            direction=Direction(self.direction),
            counting=Counting(self.counting),
            decimals=self.decimals,
            most=self.most,
            base_year=self.base_year,
            section=self.section,
        )

    __table_args__ = (
        CheckConstraint(one_of("direction", Direction), name="direction_known"),
        CheckConstraint(one_of("counting", Counting), name="counting_known"),
        CheckConstraint("decimals BETWEEN 0 AND 4", name="decimals_kept"),
    )


class TargetPlan(Base):
    """What is to be reached in a year, by a district or (without a unit) by the city; a plan that is changed is kept.

    Those of the programme came with the product and were set by nobody.
    """

    __tablename__ = "target_plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    target_id: Mapped[str] = mapped_column(ForeignKey("target.id"), index=True)
    year: Mapped[int]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"))
    value: Mapped[Decimal] = mapped_column(NUMBER)
    reason: Mapped[str] = mapped_column(Text, default="")
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    replaced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    target: Mapped[Target] = relationship()
    unit: Mapped[OrgUnit | None] = relationship()
    set_by: Mapped[User | None] = relationship()

    __table_args__ = (
        CheckConstraint("value >= 0", name="not_negative"),
        *once("uq_target_plan_in_force", "target_id", "year", where="replaced_at IS NULL"),
    )


target_evidence = Table(
    "target_evidence",
    Base.metadata,
    Column("value_id", ForeignKey("target_value.id"), primary_key=True),
    Column("file_id", ForeignKey("stored_file.id"), primary_key=True),
)


class TargetValue(Base):
    """What somebody reports of a target for a year; another person confirms it or gives it back (four eyes).

    A number, or the stage of a target in words; of the city where it names no unit. The confirmed one stands until a
    correction is confirmed in its place; both are kept, with who and why.
    """

    __tablename__ = "target_value"

    id: Mapped[int] = mapped_column(primary_key=True)
    target_id: Mapped[str] = mapped_column(ForeignKey("target.id"))
    year: Mapped[int]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"))
    value: Mapped[Decimal | None] = mapped_column(NUMBER)
    stage: Mapped[str | None] = mapped_column(String(12))
    words: Mapped[str] = mapped_column(Text, default="")
    published: Mapped[str] = mapped_column(String(300), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(12), default="reported")
    reported_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    reported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    returned_because: Mapped[str] = mapped_column(Text, default="")
    replaced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    target: Mapped[Target] = relationship()
    unit: Mapped[OrgUnit | None] = relationship()
    reported_by: Mapped[User] = relationship(foreign_keys=[reported_by_id])
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])
    files: Mapped[list[StoredFile]] = relationship(secondary=target_evidence, order_by=StoredFile.id)

    @property
    def figure(self) -> Decimal | Stage | None:
        """Return the number, or the stage."""
        return Stage(self.stage) if self.stage else self.value

    __table_args__ = (
        CheckConstraint(one_of("state", ValueState), name="state_known"),
        CheckConstraint(one_of("stage", Stage), name="stage_known"),
        CheckConstraint("(value IS NULL) <> (stage IS NULL)", name="number_or_stage"),
        CheckConstraint("value >= 0", name="not_negative"),
        CheckConstraint("reported_by_id <> decided_by_id", name="four_eyes"),
        CheckConstraint("(state = 'reported') = (decided_at IS NULL)", name="decided_at_a_time"),
        CheckConstraint("(state = 'returned') = (returned_because <> '')", name="returned_for_a_reason"),
        CheckConstraint("(state = 'replaced') = (replaced_at IS NOT NULL)", name="replaced_at_a_time"),
        *once("uq_target_value_waiting", "target_id", "year", where="state = 'reported'"),
        *once("uq_target_value_confirmed", "target_id", "year", where="state = 'confirmed'"),
        Index("ix_target_value_year", "target_id", "year"),
    )
