"""Courses: drawn up, published, signed up for within their places, changed and cancelled; the waiting list moves up."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.domain.errors import NotAllowed, NotFound, RuleBroken, Stale
from app.domain.roles import Role
from app.models import MessageOutbox, TrainingCourse, TrainingSeat, db
from app.queries import training as queries
from app.services.changing import changing
from app.services.roster import training, training_seats
from tests.conftest import Today
from tests.flows.office import Office, account
from tests.flows.training import HOUR, School, attendee, open_school, terms


@pytest.fixture
def school(either_office: Office) -> School:
    return open_school(either_office)


def told(school: School, kind: str) -> list[tuple[str, str]]:
    """Return whom a message of this kind reached in the product, and about whom."""
    rows = select(MessageOutbox).where(MessageOutbox.kind == kind, MessageOutbox.channel == "in_app")
    names = {number: name for name, number in school.people.items()}
    return [(names[one.user_id or 0], one.facts["user"]) for one in db.session.scalars(rows.order_by(MessageOutbox.id))]


def test_a_liaison_draws_up_and_who_keeps_the_roster_publishes(school: School) -> None:
    course_id = school.draws_up()
    with pytest.raises(NotFound):
        queries.course_for(db.session(), school.user("甲"), course_id)
    with pytest.raises(NotAllowed), changing(db.session):
        training.publish(db.session(), school.course(course_id), by=school.user("lin"))
    with pytest.raises(Stale, match="不接受报名"):
        school.signs_up(course_id, "甲", attendee(1))
    with changing(db.session):
        training.publish(db.session(), school.course(course_id), by=school.user("wu"))
    assert queries.open_courses(db.session(), clock.now()) == [school.course(course_id)]
    assert queries.course_for(db.session(), school.user("丙"), course_id).state == "open"
    with pytest.raises(Stale), changing(db.session):
        training.publish(db.session(), school.course(course_id), by=school.user("wu"))
    with pytest.raises(NotAllowed), changing(db.session):
        training.draw_up(db.session(), terms(), by=school.user("甲"))


def test_a_draft_is_thrown_away_and_a_published_course_is_not(school: School) -> None:
    draft, published = school.draws_up(), school.publishes()
    with changing(db.session):
        training.discard(db.session(), school.course(draft), by=school.user("lin"))
    assert db.session.get(TrainingCourse, draft) is None
    with pytest.raises(Stale), changing(db.session):
        training.discard(db.session(), school.course(published), by=school.user("lin"))


def test_who_comes_after_the_last_place_waits_and_moves_up_in_order(school: School) -> None:
    course_id = school.publishes(places=2)
    first = school.signs_up(course_id, "甲", attendee(1), attendee(2), attendee(3))
    second = school.signs_up(course_id, "乙", attendee(4), attendee(5))
    assert school.states(first + second) == ["seated", "seated", "waiting", "waiting", "waiting"]
    assert queries.queue(db.session(), school.course(course_id)) == {first[2]: 1, second[0]: 2, second[1]: 3}
    school.withdraws(first[2], "甲")
    assert (school.states([second[0]]), told(school, "training_place_given")) == (["waiting"], [])
    school.withdraws(first[0], "甲")
    assert school.states(first + second) == ["withdrawn", "seated", "withdrawn", "seated", "waiting"]
    assert told(school, "training_place_given") == [("乙", "学员4")]
    assert school.course(course_id).taken == 2
    with pytest.raises(Stale):
        school.withdraws(first[0], "甲")


def test_the_same_person_has_one_place_and_may_come_back(school: School) -> None:
    course_id = school.publishes(places=5)
    (seat,) = school.signs_up(course_id, "甲", attendee(1))
    with pytest.raises(RuleBroken, match="学员1已经报名") as refusal:
        school.signs_up(course_id, "甲", attendee(2), attendee(1))
    assert refusal.value.field == "people-1-name"
    with pytest.raises(RuleBroken, match="学员3已经报名"):
        school.signs_up(course_id, "甲", attendee(3), attendee(3))
    assert school.course(course_id).taken == 1, "all of a list are signed up, or none"
    school.signs_up(course_id, "甲", attendee(9, "学员1"))  # a namesake with another phone
    school.withdraws(seat, "甲")
    school.signs_up(course_id, "甲", attendee(1))
    assert school.course(course_id).taken == 2


def test_a_course_for_members_is_for_members(school: School) -> None:
    course_id = school.publishes(members_only=True)
    with pytest.raises(RuleBroken, match="名录内"):
        school.signs_up(course_id, "丙", attendee(1))
    assert queries.units(db.session(), school.user("丙"), members_only=True) == []
    school.signs_up(course_id, "甲", attendee(1))
    school.signs_up(school.publishes(), "丙", attendee(1))


def test_nobody_signs_up_for_others_or_too_late(school: School, today: Today) -> None:
    course_id = school.publishes()
    with pytest.raises(NotAllowed), changing(db.session):
        training_seats.sign_up(
            db.session(), school.course(course_id), school.unit("乙"), [attendee(1)], by=school.user("甲")
        )
    (seat,) = school.signs_up(course_id, "甲", attendee(1))
    today.moves(days=9, hours=1)
    with pytest.raises(Stale, match="截止"):
        school.signs_up(course_id, "甲", attendee(2))
    today.moves(days=1)
    with pytest.raises(Stale, match="已经开始"):
        school.withdraws(seat, "甲")


def test_a_unit_sees_its_own_people_only(school: School) -> None:
    course_id = school.publishes(places=5)
    own = school.signs_up(course_id, "甲", attendee(1))
    others = school.signs_up(course_id, "乙", attendee(2))
    session, course = db.session(), school.course(course_id)
    assert [one.id for one in queries.seats(session, school.user("甲"), course)] == own
    assert [one.id for one in queries.seats(session, school.user("lin"), course)] == own + others
    assert queries.seats(session, school.user("丙"), course) == []
    assert [one.id for one in queries.own_seats(session, school.user("乙"))] == others
    with pytest.raises(NotFound):
        school.withdraws(others[0], "甲")
    with pytest.raises(NotFound):
        queries.attendee_for(session, school.user("甲"), own[0])


def test_an_unchecked_name_opens_nobodys_list(school: School) -> None:
    course_id = school.publishes()
    school.signs_up(course_id, "甲", attendee(1))
    unit = school.unit("甲")
    unit.verified = False
    stranger = account("other", "自称的人", Role.APPLICANT, unit)
    db.session.add(stranger)
    db.session.commit()
    assert queries.seats(db.session(), stranger, school.course(course_id)) == []
    assert len(queries.own_seats(db.session(), school.user("甲"))) == 1


def test_a_phone_number_is_sealed(school: School) -> None:
    school.signs_up(school.publishes(), "甲", attendee(1))
    raw = db.session.connection().exec_driver_sql("SELECT phone, phone_index FROM training_seat").one()
    assert "13800130001" not in "".join(raw)
    assert db.session.scalars(select(TrainingSeat.phone)).one() == "13800130001"


def test_more_places_go_to_those_who_wait_and_never_fewer_than_are_taken(school: School) -> None:
    course_id = school.publishes(places=2)
    seats = school.signs_up(course_id, "甲", *(attendee(n) for n in range(4)))
    was = school.course(course_id).terms
    with pytest.raises(NotAllowed), changing(db.session):
        training.rewrite(db.session(), school.course(course_id), replace(was, places=3), by=school.user("lin"))
    with changing(db.session):
        training.rewrite(db.session(), school.course(course_id), replace(was, places=3), by=school.user("wu"))
    assert school.states(seats) == ["seated", "seated", "seated", "waiting"]
    assert (len(told(school, "training_place_given")), told(school, "training_changed")) == (1, [])
    past = clock.now() - HOUR
    for changed, where in (
        (replace(was, places=2), "places"),
        (replace(was, places=3, members_only=True), "members_only"),
        (replace(was, places=3, begins_at=past, signup_until=past), "begins_at"),
    ):
        with pytest.raises(RuleBroken) as refusal, changing(db.session):
            training.rewrite(db.session(), school.course(course_id), changed, by=school.user("wu"))
        assert refusal.value.field == where
    moved = replace(was, places=3, venue="二楼报告厅", begins_at=was.begins_at + timedelta(minutes=30))
    with changing(db.session):
        training.rewrite(db.session(), school.course(course_id), moved, by=school.user("wu"))
    assert told(school, "training_changed") == [("甲", "")]


def test_who_signed_up_is_told_that_a_course_is_cancelled(school: School) -> None:
    course_id = school.publishes(places=1)
    school.signs_up(course_id, "甲", attendee(1))
    (waiting,) = school.signs_up(course_id, "乙", attendee(2))
    (gone,) = school.signs_up(course_id, "丙", attendee(3))
    school.withdraws(gone, "丙")
    with pytest.raises(NotAllowed), changing(db.session):
        training.cancel(db.session(), school.course(course_id), because="授课人生病", by=school.user("lin"))
    with changing(db.session):
        training.cancel(db.session(), school.course(course_id), because="授课人生病", by=school.user("wu"))
    assert told(school, "training_cancelled") == [("甲", ""), ("乙", "")]
    message = db.session.scalars(select(MessageOutbox).where(MessageOutbox.kind == "training_cancelled")).first()
    assert message is not None
    assert (message.facts["reason"], message.link) == ("授课人生病", f"/training/courses/{course_id}")
    with pytest.raises(Stale):
        school.withdraws(waiting, "乙")
    with pytest.raises(Stale), changing(db.session):
        training.cancel(db.session(), school.course(course_id), because="再取消", by=school.user("wu"))
