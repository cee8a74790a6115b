"""Project matching: the calls of upper authorities, and the projects that units file for them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.roster import projects
from app.domain.roster.projects import Level, ProjectKind, Result, Stage, Terms
from app.models.base import Base
from app.models.case import Case
from app.models.drawn_up import DrawnUp, constraints
from app.models.organization import Organization, OrgUnit
from app.models.roster import RosterMember
from app.models.types import JsonText, one_of


class ProjectCall(DrawnUp, Base):
    """A call for projects, numbered once it is published; ``industries`` empty: for all.

    ``taken`` is how many of the ``places`` for recommendations are taken, changed by one conditional statement, so that
    no two acts can take the same place.
    """

    __tablename__ = "project_call"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int | None] = mapped_column(unique=True)
    title: Mapped[str] = mapped_column(String(200))
    level: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(24))
    industries: Mapped[list[str]] = mapped_column(JsonText)
    conditions: Mapped[str] = mapped_column(Text)
    places: Mapped[int | None]
    taken: Mapped[int] = mapped_column(default=0, server_default="0")
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    members_only: Mapped[bool] = mapped_column(default=False)
    link: Mapped[str] = mapped_column(String(500), default="")
    notes: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        *constraints(),
        CheckConstraint(one_of("level", Level), name="level_known"),
        CheckConstraint(one_of("kind", ProjectKind), name="kind_known"),
        CheckConstraint("opens_on <= closes_on", name="days_in_order"),
        CheckConstraint("(state = 'published') = (number IS NOT NULL)", name="published_has_a_number"),
        CheckConstraint("places IS NULL OR places > 0", name="places_above_nothing"),
        CheckConstraint("taken >= 0 AND (places IS NULL OR taken <= places)", name="taken_within_places"),
        CheckConstraint("state <> 'published' OR kind <> 'navigation' OR members_only", name="navigation_for_members"),
        Index("ix_project_call_window", "state", "opens_on", "closes_on"),
    )

    def stage(self, today: date) -> Stage:
        """Return where the call stands on ``today``."""
        return projects.stage(self.opens_on, self.closes_on, today)

    @property
    def left(self) -> int | None:
        """Return how many more the city may recommend; ``None`` where that is not limited."""
        return None if self.places is None else self.places - self.taken

    @property
    def terms(self) -> Terms:
        """Return what the call says."""
        return Terms(
            title=self.title,
            level=Level(self.level),
            kind=ProjectKind(self.kind),
            industries=tuple(self.industries),
            conditions=self.conditions,
            places=self.places,
            opens_on=self.opens_on,
            closes_on=self.closes_on,
            members_only=self.members_only,
            link=self.link,
            notes=self.notes,
        )


class Project(Base):
    """What a unit files for a call, one row beside its case; amounts in yuan.

    ``member`` is the membership that the unit had on the day of filing: with one the project took the green channel.
    ``district`` is that of the membership, else that in which the unit is registered. ``revisions`` and ``returns``
    count how often the unit was asked to revise, and how often the examiner sent it back to be guided.
    """

    __tablename__ = "project"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("project_call.id"), index=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("roster_member.id"), index=True)
    district_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"), index=True)
    filed_on: Mapped[date] = mapped_column(index=True)
    title: Mapped[str] = mapped_column(String(200))
    asked: Mapped[Decimal] = mapped_column(Numeric(14, 2))
    content: Mapped[str] = mapped_column(Text)
    revisions: Mapped[int] = mapped_column(default=0)
    returns: Mapped[int] = mapped_column(default=0)
    recommended_on: Mapped[date | None]
    holds_place: Mapped[bool] = mapped_column(default=False)
    reported_on: Mapped[date | None]
    report_number: Mapped[str] = mapped_column(String(80), default="")
    result: Mapped[str | None] = mapped_column(String(12))
    result_on: Mapped[date | None]
    result_number: Mapped[str] = mapped_column(String(80), default="")
    granted: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))

    case: Mapped[Case] = relationship(back_populates="project")
    call: Mapped[ProjectCall] = relationship()
    organization: Mapped[Organization] = relationship()
    member: Mapped[RosterMember | None] = relationship()
    district: Mapped[OrgUnit | None] = relationship()

    __table_args__ = (
        CheckConstraint(f"result IS NULL OR {one_of('result', Result)}", name="result_known"),
        CheckConstraint("asked >= 0", name="asked_not_negative"),
        CheckConstraint(f"revisions BETWEEN 0 AND {projects.MOST_REVISIONS}", name="revisions_bounded"),
        CheckConstraint(f"returns BETWEEN 0 AND {projects.MOST_RETURNS}", name="returns_bounded"),
        CheckConstraint("NOT holds_place OR recommended_on IS NOT NULL", name="place_once_recommended"),
        CheckConstraint("reported_on IS NULL OR recommended_on IS NOT NULL", name="reported_once_recommended"),
        CheckConstraint(
            "(result IS NULL) = (result_on IS NULL) AND (result IS NULL OR reported_on IS NOT NULL)",
            name="result_once_reported",
        ),
        CheckConstraint(
            "granted IS NULL OR (granted >= 0 AND result IS NOT NULL AND result = 'funded')",
            name="granted_with_a_result",
        ),
    )

    @property
    def green(self) -> bool:
        """Say whether the project took the green channel."""
        return self.member_id is not None
