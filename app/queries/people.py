"""People: with their powers, for the door; in lists, for those who administer them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, exists, false, func, or_, select
from sqlalchemy.orm import Session, defer, joinedload, selectinload, with_expression
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.sql.base import ExecutableOption

from app import clock
from app.domain.errors import NotFound
from app.domain.roles import SEATED, Role
from app.models import (
    AccessLog,
    ApiToken,
    CalendarFeed,
    Case,
    CaseStaff,
    DeclaredRelation,
    EndedSession,
    Membership,
    OrgUnit,
    SecondFactor,
    Substitute,
    Task,
    User,
)
from app.models.types import UtcDateTime
from app.queries import conflicts

PAGE = 30
LINES = 20


# -- at the door: statements that are built once, because every request asks one of them -------------------------------

_RUNNING = (
    Substitute.ended_at.is_(None),
    Substitute.first <= bindparam("today", type_=Date),
    Substitute.last >= bindparam("today", type_=Date),
)
_PERSON = (
    select(User, exists().where(Substitute.deputy_id == User.id, *_RUNNING))
    .where(User.active)
    .options(
        with_expression(User.tied, conflicts.tied()),
        joinedload(User.memberships),
        *(defer(column) for column in (User.password_hash, User.phone, User.specialities, User.created_at)),
    )
)
_SIGNED_IN = _PERSON.where(
    User.id == bindparam("user_id"),
    User.session_epoch == bindparam("epoch"),
    ~exists().where(EndedSession.mark == bindparam("mark")),
)
_OWNER = _PERSON.join(ApiToken, ApiToken.user_id == User.id).where(
    ApiToken.digest == bindparam("digest"),
    ApiToken.expires_at > bindparam("now", type_=UtcDateTime),
    ApiToken.session_epoch == User.session_epoch,
)
_SUBSCRIBER = _PERSON.join(CalendarFeed, CalendarFeed.user_id == User.id).where(
    CalendarFeed.digest == bindparam("digest"), CalendarFeed.session_epoch == User.session_epoch
)
_STANDING_IN = (
    select(Substitute)
    .where(Substitute.deputy_id == bindparam("user_id"), *_RUNNING)
    .options(joinedload(Substitute.user).joinedload(User.memberships))
    .order_by(Substitute.id)
)


def signed_in(session: Session, user_id: int, epoch: int, mark: str) -> User | None:
    """Return the person of a browser's session, or ``None`` where it was ended or the account is closed."""
    return _with_powers(session, _SIGNED_IN, user_id=user_id, epoch=epoch, mark=mark)


def owner(session: Session, digest: str) -> User | None:
    """Return whose token has this digest, or ``None`` where it is not good (any more)."""
    return _with_powers(session, _OWNER, digest=digest, now=clock.now())


def subscriber(session: Session, digest: str) -> User | None:
    """Return whose calendar feed has this digest, or ``None`` where it is not good (any more)."""
    return _with_powers(session, _SUBSCRIBER, digest=digest)


def _with_powers(session: Session, person: Select[User, bool], **values: Any) -> User | None:
    """Return a person with their roles and ties, in one statement; whoever stands in for somebody today costs another."""
    found = session.execute(person, {**values, "today": clock.today()}).unique().one_or_none()
    if found is None:
        return None
    user, stands_in = found
    absences = session.scalars(_STANDING_IN, {"user_id": user.id, "today": clock.today()}) if stands_in else None
    set_committed_value(user, "standing_in", list(absences.unique()) if absences else [])
    return user


def halfway_in(session: Session, user_id: int, epoch: int) -> User | None:
    """Return the person whose password was right, unless their sessions have been ended or the account closed since."""
    return session.scalar(select(User).where(User.id == user_id, User.session_epoch == epoch, User.active))


def has_second_factor(session: Session, user_id: int) -> bool:
    """Say whether a password alone does not let this person in."""
    on = exists().where(SecondFactor.user_id == user_id, SecondFactor.since.is_not(None))
    return bool(session.scalar(select(on)))


# -- one's own account -------------------------------------------------------------------------------------------------


def colleagues(session: Session, user: User) -> list[User]:
    """Return who can stand in for ``user``: active people with the same role in the same unit."""
    seats = [(m.role, m.unit_id) for m in user.memberships if m.unit_id is not None]
    same = or_(false(), *(and_(Membership.role == role, Membership.unit_id == unit) for role, unit in seats))
    holders = select(Membership.user_id).where(same)
    rows = select(User).where(User.id.in_(holders), User.active, User.id != user.id).order_by(User.name, User.id)
    return list(session.scalars(rows))


def of_ones_units(session: Session, user: User) -> list[User]:
    """Return the active people of the units in which ``user`` works."""
    there = select(Membership.user_id).where(Membership.unit_id.in_(user.unit_ids))
    return list(session.scalars(select(User).where(User.id.in_(there), User.active).order_by(User.name, User.id)))


@dataclass(frozen=True, slots=True)
class Own:
    """What belongs to one's account beside oneself: tokens, who stands in, whom one stands in for, relations."""

    tokens: list[ApiToken]
    absences: list[Substitute]
    standing_in: list[Substitute]
    relations: list[DeclaredRelation]


