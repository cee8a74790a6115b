"""A member's request for help: what for, who has it, what was answered, and how the member rates it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.roster.assistance import LEAST, MOST, Need, Referral
from app.models.base import Base
from app.models.roster import RosterMember
from app.models.types import one_of
from app.models.user import User

if TYPE_CHECKING:
    from app.models.case import Case


class Assistance(Base):
    """What a case of this kind is about. It is with a liaison (``assignee``), or with a body that is named in words.

    ``rating``, ``solved`` and ``remark`` are what the member said last; with ``reopened`` it has been handled twice.
    """

    __tablename__ = "assistance"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("roster_member.id"), index=True)
    need: Mapped[str] = mapped_column(String(16))
    wanted: Mapped[str] = mapped_column(Text)
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    referral: Mapped[str | None] = mapped_column(String(16))
    referred_to: Mapped[str] = mapped_column(String(200), default="")
    answer: Mapped[str] = mapped_column(Text, default="")
    rating: Mapped[int | None]
    solved: Mapped[bool | None]
    remark: Mapped[str] = mapped_column(Text, default="")
    reopened: Mapped[bool] = mapped_column(default=False)

    case: Mapped[Case] = relationship(back_populates="assistance")
    member: Mapped[RosterMember] = relationship()
    assignee: Mapped[User | None] = relationship()

    __table_args__ = (
        CheckConstraint(one_of("need", Need), name="need_known"),
        CheckConstraint(f"referral IS NULL OR {one_of('referral', Referral)}", name="referral_known"),
        CheckConstraint("(referral IS NULL) = (referred_to = '')", name="referred_to_somebody"),
        CheckConstraint("assignee_id IS NULL OR referral IS NULL", name="with_one_alone"),
        CheckConstraint(f"rating BETWEEN {LEAST} AND {MOST}", name="rating_within_bounds"),
        CheckConstraint("(rating IS NULL) = (solved IS NULL)", name="rated_in_full"),
    )
