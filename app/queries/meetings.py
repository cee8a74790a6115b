"""Hearings and mediation sessions as a calendar shows them: those of a month, or those that somebody's own calendar holds."""

from __future__ import annotations

from calendar import Calendar as Weeks
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import Enum
from itertools import combinations
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, defer, joinedload, selectinload

from app import clock, policy
from app.domain.adjudication import HearingResult
from app.domain.calendar import Calendar
from app.domain.mediation import SessionResult
from app.domain.roles import SEATED
from app.domain.states import State
from app.domain.texts import Text
from app.models import Adjudication, Case, CaseStaff, Event, Hearing, MediationSession, User
from app.queries import filters, periods
from app.queries.cases import viewers, visible_to
from app.queries.sight import takes_part

Row: TypeAlias = Hearing | MediationSession

WHOSE = ("mine", "unit")
LASTS = timedelta(hours=2)  # how long a meeting is taken to last before its end is known
REMEMBERED = timedelta(days=180)  # how far back somebody's own calendar goes
DID_NOT_TAKE_PLACE = (HearingResult.PUT_OFF.value, SessionResult.CANCELLED.value)
TOLD = {
    "hearing": ("hearing_scheduled", "hearing_held", "hearing_put_off"),
    "session": ("session_scheduled", "session_held", "session_cancelled"),
}


class Standing(Enum):
    """What became of a meeting: it lies ahead, its result is waited for, it was held, or it does not take place."""

    AHEAD = "ahead"
    WAITING = "waiting"
    HELD = "held"
    SUSPENDED = "suspended"  # the case stands still
    PUT_OFF = "put_off"
    DROPPED = "dropped"  # the case ended before its time
    UNRECORDED = "unrecorded"  # the case ended after its time, and nothing was written down


CALLED_OFF = (Standing.PUT_OFF, Standing.DROPPED)
PENDING = (Standing.AHEAD, Standing.WAITING)


@dataclass(frozen=True, slots=True)
class Clash:
    """Somebody who is expected elsewhere at the same time: who, and where."""

    user_id: int
    name: str
    number: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Meeting:
    """A hearing or a session: when, where, what became of it, when it is held instead, who cannot be there."""

    kind: str
    id: int
    place: int
    case: Case
    at: datetime
    until: datetime
    venue: str
    online: bool
    closed: bool
    result: str
    standing: Standing
    moved_to: datetime | None = None
    clashes: tuple[Clash, ...] = ()

    @property
    def day(self) -> date:
        """The day on which it is, in Asia/Shanghai."""
        return self.at.astimezone(clock.ZONE).date()

    @property
    def called_off(self) -> bool:
        """Say whether it does not take place, or did not."""
        return self.standing in CALLED_OFF

    @property
    def is_pending(self) -> bool:
        """Say whether it lies ahead, or its result is waited for."""
        return self.standing in PENDING


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the month with its meetings; ``label`` says why it is (not) a working day where one would ask."""

    on: date
    inside: bool
    working: bool
    label: Text | None
    meetings: Sequence[Meeting] = ()


@dataclass(frozen=True, slots=True)
class Month:
    """A month in weeks that begin with Monday; ``provisional`` where the days off of its year are not published yet."""

    first: date
    weeks: list[list[Day]]
    total: int
    provisional: bool
    before: date | None
    after: date | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which month somebody wants to see, and whether only what they take part in; empty: what they see first."""

    month: date
    whose: str = ""

    def query(self, month: date | None = None) -> dict[str, str]:
        """Return this as the parameters of an address, for another month where one is given."""
        values = {"month": f"{month or self.month:%Y-%m}", "whose": self.whose}
        return {name: value for name, value in values.items() if value}


def wanted_from(values: Any) -> Wanted:
    """Read what is wanted from the parameters of an address. Raises ``RuleBroken`` naming what cannot be read."""
    return Wanted(
        month=filters.month(values.get("month"), "month", clock.today()),
        whose=filters.one_of(values.get("whose"), WHOSE, "", "whose", "没有这一范围"),
    )


def sees_the_units(user: User) -> bool:
    """Say whether this person sees the cases of a unit, or of all, and not only those they take part in."""
    return user.is_official and any(
        who.everywhere or (who.units or who.dispute_units) is not None for who in viewers(user)
    )


