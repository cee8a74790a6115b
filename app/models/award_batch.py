"""Batches of grants: what is decided together, announced, approved and paid; and the lists that go to the bank."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.awards.batches import BatchState, GrantState
from app.models.award_application import AwardApplication
from app.models.award_call import AwardCall
from app.models.base import Base
from app.models.types import JsonText, UtcDateTime, one_of
from app.models.user import User


class AwardBatch(Base):
    """Grants that are decided together out of one call's budget; amounts in yuan.

    ``ratio`` is the part that the budget sufficed for when the batch was decided (1: all of it). One person draws it up and
    decides the amounts, another approves what was announced (four eyes).
    """

    __tablename__ = "award_batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("award_call.id"), index=True)
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(12), default=BatchState.DRAFT.value)
    ratio: Mapped[Decimal] = mapped_column(Numeric(9, 8), default=Decimal(1))
    total: Mapped[Decimal] = mapped_column(Numeric(14, 2), default=Decimal(0))
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    call: Mapped[AwardCall] = relationship()
    made_by: Mapped[User] = relationship(foreign_keys=made_by_id)
    decided_by: Mapped[User | None] = relationship(foreign_keys=decided_by_id)
    approved_by: Mapped[User | None] = relationship(foreign_keys=approved_by_id)
    grants: Mapped[list[AwardGrant]] = relationship(back_populates="batch", order_by="AwardGrant.id")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        UniqueConstraint("call_id", "number", name="uq_award_batch_number"),
        CheckConstraint(one_of("state", BatchState), name="state_known"),
        CheckConstraint("ratio > 0 AND ratio <= 1", name="ratio_up_to_one"),
        CheckConstraint("approved_by_id IS NULL OR approved_by_id <> decided_by_id", name="four_eyes"),
        CheckConstraint("(first_day IS NULL) = (last_day IS NULL)", name="announced_has_both_days"),
    )


class AwardGrant(Base):
    """One application in a batch: what it comes to, step by step, and how far the money is. Amounts in yuan."""

    __tablename__ = "award_grant"

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("award_batch.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("award_application.case_id"), index=True)
    state: Mapped[str] = mapped_column(String(12), default=GrantState.DRAFT.value)
    computed: Mapped[Decimal] = mapped_column(Numeric(14, 2), default=Decimal(0))
    amount: Mapped[Decimal] = mapped_column(Numeric(14, 2), default=Decimal(0))
    steps: Mapped[list[list[str]]] = mapped_column(JsonText, default=list)
    why_out: Mapped[str] = mapped_column(Text, default="")
    list_id: Mapped[int | None] = mapped_column(ForeignKey("payment_list.id"), index=True)
    paid_on: Mapped[date | None]
    failed_because: Mapped[str] = mapped_column(String(200), default="")

    batch: Mapped[AwardBatch] = relationship(back_populates="grants")
    application: Mapped[AwardApplication] = relationship()
    payment_list: Mapped[PaymentList | None] = relationship(back_populates="grants")

    __table_args__ = (
        CheckConstraint(one_of("state", GrantState), name="state_known"),
        CheckConstraint("amount >= 0 AND amount <= computed", name="amount_up_to_computed"),
        CheckConstraint("(state = 'paid') = (paid_on IS NOT NULL)", name="paid_has_a_day"),
        Index(
            "uq_award_grant_in_one_batch",
            "case_id",
            unique=True,
            postgresql_where=text("state <> 'taken_out'"),
            sqlite_where=text("state <> 'taken_out'"),
        ),
    )


class PaymentList(Base):
    """A list that goes to the bank: numbered by year, with the hash of its lines; what came back is loaded once."""

    __tablename__ = "payment_list"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(24), unique=True)
    year: Mapped[int]
    place: Mapped[int]
    call_id: Mapped[int] = mapped_column(ForeignKey("award_call.id"), index=True)
    total: Mapped[Decimal] = mapped_column(Numeric(14, 2))
    lines: Mapped[int]
    checksum: Mapped[str] = mapped_column(String(64))
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    result: Mapped[dict[str, Any] | None] = mapped_column(JsonText)
    result_digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    loaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    loaded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    call: Mapped[AwardCall] = relationship()
    made_by: Mapped[User] = relationship(foreign_keys=made_by_id)
    loaded_by: Mapped[User | None] = relationship(foreign_keys=loaded_by_id)
    grants: Mapped[list[AwardGrant]] = relationship(back_populates="payment_list", order_by="AwardGrant.id")

    __table_args__ = (
        UniqueConstraint("year", "place", name="uq_payment_list_place"),
        CheckConstraint("lines > 0 AND total > 0", name="something_is_paid"),
        CheckConstraint("(loaded_at IS NULL) = (result_digest IS NULL)", name="loaded_has_a_file"),
    )
