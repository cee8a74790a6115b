"""Who is signed up for a course: never more than there are places, the others wait in their order and move up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app import clock, notifications, policy
from app.domain.errors import NotAllowed, NotNow, RuleBroken, Stale
from app.domain.roster.training import LIVE, CourseState, SeatState
from app.models import Organization, TrainingCourse, TrainingSeat, User
from app.models.types import blind_index
from app.queries import roster
from app.services.changing import FIRST


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who is to be signed up."""

    name: str
    position: str
    phone: str


def sign_up(
    session: Session, course: TrainingCourse, unit: Organization, people: Sequence[Attendee], *, by: User
) -> list[TrainingSeat]:
    """Sign people of a unit up, each with a place as long as there is one, else at the end of the waiting list.

    The row of the course is held meanwhile, so that no two units take the same place. All are signed up, or none.
    """
    policy.check(by, "training_seat.take", course)
    if unit.id not in by.organization_ids:
        raise NotAllowed("您没有办理这一事项的权限")
    session.refresh(course, with_for_update=True)
    _refuse_closed(session, course, unit)
    made = [_sit(session, course, unit, one, place, by) for place, one in enumerate(people)]
    session.flush()
    return made


def _refuse_closed(session: Session, course: TrainingCourse, unit: Organization) -> None:
    if course.state != CourseState.OPEN:
        raise NotNow("这门课程现在不接受报名")
    if course.signup_until <= clock.now():
        raise NotNow("报名已经截止")
    if course.members_only and not roster.is_member(session, unit.id, clock.today()):
        raise RuleBroken("这门课程只向培优名录内的单位开放", field="unit")


def _sit(
    session: Session, course: TrainingCourse, unit: Organization, one: Attendee, place: int, by: User
) -> TrainingSeat:
    index = blind_index(one.phone)
    same = exists().where(
        TrainingSeat.course_id == course.id,
        TrainingSeat.organization_id == unit.id,
        TrainingSeat.name == one.name,
        TrainingSeat.phone_index == index,
        TrainingSeat.state.in_(LIVE),
    )
    if session.scalar(select(same)):
        raise RuleBroken("%(name)s已经报名，没有重复报名", field=f"people-{place}-name", name=one.name)
    free = course.left > 0
    seat = TrainingSeat(
        course_id=course.id,
        organization_id=unit.id,
        name=one.name,
        position=one.position,
        phone=one.phone,
        phone_index=index,
        state=(SeatState.SEATED if free else SeatState.WAITING).value,
        signed_up_by_id=by.id,
        signed_up_at=clock.now(),
    )
    course.taken += free
    session.add(seat)
    session.flush()  # the waiting list goes by id; the next of the list may be the same person
    return seat


def withdraw(session: Session, seat: TrainingSeat, *, by: User) -> None:
    """Take somebody of one's own unit off a course that has not begun; who waits longest moves up, and is told."""
    policy.check(by, "training_seat.take", seat)
    if seat.organization_id not in by.organization_ids:
        raise NotAllowed("您没有办理这一事项的权限")
    course = seat.course
    session.refresh(course, with_for_update=True)
    session.refresh(seat, with_for_update=True)
    if seat.state not in LIVE or course.state != CourseState.OPEN:
        raise Stale(FIRST)
    if course.begins_at <= clock.now():
        raise NotNow("课程已经开始，不能退出")
    course.taken -= seat.state == SeatState.SEATED
    seat.state = SeatState.WITHDRAWN.value
    seat.withdrawn_by_id, seat.withdrawn_at = by.id, clock.now()
    session.flush()
    fill(session, course)


def fill(session: Session, course: TrainingCourse) -> list[TrainingSeat]:
    """Give the places that are free, of a course that is held, to those who wait longest, and tell who signed them up."""
    rows = select(TrainingSeat).where(
        TrainingSeat.course_id == course.id, TrainingSeat.state == SeatState.WAITING.value
    )
    moved = list(session.scalars(rows.order_by(TrainingSeat.id).limit(course.left)))
    for seat in moved:
        seat.state = SeatState.SEATED.value
        course.taken += 1
        notifications.training_place_given(session, seat)
    session.flush()
    return moved