def may_choose(user: User) -> bool:
    """Say whether what this person takes part in and what they may see can differ."""
    return sees_the_units(user) and policy.has_seats(user, None)


def month(session: Session, user: User, wanted: Wanted) -> Month:
    """Return the month as ``user`` sees it."""
    calendar, first = periods.calendar_of(session), wanted.month
    days = list(Weeks().itermonthdates(first.year, first.month))
    after = (first + timedelta(days=31)).replace(day=1)
    found = between(session, user, wanted.whose, _midnight(first), _midnight(after))
    on: dict[date, list[Meeting]] = defaultdict(list)
    for one in found:
        on[one.day].append(one)
    shown = [_day(calendar, day, first, on) for day in days]
    return Month(
        first=first,
        weeks=[shown[n : n + 7] for n in range(0, len(shown), 7)],
        total=len(found),
        provisional=not all(calendar.known(day.on) for day in shown if day.inside),
        before=_if_shown(first - timedelta(days=1)),
        after=_if_shown(after),
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.ZONE)


def _if_shown(day: date) -> date | None:
    return day.replace(day=1) if 2000 <= day.year < 2100 else None


def _day(calendar: Calendar, day: date, first: date, on: Mapping[date, Sequence[Meeting]]) -> Day:
    inside = (day.year, day.month) == (first.year, first.month)
    label = None if calendar.is_plain(day) else calendar.label(day)
    return Day(day, inside, calendar.is_working(day), label, on.get(day, ()) if inside else ())


def of_ones_own(session: Session, user: User, whose: str) -> list[Meeting]:
    """Return what somebody's own calendar holds: of half a year back, and all that lies ahead."""
    return between(session, user, whose, clock.now() - REMEMBERED, None)


def between(session: Session, user: User, whose: str, since: datetime, until: datetime | None) -> list[Meeting]:
    """Return the meetings of this time that ``user`` may see, in order, with the clashes among them."""
    seen = _seen_by(user, whose)
    rows = _of(session, Hearing, seen, since, until) + _of(session, MediationSession, seen, since, until)
    later = _later(session, [row for row, _ in rows if row.result in DID_NOT_TAKE_PLACE])
    meetings = [_meeting(row, case, later) for row, case in rows]
    return sorted(_with_clashes(meetings, user), key=lambda one: (one.at, one.case.id, one.kind, one.place))


# What a calendar does not tell, some of it encrypted.
_LEFT_OUT: Mapping[type[Row], tuple[Any, ...]] = {
    Hearing: (Hearing.replies, Hearing.script, Hearing.signed, Hearing.reschedules, Hearing.closed_because),
    MediationSession: (MediationSession.record,),
}


def _of(
    session: Session, table: type[Row], seen: ColumnElement[bool], since: datetime, until: datetime | None
) -> list[tuple[Row, Case]]:
    within = table.at >= since if until is None else and_(table.at >= since, table.at < until)
    found = (
        select(table, Case)
        .join(Case, Case.id == table.case_id)
        .where(within, seen)
        .options(*(defer(column) for column in _LEFT_OUT[table]), selectinload(Case.staff))
        .options(joinedload(Case.adjudication).joinedload(Adjudication.recorder))
    )
    rows: Iterable[Any] = session.execute(found)
    return [(row, case) for row, case in rows]


def _seen_by(user: User, whose: str) -> ColumnElement[bool]:
    """Return the condition on ``Case``: what an official takes part in, or all they may see; a party until it left."""
    if not user.is_official:
        return and_(visible_to(user), takes_part(user, Case.id))
    if sees_the_units(user) and whose != "mine":
        return visible_to(user)
    people = [user.id, *(absent.id for absent in policy.stands_in_for(user))]
    seats = select(CaseStaff.case_id).where(CaseStaff.user_id.in_(people), CaseStaff.until.is_(None))
    records = select(Adjudication.case_id).where(Adjudication.recorder_id.in_(people))
    return and_(visible_to(user), or_(Case.id.in_(seats), Case.id.in_(records)))


