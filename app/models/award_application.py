"""Applications for awards: what each is for, what reviewers and the district said, and how much of a cap is used."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.awards.applications import Verdict
from app.domain.awards.calls import CallMode
from app.domain.awards.kinds import Item
from app.models.award_call import AwardCall
from app.models.base import Base
from app.models.case import Case
from app.models.organization import OrgUnit
from app.models.types import EncryptedText, JsonText, UtcDateTime, one_of
from app.models.user import User

if TYPE_CHECKING:
    from app.models.award_batch import AwardGrant


class AwardApplication(Base):
    """What an application is for, one row beside its case; amounts in yuan.

    ``schedule_digest`` names the version of the schedule that held on the day of the application. ``identity_id`` is the
    organisation whose yearly cap it counts towards in ``counted_year``. ``base`` is the price or premium that was applied
    for, ``requested`` what that comes to. ``verified``, ``approved`` and ``items_approved`` are what the review found:
    the base, the amount under a ceiling, and for how many things. ``account`` may be seen in full for a reason only.
    ``round`` counts reviews: each return begins another.
    """

    __tablename__ = "award_application"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("award_call.id"), index=True)
    award: Mapped[str] = mapped_column(String(8))
    mode: Mapped[str] = mapped_column(String(16))
    schedule_digest: Mapped[str] = mapped_column(String(64))
    applied_on: Mapped[date]
    counted_year: Mapped[int]
    identity_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    district_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"), index=True)
    base: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    requested: Mapped[Decimal] = mapped_column(Numeric(14, 2))
    account_name: Mapped[str] = mapped_column(String(200), default="")
    bank: Mapped[str] = mapped_column(String(120), default="")
    account: Mapped[str | None] = mapped_column(EncryptedText)
    promised: Mapped[list[str]] = mapped_column(JsonText, default=list)
    corrected: Mapped[bool] = mapped_column(default=False)
    round: Mapped[int] = mapped_column(default=1)
    verdict: Mapped[str | None] = mapped_column(String(12))
    verified: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    approved: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    items_approved: Mapped[int] = mapped_column(default=1)
    reconsidered: Mapped[bool] = mapped_column(default=False)

    case: Mapped[Case] = relationship(back_populates="award")
    call: Mapped[AwardCall] = relationship()
    district: Mapped[OrgUnit | None] = relationship()
    things: Mapped[list[AwardThing]] = relationship(
        order_by="AwardThing.place", back_populates="application", cascade="all, delete-orphan"
    )
    grants: Mapped[list[AwardGrant]] = relationship(order_by="AwardGrant.id", viewonly=True)

    __table_args__ = (
        CheckConstraint(one_of("mode", CallMode), name="mode_known"),
        CheckConstraint(one_of("verdict", Verdict), name="verdict_known"),
        CheckConstraint("base IS NULL OR base > 0", name="base_above_nothing"),
        CheckConstraint("requested >= 0", name="requested_not_negative"),
        Index("ix_award_application_cap", "identity_id", "award", "counted_year"),
    )

    @property
    def grant(self) -> AwardGrant | None:
        """Return the line of the batch in which the application stands now."""
        return next((g for g in reversed(self.grants) if g.state != "taken_out"), None)


class AwardThing(Base):
    """What an application is for: a mark, a patent, a contract … ``key`` is its number as two of them are compared."""

    __tablename__ = "award_thing"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("award_application.case_id"), index=True)
    place: Mapped[int]
    item: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(200))
    number: Mapped[str] = mapped_column(String(80))
    key: Mapped[str] = mapped_column(String(80))
    on: Mapped[date]

    application: Mapped[AwardApplication] = relationship(back_populates="things")

    __table_args__ = (
        CheckConstraint(one_of("item", Item), name="item_known"),
        Index("ix_award_thing_key", "item", "key"),
    )


class AwardRecommendation(Base):
    """What the district said of an application; each return asks anew."""

    __tablename__ = "award_recommendation"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("award_application.case_id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("org_unit.id"))
    recommended: Mapped[bool]
    opinion: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    unit: Mapped[OrgUnit] = relationship()
    by: Mapped[User] = relationship()


class AwardReview(Base):
    """What one reviewer found in a round; nobody who is still to review in it reads it. ``third``: the first two differed."""

    __tablename__ = "award_review"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("award_application.case_id"))
    round: Mapped[int]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    third: Mapped[bool] = mapped_column(default=False)
    verdict: Mapped[str] = mapped_column(String(12))
    amount: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    items: Mapped[int] = mapped_column(default=1)
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship()

    __table_args__ = (
        UniqueConstraint("case_id", "round", "user_id", name="uq_award_review_once"),
        CheckConstraint(one_of("verdict", Verdict), name="verdict_known"),
        CheckConstraint("amount IS NULL OR amount >= 0", name="amount_not_negative"),
    )


class AwardScore(Base):
    """How one expert scored an application in a round, by a version of the rubric; hidden until all are in."""

    __tablename__ = "award_score"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("award_application.case_id"))
    round: Mapped[int]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    rubric: Mapped[int]
    points: Mapped[dict[str, int]] = mapped_column(JsonText)
    total: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship()

    __table_args__ = (
        UniqueConstraint("case_id", "round", "user_id", name="uq_award_score_once"),
        CheckConstraint("total >= 0 AND total <= 100", name="total_in_range"),
    )


class CapAccount(Base):
    """How much of the yearly cap of an award one organisation has used: one row a cap, locked by whoever takes from it."""

    __tablename__ = "cap_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    award: Mapped[str] = mapped_column(String(8))
    year: Mapped[int]
    used: Mapped[Decimal] = mapped_column(Numeric(14, 2), default=Decimal(0))

    __table_args__ = (
        UniqueConstraint("organization_id", "award", "year", name="uq_cap_account"),
        CheckConstraint("used >= 0", name="used_not_negative"),
    )


class CapEntry(Base):
    """A movement of a cap account, never changed: taken (above 0) or given back (below 0), for which application and why."""

    __tablename__ = "cap_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("cap_account.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("award_application.case_id"), index=True)
    amount: Mapped[Decimal] = mapped_column(Numeric(14, 2))
    why: Mapped[str] = mapped_column(String(24))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    __table_args__ = (
        CheckConstraint("amount <> 0", name="amount_not_nothing"),
        CheckConstraint("why IN ('granted','taken_out','reversed','clawed_back')", name="why_known"),
    )
