"""Messages about courses, to whoever signed people up: a place that became free, what changed, certificates."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.models import TrainingCourse, TrainingSeat
from app.notifications.outbox import reached, write


def training_cancelled(session: Session, course: TrainingCourse, people: Iterable[int]) -> None:
    """Tell who signed somebody up that a course does not take place, and why."""
    facts = _facts(course, reason=course.cancelled_because)
    write(session, "training_cancelled", reached(session, users=people), facts, link=_link(course))


def training_changed(session: Session, course: TrainingCourse, people: Iterable[int]) -> None:
    """Tell who signed somebody up that the time or the place of a course, or who teaches it, is another."""
    write(session, "training_changed", reached(session, users=people), _facts(course), link=_link(course))


def training_place_given(session: Session, seat: TrainingSeat) -> None:
    """Tell who signed somebody up that they have moved up from the waiting list."""
    people = reached(session, users=[seat.signed_up_by_id])
    write(session, "training_place_given", people, _facts(seat.course, user=seat.name), link=_link(seat.course))


def training_certified(session: Session, course: TrainingCourse, people: Iterable[int]) -> None:
    """Tell who signed somebody up that there are certificates."""
    write(session, "training_certified", reached(session, users=people), _facts(course), link=_link(course))


def _facts(course: TrainingCourse, *, reason: str = "", user: str = "") -> dict[str, str]:
    return {
        "title": course.title,
        "at": course.begins_at.isoformat(timespec="minutes"),
        "venue": course.venue,
        "reason": reason,
        "user": user,
    }


def _link(course: TrainingCourse) -> str:
    return f"/training/courses/{course.id}"
