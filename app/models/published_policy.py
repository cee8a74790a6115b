"""Policies that the office publishes, who subscribes to them, and to which members of the roster they were pushed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.policies import Answer, Ending, Level, Standing, Terms, Topic, standing
from app.domain.roster.members import Industry
from app.models.award_call import AwardCall
from app.models.base import Base
from app.models.document import StoredFile
from app.models.drawn_up import DrawnUp, constraints
from app.models.organization import OrgUnit
from app.models.roster import RosterMember
from app.models.types import JsonText, UtcDateTime, one_of
from app.models.user import User

published_policy_file = Table(
    "published_policy_file",
    Base.metadata,
    Column("policy_id", ForeignKey("published_policy.id"), primary_key=True),
    Column("file_id", ForeignKey("stored_file.id"), primary_key=True),
)
published_policy_district = Table(
    "published_policy_district",
    Base.metadata,
    Column("policy_id", ForeignKey("published_policy.id"), primary_key=True),
    Column("unit_id", ForeignKey("org_unit.id"), primary_key=True),
)
_REPLACES = text("state = 'published' AND replaces_id IS NOT NULL")


class PublishedPolicy(DrawnUp, Base):
    """A policy, numbered once it is published; from then on only its end is noted.

    ``topics`` and ``industries`` are codes; where no industry or no district stands, it is for all. From ``ended_on`` on
    it is repealed, or another stands in its place: the one that ``replaces`` it.
    """

    __tablename__ = "published_policy"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int | None] = mapped_column(unique=True)
    title: Mapped[str] = mapped_column(String(200))
    level: Mapped[str] = mapped_column(String(12))
    issuer: Mapped[str] = mapped_column(String(120))
    document_number: Mapped[str] = mapped_column(String(80), default="")
    topics: Mapped[list[str]] = mapped_column(JsonText)
    industries: Mapped[list[str]] = mapped_column(JsonText)
    issued_on: Mapped[date]
    valid_until: Mapped[date | None]
    summary: Mapped[str] = mapped_column(Text)
    link: Mapped[str] = mapped_column(String(500), default="")
    calls_for_projects: Mapped[bool] = mapped_column(default=False)
    closes_on: Mapped[date | None]
    pushes: Mapped[bool] = mapped_column(default=True)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("published_policy.id"))
    ending: Mapped[str | None] = mapped_column(String(10))
    ended_on: Mapped[date | None]
    ended_for: Mapped[str] = mapped_column(Text, default="")
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    districts: Mapped[list[OrgUnit]] = relationship(secondary=published_policy_district, order_by=OrgUnit.id)
    files: Mapped[list[StoredFile]] = relationship(secondary=published_policy_file, order_by=StoredFile.id)
    replaces: Mapped[PublishedPolicy | None] = relationship(remote_side=id)
    ended_by: Mapped[User | None] = relationship(foreign_keys=ended_by_id)

    __table_args__ = (
        *constraints(),
        CheckConstraint(one_of("level", Level), name="level_known"),
        CheckConstraint("(state = 'published') = (number IS NOT NULL)", name="published_has_a_number"),
        CheckConstraint("valid_until > issued_on", name="valid_after_it_is_issued"),
        CheckConstraint("closes_on > issued_on", name="closes_after_it_is_issued"),
        CheckConstraint("calls_for_projects = (closes_on IS NOT NULL)", name="call_has_a_closing_day"),
        CheckConstraint("link = '' OR link LIKE 'https://%'", name="link_is_https"),
        CheckConstraint(f"ending IS NULL OR {one_of('ending', Ending)}", name="ending_known"),
        CheckConstraint(
            "(ending IS NULL) = (ended_on IS NULL) AND (ending IS NULL) = (ended_by_id IS NULL)",
            name="ended_on_a_day",
        ),
        CheckConstraint("ending IS NULL OR state = 'published'", name="only_published_ends"),
        CheckConstraint("ending <> 'repealed' OR ended_for <> ''", name="repealed_for_a_reason"),
        Index("ix_published_policy_listed", "state", "issued_on", "id"),
        Index(
            "uq_published_policy_replaces",
            "replaces_id",
            unique=True,
            postgresql_where=_REPLACES,
            sqlite_where=_REPLACES,
        ),
    )

    def standing(self, today: date) -> Standing:
        """Return whether it holds on ``today``."""
        return standing(self.valid_until, self.ending, self.ended_on, today)

    @property
    def terms(self) -> Terms:
        """Return what the policy says of itself."""
        return Terms(
            title=self.title,
            level=Level(self.level),
            issuer=self.issuer,
            topics=tuple(Topic(code) for code in self.topics),
            issued_on=self.issued_on,
            summary=self.summary,
            document_number=self.document_number,
            industries=tuple(Industry(code) for code in self.industries),
            districts=tuple(unit.id for unit in self.districts),
            valid_until=self.valid_until,
            link=self.link,
            calls_for_projects=self.calls_for_projects,
            closes_on=self.closes_on,
            pushes=self.pushes,
            replaces=self.replaces_id,
        )


class PolicySubscription(Base):
    """A topic of which somebody wants to hear."""

    __tablename__ = "policy_subscription"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    topic: Mapped[str] = mapped_column(String(12), primary_key=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint(one_of("topic", Topic), name="topic_known"),
        Index("ix_policy_subscription_topic", "topic"),
    )


class PolicyPush(Base):
    """A policy, or a call for awards, that was put before a member of the roster, and what the unit said to it."""

    __tablename__ = "policy_push"

    id: Mapped[int] = mapped_column(primary_key=True)
    policy_id: Mapped[int | None] = mapped_column(ForeignKey("published_policy.id"))
    call_id: Mapped[int | None] = mapped_column(ForeignKey("award_call.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("roster_member.id"), index=True)
    pushed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    receipt_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    receipt_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    answer: Mapped[str | None] = mapped_column(String(12))
    note: Mapped[str] = mapped_column(Text, default="")

    policy: Mapped[PublishedPolicy | None] = relationship()
    call: Mapped[AwardCall | None] = relationship()
    member: Mapped[RosterMember] = relationship()
    by: Mapped[User] = relationship(foreign_keys=by_id)
    receipt_by: Mapped[User | None] = relationship(foreign_keys=receipt_by_id)

    __table_args__ = (
        CheckConstraint("(policy_id IS NULL) <> (call_id IS NULL)", name="policy_or_call"),
        CheckConstraint(f"answer IS NULL OR {one_of('answer', Answer)}", name="answer_known"),
        CheckConstraint(
            "(receipt_at IS NULL) = (answer IS NULL) AND (receipt_at IS NULL) = (receipt_by_id IS NULL)",
            name="answered_by_somebody",
        ),
        CheckConstraint("answer IS NOT NULL OR note = ''", name="note_to_an_answer"),
        UniqueConstraint("policy_id", "member_id", name="uq_policy_push_policy"),
        UniqueConstraint("call_id", "member_id", name="uq_policy_push_call"),
    )

    @property
    def title(self) -> str:
        """Return the title of what was pushed."""
        pushed = self.policy or self.call
        return pushed.title if pushed is not None else ""
