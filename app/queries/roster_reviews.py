"""Yearly reviews of members: those that run, those that can be announced, and what is known of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app import clock
from app.domain.errors import NotFound
from app.domain.roster.members import Bar, Exit
from app.domain.roster.reviews import PROCESS, Outcome
from app.domain.states import State
from app.models import Case, RosterBar, RosterBatch, RosterMember, RosterReview, Task, User
from app.queries import roster

Fact = Callable[[Session, Case, User, Task | None], dict[str, Any]]
EXITS = {Bar.DISHONEST: Exit.DISHONEST, Bar.ABNORMAL: Exit.ABNORMAL, Bar.GONE: Exit.GONE}


def open_review_of(session: Session, member: RosterMember) -> RosterReview | None:
    """Return the review of a member that runs."""
    rows = select(RosterReview).join(RosterReview.case)
    return session.scalar(rows.where(RosterReview.member_id == member.id, Case.closed_at.is_(None)).limit(1))


def to_announce(session: Session) -> list[RosterReview]:
    """Return the reviews whose result is approved and has not been announced, by district and name."""
    return _reviews(session, Case.state == State.RECOMMENDED)


def announced_in(session: Session, batch: RosterBatch) -> list[RosterReview]:
    """Return the reviews that are announced in a batch and not decided."""
    return _reviews(session, RosterReview.batch_id == batch.id, Case.state == State.ANNOUNCED)


def of_batch(session: Session, batch: RosterBatch) -> list[RosterReview]:
    """Return what a batch of reviews is about: before it is announced all that run, then those that are in it."""
    if batch.first_day is None:
        return _reviews(session, Case.closed_at.is_(None))
    return _reviews(session, RosterReview.batch_id == batch.id)


def of_member(session: Session, member: RosterMember) -> list[RosterReview]:
    """Return the reviews of a member, the latest first."""
    return _reviews(session, RosterReview.member_id == member.id)[::-1]


def _reviews(session: Session, *conditions: ColumnElement[bool]) -> list[RosterReview]:
    rows = (
        select(RosterReview)
        .join(RosterReview.case)
        .where(Case.kind == PROCESS, *conditions)
        .options(
            joinedload(RosterReview.case).selectinload(Case.staff),
            selectinload(RosterReview.member).options(
                selectinload(RosterMember.organization), selectinload(RosterMember.district)
            ),
        )
        .order_by(RosterReview.case_id)
    )
    return list(session.scalars(rows).unique())


# -- bars --------------------------------------------------------------------------------------------------------------


def in_force(day: date) -> ColumnElement[bool]:
    """Return the condition on ``RosterBar`` that it holds on ``day``."""
    ended = or_(RosterBar.last.is_(None), RosterBar.last >= day)
    return (RosterBar.first <= day) & ended & or_(RosterBar.lifted_on.is_(None), RosterBar.lifted_on > day)


def bars_of(session: Session, organization_id: int, day: date) -> list[RosterBar]:
    """Return what keeps a unit from the roster on ``day``."""
    rows = select(RosterBar).where(RosterBar.organization_id == organization_id, in_force(day))
    return list(session.scalars(rows.order_by(RosterBar.id)))


def bars(session: Session) -> list[RosterBar]:
    """Return every bar, the latest first."""
    rows = select(RosterBar).options(joinedload(RosterBar.organization), joinedload(RosterBar.entered_by))
    return list(session.scalars(rows.order_by(RosterBar.id.desc())))


def bar_by_id(session: Session, bar_id: int) -> RosterBar:
    """Return one bar. Raises ``NotFound``."""
    found = session.get(RosterBar, bar_id)
    if found is None:
        raise NotFound("roster_bar")
    return found


def to_look_at(session: Session, day: date) -> list[int]:
    """Return the bars of members that nobody has seen to yet, by their ids."""
    members = select(RosterMember.organization_id).where(roster.on_day(day))
    rows = select(RosterBar.id).where(
        RosterBar.looked_at.is_(None), in_force(day), RosterBar.organization_id.in_(members)
    )
    return list(session.scalars(rows.order_by(RosterBar.id)))


def exit_of(row: RosterReview) -> Exit:
    """Return for which reason a member leaves whose removal was decided: what bars it, or what the review found."""
    return EXITS[Bar(row.bar.kind)] if row.bar is not None else (Exit.UNCORRECTED if row.items else Exit.REVIEW)


# -- what is known of one ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReviewFile:
    """A review beside its papers, as far as somebody may know it."""

    review: RosterReview
    bars: list[RosterBar]
    before: list[RosterReview]
    official: bool


def review_file(session: Session, user: User, case: Case) -> ReviewFile | None:
    """Return what is known of a review; the unit sees what it reported, and the outcome once it is approved."""
    row = case.roster_review
    if case.kind != PROCESS or row is None:
        return None
    official = user.is_official
    return ReviewFile(
        review=row,
        bars=bars_of(session, row.member.organization_id, clock.today()) if official else [],
        before=[one for one in of_member(session, row.member) if one.case_id != case.id] if official else [],
        official=official,
    )


def of_start(session: Session, _user: User) -> dict[str, Any]:
    """Return the members whose review can be opened."""
    found = roster.members(session, clock.today())
    return {"members": [(one.id, one.organization.name) for one in found]}


def _proposed(_session: Session, case: Case, _user: User, _task: Task | None) -> dict[str, Any]:
    row = case.roster_review
    return {"proposed": Outcome(row.outcome).label if row is not None and row.outcome else ""}


FACTS: dict[str, Fact] = {"proposed": _proposed}
