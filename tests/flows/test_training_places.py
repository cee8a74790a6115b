"""The places of a course hold when many sign up and withdraw at the same moment; nobody is lost."""

from __future__ import annotations

from sqlalchemy import func, select

from app.domain.errors import RuleBroken, Stale
from app.models import MessageOutbox, TrainingSeat, db
from app.queries import training as queries
from app.services.changing import BUSY, changing
from app.services.roster import training_seats
from tests.flows.moment import at_once
from tests.flows.office import Office
from tests.flows.training import School, attendee, open_school

MANY = 30
PLACES = 7
TRIES = 40


def signs_up(school: School, course_id: int, n: int, who: int) -> str:
    unit = "甲乙丙"[n % 3]
    for _ in range(TRIES):
        try:
            with changing(db.session):
                course, by = school.course(course_id), school.user(unit)
                made = training_seats.sign_up(db.session(), course, school.unit(unit), [attendee(who)], by=by)
                state = made[0].state
        except Stale as stale:
            if stale.message != BUSY:
                return stale.message
        except RuleBroken as refusal:
            return refusal.message
        else:
            return state
    return BUSY


def withdraws(school: School, seat_id: int) -> str:
    for _ in range(TRIES):
        try:
            with changing(db.session):
                seat = db.session.get_one(TrainingSeat, seat_id)
                name = next(name for name, unit in school.units.items() if unit == seat.organization_id)
                training_seats.withdraw(db.session(), seat, by=school.user(name))
        except Stale as stale:
            if stale.message != BUSY:
                return "stale"
        else:
            return "withdrawn"
    return BUSY


def counted(course_id: int) -> dict[str, int]:
    db.session.rollback()
    rows = select(TrainingSeat.state, func.count().label("number")).where(TrainingSeat.course_id == course_id)
    found = db.session.execute(rows.group_by(TrainingSeat.state)).all()
    return {one.state: one.number for one in found}


def test_many_who_sign_up_at_once_share_the_places(either_office: Office) -> None:
    school = open_school(either_office)
    course_id = school.publishes(places=PLACES)
    told = at_once(either_office.app, MANY, lambda n: signs_up(school, course_id, n, n))
    assert (told.count("seated"), told.count("waiting")) == (PLACES, MANY - PLACES)
    assert counted(course_id) == {"seated": PLACES, "waiting": MANY - PLACES}
    assert school.course(course_id).taken == PLACES
    seated = [one.id for one in queries.seated(db.session(), school.course(course_id))]
    waiting = list(queries.queue(db.session(), school.course(course_id)))
    assert max(seated) < min(waiting), "nobody overtakes"

    gone = [*seated[:5], *seated[:5], *waiting[-3:]]
    ends = at_once(either_office.app, len(gone), lambda n: withdraws(school, gone[n]))
    assert (ends.count("withdrawn"), ends.count("stale")) == (8, 5)
    assert counted(course_id) == {"seated": PLACES, "waiting": MANY - PLACES - 8, "withdrawn": 8}
    moved = [one.id for one in queries.seated(db.session(), school.course(course_id))]
    assert moved == [*seated[5:], *waiting[:5]]
    given = select(func.count()).where(MessageOutbox.kind == "training_place_given", MessageOutbox.channel == "in_app")
    assert db.session.scalar(given) == 5


def test_the_same_person_signed_up_many_times_at_once_has_one_place(either_office: Office) -> None:
    school = open_school(either_office)
    course_id = school.publishes(places=PLACES)
    told = at_once(either_office.app, 8, lambda _n: signs_up(school, course_id, 0, 1))
    assert told.count("seated") == 1
    assert counted(course_id) == {"seated": 1}
