"""Training for somebody: what units need, which courses there are, who is signed up; a unit sees its own people only."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select, true
from sqlalchemy.orm import Session, selectinload

from app import clock, policy
from app.domain.errors import NotFound, RuleBroken
from app.domain.roster import training as rules
from app.domain.roster.training import CourseState, SeatState, Subject
from app.models import Organization, OrgUnit, RosterMember, TrainingCourse, TrainingNeed, TrainingSeat, User
from app.queries import roster
from app.queries.targets import districts_of_the_city


def units(session: Session, user: User, *, members_only: bool) -> list[Organization]:
    """Return the units for which this person may sign people up; with ``members_only``, those on the roster today."""
    rows = select(Organization).where(Organization.id.in_(user.organization_ids))
    if members_only:
        on_it = select(RosterMember.organization_id).where(roster.on_day(clock.today()))
        rows = rows.where(Organization.id.in_(on_it))
    return list(session.scalars(rows.order_by(Organization.name, Organization.id)))


# -- needs -------------------------------------------------------------------------------------------------------------


def own_needs(session: Session, user: User) -> list[TrainingNeed]:
    """Return what this person's unit needs, the latest year first."""
    rows = _needs().where(_is_own(TrainingNeed, user))
    return list(session.scalars(rows.order_by(TrainingNeed.year.desc(), TrainingNeed.id)))


def need_for(session: Session, user: User, need_id: int) -> TrainingNeed:
    """Return one need of this person's own unit. Raises ``NotFound``."""
    found: TrainingNeed | None = session.scalar(_needs().where(TrainingNeed.id == need_id, _is_own(TrainingNeed, user)))
    if found is None:
        raise NotFound("training_need")
    return found


@dataclass(slots=True)
class Needs:
    """What was collected in a year: the entries, and by subject how many units and people of each district."""

    entries: list[TrainingNeed]
    districts: list[OrgUnit]
    people: Counter[tuple[str, int]] = field(default_factory=Counter)
    units: Counter[str] = field(default_factory=Counter)

    def row(self, subject: str) -> list[int]:
        """Return how many people of each district need a subject."""
        return [self.people[subject, district.id] for district in self.districts]

    def total(self, subject: str) -> int:
        """Return how many people need a subject."""
        return sum(self.row(subject))


def collected(session: Session, year: int) -> Needs:
    """Return what all units need in a year, counted by subject and district."""
    rows = _needs().where(TrainingNeed.year == year)
    entries = list(session.scalars(rows.order_by(TrainingNeed.district_id, TrainingNeed.organization_id)))
    districts = {one.id: one for one in districts_of_the_city(session)}
    needs = Needs(entries, list((districts | {one.district_id: one.district for one in entries}).values()))
    for one in entries:
        needs.people[one.subject, one.district_id] += one.people
        needs.units[one.subject] += 1
    return needs


def years_of_needs(session: Session) -> list[int]:
    """Return the years of which something is known, and this one and the next, the latest first."""
    this_year = clock.today().year
    found = set(session.scalars(select(TrainingNeed.year).distinct())) | {this_year, this_year + 1}
    return sorted(found, reverse=True)


def _needs() -> Select[Any]:
    return select(TrainingNeed).options(
        selectinload(TrainingNeed.organization),
        selectinload(TrainingNeed.district),
        selectinload(TrainingNeed.stated_by),
    )


# -- courses -----------------------------------------------------------------------------------------------------------


def open_courses(session: Session, now: datetime) -> list[TrainingCourse]:
    """Return the published courses that have not ended, the first one first."""
    rows = select(TrainingCourse).where(TrainingCourse.state == CourseState.OPEN, TrainingCourse.ends_at > now)
    return list(session.scalars(rows.order_by(TrainingCourse.begins_at, TrainingCourse.id)))


def courses(session: Session, user: User, *, state: str = "", subject: str = "") -> list[TrainingCourse]:
    """Return every course that this person may see, the latest first."""
    rows = select(TrainingCourse).where(_is_shown(user))
    if state:
        rows = rows.where(TrainingCourse.state == state)
    if subject:
        rows = rows.where(TrainingCourse.subject == subject)
    return list(session.scalars(rows.order_by(TrainingCourse.begins_at.desc(), TrainingCourse.id.desc())))


def course_for(session: Session, user: User, course_id: int) -> TrainingCourse:
    """Return one course; a draft only for those who plan courses. Raises ``NotFound``."""
    rows = select(TrainingCourse).where(TrainingCourse.id == course_id, _is_shown(user))
    found = session.scalar(
        rows.options(selectinload(TrainingCourse.drawn_up_by), selectinload(TrainingCourse.published_by))
    )
    if found is None:
        raise NotFound("training_course")
    return found


def _is_shown(user: User) -> ColumnElement[bool]:
    return true() if policy.sees_training(user, None) else TrainingCourse.published_at.is_not(None)


