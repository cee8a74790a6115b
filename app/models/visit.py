"""The yearly visit: the plan of a year, each visit beside its case, what was answered, and what was found."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.roster.visits import Owner, ProblemState, Source
from app.models.base import Base
from app.models.case import Case
from app.models.roster import RosterMember
from app.models.types import JsonText, UtcDateTime, one_of
from app.models.user import User


class VisitPlan(Base):
    """A line of the plan of a year: which member is visited, by whom and by which day; one line a member."""

    __tablename__ = "visit_plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    member_id: Mapped[int] = mapped_column(ForeignKey("roster_member.id"), index=True)
    visitor_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    by_day: Mapped[date]
    drawn_up_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    drawn_up_at: Mapped[datetime] = mapped_column(UtcDateTime)

    member: Mapped[RosterMember] = relationship()
    visitor: Mapped[User] = relationship(foreign_keys=visitor_id)

    __table_args__ = (UniqueConstraint("year", "member_id", name="uq_visit_plan_once"),)


class Visit(Base):
    """A visit, one row beside its case; a member is visited once for a year.

    ``questionnaire`` is the version that the unit is asked. ``summary`` is what the unit reads of the minutes;
    ``minutes`` stay in the office. ``rounds`` counts how often what was found has been followed up since somebody who
    keeps the roster last looked. ``adjustment`` is what of the plan of nurture changes (measure M13).
    """

    __tablename__ = "visit"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("roster_member.id"))
    year: Mapped[int]
    planned_by_day: Mapped[date]
    questionnaire: Mapped[int]
    fixed_for: Mapped[date | None]
    who_comes: Mapped[str] = mapped_column(Text, default="")
    subjects: Mapped[list[str]] = mapped_column(JsonText, default=list)
    answered_on: Mapped[date | None]
    answered_by: Mapped[str | None] = mapped_column(String(8))
    satisfaction: Mapped[Decimal | None] = mapped_column(Numeric(3, 2))
    held_on: Mapped[date | None]
    took_part: Mapped[str] = mapped_column(Text, default="")
    summary: Mapped[str] = mapped_column(Text, default="")
    minutes: Mapped[str] = mapped_column(Text, default="")
    rounds: Mapped[int] = mapped_column(default=0)
    concluded_on: Mapped[date | None]
    conclusion: Mapped[str] = mapped_column(Text, default="")
    adjusts: Mapped[bool | None]
    adjustment: Mapped[str] = mapped_column(Text, default="")

    case: Mapped[Case] = relationship()
    member: Mapped[RosterMember] = relationship()
    answers: Mapped[list[VisitAnswer]] = relationship(order_by="VisitAnswer.id", cascade="all, delete-orphan")
    problems: Mapped[list[VisitProblem]] = relationship(
        order_by="VisitProblem.place", back_populates="visit", cascade="all, delete-orphan"
    )

    __table_args__ = (
        UniqueConstraint("member_id", "year", name="uq_visit_once_a_year"),
        CheckConstraint(f"answered_by IS NULL OR {one_of('answered_by', Source)}", name="answered_by_known"),
        CheckConstraint("(answered_on IS NULL) = (answered_by IS NULL)", name="answered_by_somebody"),
        CheckConstraint("satisfaction IS NULL OR satisfaction BETWEEN 1 AND 5", name="satisfaction_in_range"),
        CheckConstraint("held_on IS NULL OR summary <> ''", name="held_has_a_summary"),
        CheckConstraint("concluded_on IS NULL OR held_on IS NOT NULL", name="concluded_after_it_was_held"),
        CheckConstraint("(concluded_on IS NULL) = (adjusts IS NULL)", name="concluded_says_whether_to_adjust"),
    )


class VisitAnswer(Base):
    """The answer to one question: points from 1 to 5, or words."""

    __tablename__ = "visit_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("visit.case_id"))
    question: Mapped[str] = mapped_column(String(24))
    points: Mapped[int | None]
    words: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        UniqueConstraint("case_id", "question", name="uq_visit_answer_once"),
        CheckConstraint("points IS NULL OR points BETWEEN 1 AND 5", name="points_in_range"),
        CheckConstraint("(points IS NULL) = (words <> '')", name="points_or_words"),
    )


class VisitProblem(Base):
    """A problem that a visit found: who sees to it until when, and what was done."""

    __tablename__ = "visit_problem"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("visit.case_id"))
    place: Mapped[int]
    what: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(String(8))
    due_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(8))
    answer: Mapped[str] = mapped_column(Text, default="")
    closed_on: Mapped[date | None]

    visit: Mapped[Visit] = relationship(back_populates="problems")

    __table_args__ = (
        UniqueConstraint("case_id", "place", name="uq_visit_problem_place"),
        CheckConstraint(one_of("owner", Owner), name="owner_known"),
        CheckConstraint(one_of("state", ProblemState), name="state_known"),
        CheckConstraint("(state = 'closed') = (closed_on IS NOT NULL)", name="closed_on_a_day"),
        CheckConstraint("state = 'open' OR answer <> ''", name="closed_with_an_answer"),
        Index("ix_visit_problem_state", "state", "due_on"),
    )