def own(session: Session, user: User) -> Own:
    """Return what the page of one's own account shows."""
    now, today = clock.now(), clock.today()
    running = (
        select(Substitute).where(Substitute.ended_at.is_(None), Substitute.last >= today).order_by(Substitute.first)
    )
    return Own(
        tokens=list(
            session.scalars(
                select(ApiToken)
                .where(
                    ApiToken.user_id == user.id,
                    ApiToken.expires_at > now,
                    ApiToken.session_epoch == user.session_epoch,
                )
                .order_by(ApiToken.id.desc())
            )
        ),
        absences=list(
            session.scalars(running.where(Substitute.user_id == user.id).options(joinedload(Substitute.deputy)))
        ),
        standing_in=list(
            session.scalars(running.where(Substitute.deputy_id == user.id).options(joinedload(Substitute.user)))
        ),
        relations=list(
            session.scalars(
                select(DeclaredRelation)
                .where(DeclaredRelation.user_id == user.id)
                .options(joinedload(DeclaredRelation.organization))
                .order_by(DeclaredRelation.id)
            )
        ),
    )


def feed_of(session: Session, user: User) -> CalendarFeed | None:
    """Return the calendar feed of this person, if they have one that is good."""
    row = session.get(CalendarFeed, user.id)
    return row if row is not None and row.session_epoch == user.session_epoch else None


# -- administration ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Filter:
    """Which people an administrator wants to see, and after whom the page begins."""

    text: str = ""
    role: str = ""
    unit: int | None = None
    closed: bool = False
    after: int = 0

    def query(self) -> dict[str, str]:
        """Return the filter as the parameters of an address, without what is not set and without the place."""
        values = {"q": self.text, "role": self.role, "unit": str(self.unit or ""), "closed": "1" if self.closed else ""}
        return {name: value for name, value in values.items() if value}


def filter_from(values: Mapping[str, str]) -> Filter:
    """Read a filter from the parameters of an address; what cannot be read is not asked for."""
    return Filter(
        text="".join(c for c in values.get("q", "") if c.isprintable()).strip()[:80],
        role=values.get("role", "") if values.get("role", "") in set(Role) else "",
        unit=_number(values.get("unit")) or None,
        closed=values.get("closed") == "1",
        after=_number(values.get("after")),
    )


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and text.isascii() and len(text) < 10 else 0


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """A page of people, how many there are in all, and after whom the next page begins (``None`` at the end)."""

    items: list[User]
    total: int
    next: int | None


def page(session: Session, wanted: Filter) -> PeoplePage:
    """Return one page of people in the order in which they came, with their roles and units."""
    conditions: list[ColumnElement[bool]] = [User.active.is_(not wanted.closed)]
    if wanted.text:
        fields = (User.name, User.username, User.email)
        conditions.append(or_(*(field.icontains(wanted.text, autoescape=True) for field in fields)))
    if wanted.role or wanted.unit:
        seat = select(Membership.user_id)
        seat = seat.where(Membership.role == wanted.role) if wanted.role else seat
        seat = seat.where(Membership.unit_id == wanted.unit) if wanted.unit else seat
        conditions.append(User.id.in_(seat))
    rows = select(User).where(*conditions, User.id > wanted.after).order_by(User.id).limit(PAGE + 1)
    found = list(session.scalars(rows.options(*_with_seats())))
    total = session.scalar(select(func.count()).select_from(User).where(*conditions)) or 0
    return PeoplePage(found[:PAGE], total, found[PAGE - 1].id if len(found) > PAGE else None)


def _with_seats() -> tuple[ExecutableOption, ...]:
    seats = selectinload(User.memberships)
    return (seats.joinedload(Membership.unit), seats.joinedload(Membership.organization))


def person(session: Session, user_id: int) -> User:
    """Return one person with roles, units and organisations, or raise ``NotFound``."""
    user = session.scalar(select(User).where(User.id == user_id).options(*_with_seats()))
    if user is None:
        raise NotFound("person")
    return user


@dataclass(frozen=True, slots=True)
class Consequences:
    """What closing an account will bring about: tasks that go back to queues, cases somebody has to take over."""

    tasks: int
    mediations: int


def consequences(session: Session, user: User) -> Consequences:
    """Return what would happen if this person's account were closed now."""
    held = select(func.count()).select_from(Task).where(Task.assignee_id == user.id, Task.state == "open")
    mediations = (
        select(func.count())
        .select_from(CaseStaff)
        .join(Case, Case.id == CaseStaff.case_id)
        .where(
            CaseStaff.user_id == user.id,
            CaseStaff.role.in_(SEATED),
            CaseStaff.until.is_(None),
            Case.closed_at.is_(None),
        )
    )
    back = held.where(Task.role.not_in(SEATED), Task.unit_id.is_not(None))
    return Consequences(session.scalar(back) or 0, session.scalar(mediations) or 0)


def access_lines(session: Session, user: User) -> list[AccessLog]:
    """Return what was last written down of a person at the door: logins, failures, what they did there."""
    rows = select(AccessLog).where(AccessLog.user_id == user.id).order_by(AccessLog.id.desc())
    return list(session.scalars(rows.limit(LINES)))


def units(session: Session) -> list[OrgUnit]:
    """Return all units, those in use first."""
    return list(session.scalars(select(OrgUnit).order_by(OrgUnit.active.desc(), OrgUnit.id)))


def unit(session: Session, unit_id: int) -> OrgUnit:
    """Return one unit, or raise ``NotFound``."""
    row = session.get(OrgUnit, unit_id)
    if row is None:
        raise NotFound("unit")
    return row


def liaisons(session: Session) -> list[tuple[int, str]]:
    """Return the liaison officers to choose from."""
    rows = select(User.id, User.name).join(Membership).where(Membership.role == Role.LIAISON, User.active)
    return [(row.id, row.name) for row in session.execute(rows.distinct().order_by(User.id))]