# -- who is signed up --------------------------------------------------------------------------------------------------


def seats(session: Session, user: User, course: TrainingCourse) -> list[TrainingSeat]:
    """Return who is signed up for a course, in their order: all for those who plan courses, else one's own people."""
    rows = _seats().where(TrainingSeat.course_id == course.id, TrainingSeat.state.in_(rules.LIVE), _sees(user))
    return list(session.scalars(rows.order_by(TrainingSeat.state, TrainingSeat.id)))


def own_seats(session: Session, user: User) -> list[TrainingSeat]:
    """Return everybody whom this person's units have signed up for any course, the latest course first."""
    rows = _seats().join(TrainingSeat.course).where(TrainingSeat.state.in_(rules.LIVE), _is_own(TrainingSeat, user))
    return list(session.scalars(rows.order_by(TrainingCourse.begins_at.desc(), TrainingSeat.id)))


def seat_for(session: Session, user: User, seat_id: int) -> TrainingSeat:
    """Return somebody of this person's own unit. Raises ``NotFound``."""
    found: TrainingSeat | None = session.scalar(_seats().where(TrainingSeat.id == seat_id, _is_own(TrainingSeat, user)))
    if found is None:
        raise NotFound("training_seat")
    return found


def attendee_for(session: Session, user: User, seat_id: int) -> TrainingSeat:
    """Return somebody who is signed up, for those who plan courses. Raises ``NotFound``."""
    found: TrainingSeat | None = None
    if policy.sees_training(user, None):
        found = session.scalar(_seats().where(TrainingSeat.id == seat_id, TrainingSeat.state.in_(rules.LIVE)))
    if found is None:
        raise NotFound("training_seat")
    return found


def queue(session: Session, course: TrainingCourse) -> dict[int, int]:
    """Return the place in the waiting list of each who waits, by id."""
    rows = select(TrainingSeat.id).where(
        TrainingSeat.course_id == course.id, TrainingSeat.state == SeatState.WAITING.value
    )
    return {seat_id: place for place, seat_id in enumerate(session.scalars(rows.order_by(TrainingSeat.id)), 1)}


def queued(session: Session, user: User) -> dict[int, int]:
    """Return the places in the waiting lists of those whom this person's units have signed up, by id."""
    own = select(TrainingSeat.course_id).where(
        TrainingSeat.state == SeatState.WAITING.value, _is_own(TrainingSeat, user)
    )
    found: dict[int, int] = {}
    for course in session.scalars(select(TrainingCourse).where(TrainingCourse.id.in_(own))):
        found |= queue(session, course)
    return found


def seated(session: Session, course: TrainingCourse) -> list[TrainingSeat]:
    """Return everybody who has a place, in the order of signing up."""
    rows = _seats().where(TrainingSeat.course_id == course.id, TrainingSeat.state == SeatState.SEATED.value)
    return list(session.scalars(rows.order_by(TrainingSeat.id)))


def certificate_for(session: Session, user: User, number: str) -> TrainingSeat:
    """Return whose certificate this is, for those who may see them; a revoked one is none. Raises ``NotFound``."""
    rows = _seats().where(TrainingSeat.certificate == number, TrainingSeat.revoked_at.is_(None), _sees(user))
    found: TrainingSeat | None = session.scalar(rows)
    if found is None:
        raise NotFound("training_certificate")
    return found


def verified(session: Session, typed: str) -> TrainingSeat:
    """Return whose certificate has the number that anybody typed, a revoked one too. ``RuleBroken`` where there is none."""
    number = rules.read_certificate(typed)
    found: TrainingSeat | None = session.scalar(_seats().where(TrainingSeat.certificate == number))
    if found is None:
        raise RuleBroken("没有这一编号的证书，请核对", field="number")
    return found


def subjects_in_order(needs: Needs) -> list[Subject]:
    """Return the subjects, the one that most people need first."""
    return sorted(Subject, key=lambda one: (-needs.total(one), list(Subject).index(one)))


def _seats() -> Select[Any]:
    return select(TrainingSeat).options(selectinload(TrainingSeat.course), selectinload(TrainingSeat.organization))


def _sees(user: User) -> ColumnElement[bool]:
    return true() if policy.sees_training(user, None) else _is_own(TrainingSeat, user)


def _is_own(table: type[TrainingNeed | TrainingSeat], user: User) -> ColumnElement[bool]:
    """Return the condition that something is of a unit of this person.

    Of a unit whose licence nobody has looked at, each sees what they wrote themselves: who signed up under its name is
    known by nothing but what they typed.
    """
    author = TrainingNeed.stated_by_id if table is TrainingNeed else TrainingSeat.signed_up_by_id
    proven = table.organization_id.in_(select(Organization.id).where(Organization.verified))
    return and_(table.organization_id.in_(user.organization_ids), or_(proven, author == user.id))