def _meeting(row: Row, case: Case, later: Mapping[tuple[str, int], Sequence[tuple[int, datetime]]]) -> Meeting:
    hearing = isinstance(row, Hearing)
    kind = "hearing" if hearing else "session"
    after = (at for place, at in later.get((kind, case.id), ()) if place > row.place)
    return Meeting(
        kind=kind,
        id=row.id,
        place=row.place,
        case=case,
        at=row.at,
        until=(row.ended if isinstance(row, Hearing) else None) or row.at + LASTS,
        venue=row.venue,
        online=row.online,
        closed=row.closed if isinstance(row, Hearing) else True,  # a mediation is never public
        result=row.result or "",
        standing=_standing(row, case),
        moved_to=next(after, None) if row.result in DID_NOT_TAKE_PLACE else None,
    )


def _standing(row: Row, case: Case) -> Standing:
    if row.result is not None:
        return Standing.PUT_OFF if row.result in DID_NOT_TAKE_PLACE else Standing.HELD
    if case.closed_at is not None:
        return Standing.DROPPED if row.at > case.closed_at else Standing.UNRECORDED
    if case.state == State.SUSPENDED:
        return Standing.SUSPENDED
    return Standing.WAITING if row.at <= clock.now() else Standing.AHEAD


def _later(session: Session, put_off: Iterable[Row]) -> dict[tuple[str, int], list[tuple[int, datetime]]]:
    """Return by kind and case the place and time of all its meetings, in order, where one was put off."""
    found: dict[tuple[str, int], list[tuple[int, datetime]]] = defaultdict(list)
    cases = {row.case_id for row in put_off}
    for kind, table in (("hearing", Hearing), ("session", MediationSession)) if cases else ():
        rows = select(table.case_id, table.place, table.at).where(table.case_id.in_(cases)).order_by(table.place)
        for case_id, place, at in session.execute(rows):
            found[kind, case_id].append((place, at))
    return found


def _with_clashes(meetings: Sequence[Meeting], user: User) -> list[Meeting]:
    """Return the meetings, each with who of it is expected at another one of them at the same time."""
    clashes: dict[tuple[str, int], list[Clash]] = defaultdict(list)
    due = [one for one in meetings if one.is_pending and one.until > clock.now()]
    people = {(one.kind, one.id): _people(one, user) for one in due}
    for one, other in combinations(due, 2):
        if one.at < other.until and other.at < one.until:
            mine, theirs = people[one.kind, one.id], people[other.kind, other.id]
            for user_id in mine.keys() & theirs.keys():
                name = mine[user_id]
                clashes[one.kind, one.id].append(Clash(user_id, name, other.case.number, other.at))
                clashes[other.kind, other.id].append(Clash(user_id, name, one.case.number, one.at))
    return [replace(one, clashes=tuple(clashes[one.kind, one.id])) for one in meetings]


def _people(one: Meeting, user: User) -> dict[int, str]:
    """Return who is expected, by id: of the office for an official; for somebody outside they themselves."""
    if not user.is_official:
        return {user.id: user.name}
    seats = [s for s in one.case.staff if s.until is None and not s.resting and s.role in SEATED]
    found = {seat.user_id: seat.user.name for seat in seats}
    row = one.case.adjudication if one.kind == "hearing" else None
    if row is not None and row.recorder is not None:
        found[row.recorder.id] = row.recorder.name
    return found


# -- when something was last changed -----------------------------------------------------------------------------------


def changes(session: Session, meetings: Iterable[Meeting]) -> dict[tuple[str, int], list[datetime]]:
    """Return by kind and id when each was fixed and when something became of it, in order."""
    by_place = {(one.kind, one.case.id, one.place): one for one in meetings}
    kind_of = {told: kind for kind, all_told in TOLD.items() for told in all_told}
    found: dict[tuple[str, int], list[datetime]] = {(one.kind, one.id): [] for one in by_place.values()}
    told = (
        select(Event.kind, Event.case_id, Event.data, Event.at)
        .where(Event.case_id.in_({case_id for _, case_id, _ in by_place}), Event.kind.in_(kind_of))
        .order_by(Event.case_id, Event.seq)
    )
    for row in session.execute(told) if by_place else ():
        one = by_place.get((kind_of[row.kind], row.case_id, row.data["place"]))
        if one is not None:
            found[one.kind, one.id].append(row.at)
    for one in by_place.values():
        own = found[one.kind, one.id]
        own[:] = own or [one.case.opened_at]
        if one.standing is Standing.DROPPED and one.case.closed_at is not None:
            own.append(one.case.closed_at)
    return found
