"""Putting up a public notice, taking it down, and what follows when its period is over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock, policy
from app.domain import deadlines, notices
from app.domain.errors import NotFound, RuleBroken, Stale
from app.domain.identifiers import format_case_number
from app.domain.notices import Line, NoticeState, ObjectionState, Subject
from app.models import Notice, Objection, User
from app.queries import objections as queries
from app.queries import periods
from app.services import access_log, settings

WORD = "公示"  # in its number: 佛知公示〔2026〕3号


@dataclass(frozen=True, slots=True)
class Closed:
    """The period of a notice is over: the objections that are still to be decided, and those that were upheld."""

    undecided: Sequence[Objection]
    upheld: Sequence[Objection]


@dataclass(frozen=True, slots=True)
class Upheld:
    """An objection was upheld, in the period or after it."""

    objection: Objection
    by: User


Follow = Callable[[Session, Notice, Closed | Upheld], None]

FOLLOWS: dict[str, Follow] = {}


def subject(name: str) -> Callable[[Follow], Follow]:
    """Register what follows for a subject when a notice about it has closed, and when an objection is upheld."""

    def keep(function: Follow) -> Follow:
        if name in FOLLOWS:
            raise ValueError(f"{name} is registered twice")
        FOLLOWS[Subject(name)] = function
        return function

    return keep


def put_up(
    session: Session,
    *,
    subject: str,
    subject_id: int,
    unit_id: int,
    title: str,
    lead: str,
    columns: Sequence[str],
    rows: Sequence[Line],
    days: int,
    by: User,
    title_en: str = "",
    address: str = "",
) -> Notice:
    """Put up a notice for so many working days; the first is today, or the next working day. One at a time a subject.

    What the rows show is what the public sees: whoever puts it up has masked what is not for everybody. Headings are
    words of the catalogue, so that they are read in English too.
    """
    policy.check(by, "notice.put_up", subject)
    if subject not in FOLLOWS:
        raise LookupError(f"nothing is registered that follows a notice about {subject}")
    _check_table(columns, rows)
    _refuse_second(session, subject, subject_id)
    today = clock.today()
    first, last = notices.period(today, days, periods.calendar_of(session))
    prefix, word = settings.number_words(session, WORD)
    place = _next_place(session, today.year)
    notice = Notice(
        number=format_case_number(prefix, word, today.year, place),
        year=today.year,
        place=place,
        subject=subject,
        subject_id=subject_id,
        unit_id=unit_id,
        title=title,
        title_en=title_en,
        lead=lead,
        columns=list(columns),
        rows=[{"key": row.key, "cells": list(row.cells)} for row in rows],
        days=days,
        first_day=first,
        last_day=last,
        closes_at=deadlines.due_at(last),
        put_up_by_id=by.id,
        put_up_at=clock.now(),
    )
    session.add(notice)
    session.flush()  # whoever puts it up keeps its id
    _log(session, "notice_put_up", notice, by=by, address=address)
    return notice


def withdraw(session: Session, notice: Notice, *, reason: str, by: User, address: str = "") -> None:
    """Take a notice down before its period is over; its page says why and shows the table no more."""
    policy.check(by, "notice.withdraw", notice.subject)
    session.refresh(notice, with_for_update=True)
    if not is_open(notice):
        raise Stale("公示已经结束或者撤回")
    notice.withdrawn_for = reason
    _end(notice, NoticeState.WITHDRAWN)
    _log(session, "notice_withdrawn", notice, by=by, address=address)


def close(session: Session, notice: Notice) -> bool:
    """Close a notice whose period is over and let follow what is registered; safe to call twice.

    Returns whether there was anything to close: the period is a promise, so nobody closes a notice before its end.
    """
    session.refresh(notice, with_for_update=True)
    if notice.state != NoticeState.OPEN or is_open(notice):
        return False
    _end(notice, NoticeState.CLOSED)
    session.flush()  # what follows may ask the database where the notice stands
    _log(session, "notice_closed", notice)
    undecided, upheld = (
        queries.of_notice(session, notice.id, states) for states in (notices.UNDECIDED, (ObjectionState.UPHELD,))
    )
    FOLLOWS[notice.subject](session, notice, Closed(undecided, upheld))
    return True


def close_over(session: Session, notice_id: int, **_by: object) -> bool:
    """Close one notice by its id: what the clock does, and an administrator's retry."""
    notice = session.get(Notice, notice_id)
    if notice is None:
        raise NotFound("notice")
    return close(session, notice)


def is_open(notice: Notice) -> bool:
    """Say whether objections may still come: up to 23:59:59 of the last day, whether or not a job has run since."""
    return notice.state == NoticeState.OPEN and deadlines.in_time(clock.now(), notice.last_day)


def upheld(session: Session, objection: Objection, *, by: User) -> None:
    """Let follow what is registered for an objection that was upheld."""
    FOLLOWS[objection.notice.subject](session, objection.notice, Upheld(objection, by))


def _end(notice: Notice, state: NoticeState) -> None:
    notice.state, notice.closed_at, notice.closes_at = state.value, clock.now(), None


def _check_table(columns: Sequence[str], rows: Sequence[Line]) -> None:
    if not rows:
        raise RuleBroken("没有可以公示的内容")
    if len({row.key for row in rows}) < len(rows):
        raise ValueError("two rows of a notice have the same key")
    if any(len(row.cells) != len(columns) for row in rows):
        raise ValueError("a row of a notice has not as many cells as there are columns")


def _refuse_second(session: Session, subject: str, subject_id: int) -> None:
    same = (Notice.subject == subject, Notice.subject_id == subject_id, Notice.state == NoticeState.OPEN)
    if session.scalar(select(Notice.id).where(*same)) is not None:
        raise Stale("这一批已在公示")


def _next_place(session: Session, year: int) -> int:
    return (session.scalar(select(func.max(Notice.place)).where(Notice.year == year)) or 0) + 1


def _log(session: Session, kind: str, notice: Notice, *, by: User | None = None, address: str = "") -> None:
    access_log.record(session, kind, user=by, address=address, number=notice.number)
