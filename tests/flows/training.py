"""A roster with units on it, the people who plan training for them, and courses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from app import clock
from app.domain.roles import Role
from app.domain.roster.training import Subject, Terms
from app.models import Organization, OrgUnit, TrainingCourse, TrainingSeat, User, db
from app.queries import training as queries
from app.services.changing import changing
from app.services.roster import keeping, training, training_seats
from app.services.roster.keeping import Admitted
from app.services.roster.training_seats import Attendee
from tests.flows.office import Office, account

HOUR = timedelta(hours=1)


def attendee(n: int, name: str = "") -> Attendee:
    return Attendee(name or f"学员{n}", "工程师", f"1380013{n:04d}")


@dataclass
class School:
    """Units by name (甲 and 乙 are on the roster, 丙 is not), each with somebody of that name; who plans; all by id."""

    office: Office
    people: dict[str, int] = field(default_factory=dict)
    units: dict[str, int] = field(default_factory=dict)

    def user(self, name: str) -> User:
        return db.session.get_one(User, self.people[name])

    def unit(self, name: str) -> Organization:
        return db.session.get_one(Organization, self.units[name])

    def course(self, course_id: int) -> TrainingCourse:
        return db.session.get_one(TrainingCourse, course_id)

    def draws_up(self, **changes: Any) -> int:
        with changing(db.session):
            return training.draw_up(db.session(), terms(**changes), by=self.user("lin")).id

    def publishes(self, **changes: Any) -> int:
        course_id = self.draws_up(**changes)
        with changing(db.session):
            training.publish(db.session(), self.course(course_id), by=self.user("wu"))
        return course_id

    def signs_up(self, course_id: int, unit: str, *people: Attendee) -> list[int]:
        with changing(db.session):
            made = training_seats.sign_up(
                db.session(), self.course(course_id), self.unit(unit), people, by=self.user(unit)
            )
        return [seat.id for seat in made]

    def withdraws(self, seat_id: int, unit: str) -> None:
        with changing(db.session):
            seat = queries.seat_for(db.session(), self.user(unit), seat_id)
            training_seats.withdraw(db.session(), seat, by=self.user(unit))

    def states(self, seat_ids: Sequence[int]) -> list[str]:
        db.session.expire_all()
        return [db.session.get_one(TrainingSeat, one).state for one in seat_ids]


def terms(**changes: Any) -> Terms:
    begins: datetime = changes.pop("begins_at", (clock.now() + timedelta(days=10)).replace(second=0, microsecond=0))
    given: dict[str, Any] = {
        "title": "专利布局实务",
        "subject": Subject.PATENTS,
        "teacher": "邓老师",
        "provider": "市知识产权人才学院",
        "venue": "人才学院 301 室",
        "begins_at": begins,
        "ends_at": begins + 7 * HOUR,
        "signup_until": begins - 24 * HOUR,
        "hours": Decimal("6.5"),
        "places": 2,
        "members_only": False,
        "pass_mark": None,
        **changes,
    }
    return Terms(**given)


def open_school(office: Office) -> School:
    """Let two of three units into a roster, in two districts."""
    school = School(office)
    city = db.session.get_one(OrgUnit, office.unit.id)
    districts = [
        OrgUnit(code=code, name=name, name_en=en, kind="district_bureau", region=region)
        for code, name, en, region in (
            ("nanhai", "南海区局", "Nanhai", "440605"),
            ("shunde", "顺德区局", "Shunde", "440606"),
        )
    ]
    units = [Organization(name=f"{name}公司", verified=True, created_at=clock.now()) for name in "甲乙丙"]
    staff = [account(*one, city) for one in (("wu", "吴雪琴", Role.ROSTER_MANAGER), ("lin", "林直联", Role.LIAISON))]
    members = [
        account(code, f"{unit.name}经办", Role.APPLICANT, unit)
        for code, unit in zip(("jia", "yi", "bing"), units, strict=True)
    ]
    db.session.add_all([*districts, *units, *staff, *members])
    db.session.commit()
    school.units = {unit.name[0]: unit.id for unit in units}
    school.people = {one.username: one.id for one in staff}
    school.people |= {unit.name[0]: one.id for unit, one in zip(units, members, strict=True)}
    admitted = [Admitted(unit, district, "robots") for unit, district in zip(units, districts, strict=False)]
    with changing(db.session):
        director = db.session.get_one(User, office.director.id)
        keeping.decide(db.session(), admitted=admitted, reason="年度评选", by=director)
    return school
