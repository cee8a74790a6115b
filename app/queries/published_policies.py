"""Policies as anybody reads them, as they are drawn up, and who wants to hear of which topic."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, func, or_, select, type_coerce
from sqlalchemy.orm import Session, selectinload

from app import clock, policy
from app.domain.errors import NotFound
from app.domain.policies import Level, Topic
from app.models import PolicySubscription, PublishedPolicy, StoredFile, User
from app.queries import cursors, filters

PAGE = 20
IN_FORCE, ENDED, ALL = "in_force", "ended", "all"
_PUBLISHED = PublishedPolicy.state == "published"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which policies somebody looks for; those in force unless they say otherwise."""

    text: str = ""
    level: str = ""
    topic: str = ""
    standing: str = IN_FORCE
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of policies, the latest first, the cursor of the next one, and how many there are."""

    items: list[PublishedPolicy]
    next: str
    total: int


def wanted_from(values: Any) -> Wanted:
    """Read what is looked for from the parameters of an address. Raises ``RuleBroken`` naming what cannot be read."""
    return Wanted(
        text=(values.get("text") or "").strip()[:100],
        level=filters.one_of(values.get("level"), set(Level), "", "level", "请从列表中选择"),
        topic=filters.one_of(values.get("topic"), set(Topic), "", "topic", "请从列表中选择"),
        standing=filters.one_of(values.get("standing"), {IN_FORCE, ENDED, ALL}, IN_FORCE, "standing", "请从列表中选择"),
        cursor=(values.get("cursor") or "")[:300],
    )


def page(session: Session, wanted: Wanted) -> Page:
    """Return the published policies that somebody looks for."""
    conditions = [_PUBLISHED, *_narrowed(wanted, clock.today())]
    total = session.scalar(select(func.count()).select_from(PublishedPolicy).where(*conditions))
    rows = select(PublishedPolicy).where(*conditions)
    if wanted.cursor:
        day, last_id = cursors.read(wanted.cursor, date)
        later = and_(PublishedPolicy.issued_on == day, PublishedPolicy.id < last_id)
        rows = rows.where(or_(PublishedPolicy.issued_on < day, later))
    rows = rows.order_by(PublishedPolicy.issued_on.desc(), PublishedPolicy.id.desc()).limit(PAGE + 1)
    found = list(session.scalars(rows))
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(found[:PAGE], cursors.write(last.issued_on, last.id) if last is not None else "", total or 0)


def in_force_on(day: date) -> ColumnElement[bool]:
    """Return the condition on ``PublishedPolicy`` that it holds on ``day``."""
    return and_(
        _PUBLISHED,
        or_(PublishedPolicy.valid_until.is_(None), PublishedPolicy.valid_until >= day),
        or_(PublishedPolicy.ended_on.is_(None), PublishedPolicy.ended_on > day),
    )


def numbered(session: Session, number: int) -> PublishedPolicy:
    """Return a published policy by its number. Raises ``NotFound``."""
    row: PublishedPolicy | None = session.scalar(_with_all().where(PublishedPolicy.number == number, _PUBLISHED))
    if row is None:
        raise NotFound("published_policy")
    return row


def successor(session: Session, row: PublishedPolicy) -> PublishedPolicy | None:
    """Return the policy that stands in the place of this one."""
    return session.scalar(select(PublishedPolicy).where(PublishedPolicy.replaces_id == row.id, _PUBLISHED))


def file_of(row: PublishedPolicy, file_id: int) -> StoredFile:
    """Return a file of a policy. Raises ``NotFound``."""
    found = next((file for file in row.files if file.id == file_id), None)
    if found is None:
        raise NotFound("file")
    return found


def for_staff(session: Session) -> list[PublishedPolicy]:
    """Return every policy that was not thrown away, drafts first, then the newest."""
    rows = select(PublishedPolicy).where(PublishedPolicy.state != "discarded")
    return list(session.scalars(rows.order_by(PublishedPolicy.state, PublishedPolicy.id.desc())))


def policy_for(session: Session, user: User, policy_id: int) -> PublishedPolicy:
    """Return a policy, drafts too, for whoever has to do with the programme. Raises ``NotFound``."""
    row: PublishedPolicy | None = None
    if policy.has_to_do_with_the_programme(user, None):
        row = session.scalar(_with_all().where(PublishedPolicy.id == policy_id))
    if row is None or row.state == "discarded":
        raise NotFound("published_policy")
    return row


def replaceable(session: Session) -> list[PublishedPolicy]:
    """Return the published policies in whose place another may come, the latest first."""
    rows = select(PublishedPolicy).where(_PUBLISHED, PublishedPolicy.ending.is_(None))
    return list(session.scalars(rows.order_by(PublishedPolicy.issued_on.desc(), PublishedPolicy.id.desc())))


def topics_of(session: Session, user: User) -> list[str]:
    """Return the topics to which somebody subscribes, in the order of the list."""
    rows = select(PolicySubscription.topic).where(PolicySubscription.user_id == user.id)
    chosen = set(session.scalars(rows))
    return [one.value for one in Topic if one in chosen]


def subscribers(session: Session, topics: Iterable[str]) -> list[int]:
    """Return who subscribes to any of these topics, each once."""
    rows = select(PolicySubscription.user_id).where(PolicySubscription.topic.in_(list(topics))).distinct()
    return list(session.scalars(rows))


def _narrowed(wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.text:
        columns = (
            PublishedPolicy.title,
            PublishedPolicy.document_number,
            PublishedPolicy.issuer,
            PublishedPolicy.summary,
        )
        found.append(or_(*(column.contains(wanted.text, autoescape=True) for column in columns)))
    if wanted.level:
        found.append(PublishedPolicy.level == wanted.level)
    if wanted.topic:
        found.append(type_coerce(PublishedPolicy.topics, Text).contains(f'"{wanted.topic}"'))
    if wanted.standing != ALL:
        holds = in_force_on(today)
        found.append(holds if wanted.standing == IN_FORCE else ~holds)
    return found


def _with_all() -> Select[Any]:
    """Load beside the row, not in its select: it may be locked afterwards."""
    return select(PublishedPolicy).options(
        selectinload(PublishedPolicy.made_by),
        selectinload(PublishedPolicy.decided_by),
        selectinload(PublishedPolicy.ended_by),
        selectinload(PublishedPolicy.replaces),
        selectinload(PublishedPolicy.districts),
        selectinload(PublishedPolicy.files),
    )
