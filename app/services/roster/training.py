"""Training that members need, year by year, and the courses that are planned from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app import clock, notifications, policy
from app.domain.errors import NotAllowed, NotNow, RuleBroken, Stale
from app.domain.roster import training as rules
from app.domain.roster.training import Audience, CourseState, Subject, Terms
from app.models import RosterMember, TrainingCourse, TrainingNeed, TrainingSeat, User
from app.queries import roster
from app.services.changing import FIRST
from app.services.roster import training_seats


@dataclass(frozen=True, slots=True)
class Need:
    """What a unit says that it needs: of which subject, for whom, for how many."""

    subject: Subject
    audiences: Sequence[Audience]
    people: int
    words: str = ""


# -- needs -------------------------------------------------------------------------------------------------------------


def state_need(session: Session, given: Need, *, year: int, by: User) -> TrainingNeed:
    """Say what this person's unit needs in a year. Each subject is told once, and changed afterwards."""
    policy.check(by, "training_need.state")
    member = _membership(session, by)
    _refuse_year(year)
    same = exists().where(
        TrainingNeed.year == year,
        TrainingNeed.organization_id == member.organization_id,
        TrainingNeed.subject == given.subject.value,
    )
    if session.scalar(select(same)):
        raise RuleBroken("这一年度的这一项需求已经填报，请在原来的一项上修改", field="subject")
    need = TrainingNeed(
        year=year,
        organization_id=member.organization_id,
        district_id=member.district_id,
        subject=given.subject.value,
    )
    _say(need, given, by)
    session.add(need)
    session.flush()
    return need


def change_need(session: Session, need: TrainingNeed, given: Need, *, by: User) -> None:
    """Change what a unit needs, as long as the year runs; its subject stays."""
    _check_own_need(session, need, by)
    _say(need, given, by)


def withdraw_need(session: Session, need: TrainingNeed, *, by: User) -> None:
    """Take back what a unit said that it needs, as long as the year runs."""
    _check_own_need(session, need, by)
    session.delete(need)


def _check_own_need(session: Session, need: TrainingNeed, by: User) -> None:
    policy.check(by, "training_need.state")
    member = _membership(session, by)
    if member.organization_id != need.organization_id:
        raise NotAllowed("您没有办理这一事项的权限")
    session.refresh(need, with_for_update=True)
    _refuse_year(need.year)


def _membership(session: Session, by: User) -> RosterMember:
    member = roster.own_membership(session, by, clock.today())
    if member is None:
        raise NotAllowed("只有培优名录内的单位填报培训需求")
    return member


def _refuse_year(year: int) -> None:
    """Needs of a year that is over stay as they are; those of the next may be told before it begins."""
    this_year = clock.today().year
    if not this_year <= year <= this_year + 1:
        raise RuleBroken("只能填报或者修改今年和明年的培训需求", field="year")


def _say(need: TrainingNeed, given: Need, by: User) -> None:
    if not given.audiences:
        raise RuleBroken("请选择培训对象", field="audiences")
    if not 1 <= given.people <= rules.MOST_PEOPLE_NEEDED:
        raise RuleBroken("人数应当在 1 至 %(most)s 之间", field="people", most=rules.MOST_PEOPLE_NEEDED)
    need.audiences = [one.value for one in Audience if one in given.audiences]
    need.people, need.words = given.people, given.words
    need.stated_by_id, need.stated_at = by.id, clock.now()


# -- courses -----------------------------------------------------------------------------------------------------------


def draw_up(session: Session, terms: Terms, *, by: User) -> TrainingCourse:
    """Begin a course; nobody but those who plan courses sees it before it is published."""
    policy.check(by, "training_course.draw_up")
    rules.check(terms)
    course = TrainingCourse(drawn_up_by_id=by.id, drawn_up_at=clock.now(), taken=0)
    _write(course, terms)
    session.add(course)
    session.flush()
    return course


def rewrite(session: Session, course: TrainingCourse, terms: Terms, *, by: User) -> None:
    """Change what a course says. One that is published is changed by who keeps the roster, and its people are told.

    More places go to those who wait; there are never fewer than have been given away.
    """
    if course.state == CourseState.OPEN:
        policy.check(by, "training_course.publish", course)
    policy.check(by, "training_course.draw_up", course)
    lock(session, course, CourseState.DRAFT, CourseState.OPEN)
    rules.check(terms)
    if course.state == CourseState.OPEN:
        _refuse_what_is_promised(course, terms)
    told = course.state == CourseState.OPEN and _moved(course, terms)
    _write(course, terms)
    session.flush()
    if course.state == CourseState.OPEN:
        training_seats.fill(session, course)
    if told:
        notifications.training_changed(session, course, _who_signed_up(session, course))


def publish(session: Session, course: TrainingCourse, *, by: User) -> None:
    """Open a course to those who sign up."""
    policy.check(by, "training_course.publish", course)
    lock(session, course, CourseState.DRAFT)
    rules.check_announced(course.terms, clock.now())
    course.state = CourseState.OPEN.value
    course.published_by_id, course.published_at = by.id, clock.now()


def discard(session: Session, course: TrainingCourse, *, by: User) -> None:
    """Throw a draft away."""
    policy.check(by, "training_course.draw_up", course)
    lock(session, course, CourseState.DRAFT)
    session.delete(course)


def cancel(session: Session, course: TrainingCourse, *, because: str, by: User) -> None:
    """Cancel a published course; everybody who has signed somebody up is told why."""
    policy.check(by, "training_course.publish", course)
    lock(session, course, CourseState.OPEN)
    if not because.strip():
        raise RuleBroken("请写明取消的理由", field="because")
    course.state, course.cancelled_because = CourseState.CANCELLED.value, because
    course.ended_by_id, course.ended_at = by.id, clock.now()
    notifications.training_cancelled(session, course, _who_signed_up(session, course))


def lock(session: Session, course: TrainingCourse, *states: CourseState) -> None:
    """Hold a course until the transaction ends; raises ``Stale`` where it stands in none of ``states``."""
    session.refresh(course, with_for_update=True)
    if course.state not in states:
        raise Stale(FIRST)


def _write(course: TrainingCourse, terms: Terms) -> None:
    for one in fields(terms):
        value = getattr(terms, one.name)
        setattr(course, one.name, value.value if isinstance(value, Subject) else value)


def _moved(course: TrainingCourse, terms: Terms) -> bool:
    """Say whether people who have signed up have to know what changed."""
    told = ("title", "teacher", "venue", "begins_at", "ends_at")
    return any(getattr(course, name) != getattr(terms, name) for name in told)


def _refuse_what_is_promised(course: TrainingCourse, terms: Terms) -> None:
    if course.begins_at <= clock.now():
        raise NotNow("课程已经开始，不能再修改")
    if terms.begins_at <= clock.now():
        raise RuleBroken("开始时间应当在现在之后", field="begins_at")
    if terms.places < course.taken:
        raise RuleBroken("已有 %(n)s 人报名，名额不能少于这个数", field="places", n=course.taken)
    if terms.members_only and not course.members_only:
        raise RuleBroken("已经向所有单位开放的，不能再限于名录内的单位", field="members_only")


def _who_signed_up(session: Session, course: TrainingCourse) -> Iterable[int]:
    rows = select(TrainingSeat.signed_up_by_id).where(
        TrainingSeat.course_id == course.id, TrainingSeat.state.in_(rules.LIVE)
    )
    return list(session.scalars(rows.distinct()))
