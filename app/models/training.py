"""Targeted training: what units need in a year, courses, who is signed up for them, who was there and got a certificate."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.roster.training import CourseState, SeatState, Subject, Terms
from app.models.base import Base
from app.models.organization import Organization, OrgUnit
from app.models.types import EncryptedText, JsonText, UtcDateTime, one_of
from app.models.user import User

_LIVE = text("state <> 'withdrawn'")


class TrainingNeed(Base):
    """What training a member of the roster needs in a year: one entry a subject. ``audiences`` are codes of ``Audience``."""

    __tablename__ = "training_need"

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(index=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("org_unit.id"))
    subject: Mapped[str] = mapped_column(String(16))
    audiences: Mapped[list[str]] = mapped_column(JsonText)
    people: Mapped[int]
    words: Mapped[str] = mapped_column(Text, default="")
    stated_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    stated_at: Mapped[datetime] = mapped_column(UtcDateTime)

    organization: Mapped[Organization] = relationship()
    district: Mapped[OrgUnit] = relationship()
    stated_by: Mapped[User] = relationship()

    __table_args__ = (
        CheckConstraint(one_of("subject", Subject), name="subject_known"),
        CheckConstraint("people > 0", name="for_somebody"),
        UniqueConstraint("year", "organization_id", "subject", name="uq_training_need_subject"),
    )


class TrainingCourse(Base):
    """A course: drawn up, published, then held or cancelled. ``taken`` places never pass ``places``."""

    __tablename__ = "training_course"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    subject: Mapped[str] = mapped_column(String(16))
    teacher: Mapped[str] = mapped_column(String(120))
    provider: Mapped[str] = mapped_column(String(200))
    venue: Mapped[str] = mapped_column(String(200))
    about: Mapped[str] = mapped_column(Text, default="")
    begins_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    signup_until: Mapped[datetime] = mapped_column(UtcDateTime)
    hours: Mapped[Decimal] = mapped_column(Numeric(5, 1))
    places: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    members_only: Mapped[bool] = mapped_column(default=False)
    pass_mark: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(12), default="draft")
    drawn_up_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    drawn_up_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancelled_because: Mapped[str] = mapped_column(Text, default="")

    drawn_up_by: Mapped[User] = relationship(foreign_keys=[drawn_up_by_id])
    published_by: Mapped[User | None] = relationship(foreign_keys=[published_by_id])

    __table_args__ = (
        CheckConstraint(one_of("subject", Subject), name="subject_known"),
        CheckConstraint(one_of("state", CourseState), name="state_known"),
        CheckConstraint("begins_at < ends_at", name="ends_after_it_begins"),
        CheckConstraint("signup_until <= begins_at", name="signed_up_before_it_begins"),
        CheckConstraint("hours > 0", name="some_hours"),
        CheckConstraint("taken >= 0 AND taken <= places", name="taken_within_places"),
        CheckConstraint("pass_mark BETWEEN 1 AND 100", name="mark_within_a_hundred"),
        CheckConstraint("state NOT IN ('open','held') OR published_at IS NOT NULL", name="published_at_a_time"),
        CheckConstraint("(state IN ('held','cancelled')) = (ended_at IS NOT NULL)", name="ended_at_a_time"),
        CheckConstraint("(state = 'cancelled') = (cancelled_because <> '')", name="cancelled_for_a_reason"),
    )

    @property
    def left(self) -> int:
        """Return how many places nobody has yet."""
        return self.places - self.taken

    @property
    def hours_written(self) -> str:
        """Return the hours without noughts at their end: ``4``, ``3.5``."""
        return f"{self.hours.normalize():f}"

    @property
    def terms(self) -> Terms:
        """Return what the course says."""
        return Terms(
            title=self.title,
            subject=Subject(self.subject),
            teacher=self.teacher,
            provider=self.provider,
            venue=self.venue,
            begins_at=self.begins_at,
            ends_at=self.ends_at,
            signup_until=self.signup_until,
            hours=self.hours,
            places=self.places,
            members_only=self.members_only,
            pass_mark=self.pass_mark,
            about=self.about,
        )


class TrainingSeat(Base):
    """Somebody whom a unit signed up for a course: with a place, or waiting for one in the order of ``id``.

    What was recorded of them stays: whether they came, their points, the number of their certificate. One whose record
    was corrected so that it is not earned is revoked.
    """

    __tablename__ = "training_seat"

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("training_course.id"))
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    position: Mapped[str] = mapped_column(String(80))
    phone: Mapped[str] = mapped_column(EncryptedText)
    phone_index: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(12))
    signed_up_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    signed_up_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attended: Mapped[bool | None]
    points: Mapped[int | None]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    certificate: Mapped[str | None] = mapped_column(String(20), unique=True)
    certified_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    course: Mapped[TrainingCourse] = relationship()
    organization: Mapped[Organization] = relationship()
    signed_up_by: Mapped[User] = relationship(foreign_keys=[signed_up_by_id])

    __table_args__ = (
        CheckConstraint(one_of("state", SeatState), name="state_known"),
        CheckConstraint("(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name="withdrawn_at_a_time"),
        CheckConstraint("attended IS NULL OR state = 'seated'", name="recorded_with_a_place"),
        CheckConstraint("(attended IS NULL) = (recorded_at IS NULL)", name="recorded_at_a_time"),
        CheckConstraint("points IS NULL OR (attended AND points BETWEEN 0 AND 100)", name="points_of_who_came"),
        CheckConstraint("(certificate IS NULL) = (certified_at IS NULL)", name="certified_at_a_time"),
        CheckConstraint("certificate IS NULL OR attended OR revoked_at IS NOT NULL", name="certified_who_came"),
        CheckConstraint("revoked_at IS NULL OR certificate IS NOT NULL", name="revoked_what_there_was"),
        Index("ix_training_seat_course", "course_id", "state"),
        Index(
            "uq_training_seat_person",
            "course_id",
            "organization_id",
            "name",
            "phone_index",
            unique=True,
            postgresql_where=_LIVE,
            sqlite_where=_LIVE,
        ),
    )

    @property
    def is_certified(self) -> bool:
        """Say whether a certificate stands."""
        return self.certificate is not None and self.revoked_at is None
