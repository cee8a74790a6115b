"""Who is meant, and the rows of the outbox: one select for the people, one insert for all their messages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, insert, literal, or_, select, union_all
from sqlalchemy.orm import Session

from app import clock
from app.models import Agent, Membership, MessageOutbox, Party, User, proven


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to write to: over which channels, and for which of the parties asked for (``None``: in person)."""

    id: int
    channels: tuple[str, ...]
    party_id: int | None


def reached(
    session: Session,
    *,
    users: Iterable[int | None] = (),
    parties: Iterable[int] = (),
    roles: Iterable[tuple[str, int | None]] = (),
    queue: bool = False,
) -> list[Person]:
    """Return the people with an account who are meant, in one statement; nobody who has left the office.

    ``users`` by id; for each of ``parties`` for which the case exists yet everybody of its organisation and its agents;
    everybody who holds one of ``roles`` (role, unit). Somebody who is meant twice comes twice; ``write`` still tells
    them once. With ``queue`` the message is about what waits for several people, which nobody gets beside the in-app
    message unasked.
    """
    sources = _sources([u for u in users if u is not None], list(parties), list(roles))
    if not sources:
        return []
    meant = union_all(*sources).subquery()
    rows = session.execute(
        select(User.id, User.channels, User.email, User.phone.is_not(None), meant.c.party_id)
        .join(meant, meant.c.user_id == User.id)
        .where(User.active)
        .order_by(User.id, meant.c.party_id)
    )
    return [
        Person(id_, _channels(chosen, has_email=email != "", has_phone=phone, queue=queue), party_id)
        for id_, chosen, email, phone, party_id in rows
    ]


_IN_PERSON = literal(None, Party.id.type).label("party_id")


def _sources(users: list[int], parties: list[int], roles: list[tuple[str, int | None]]) -> list[Select[Any, Any]]:
    sources: list[Select[Any, Any]] = []
    if users:
        sources.append(select(User.id.label("user_id"), _IN_PERSON).where(User.id.in_(users)))
    if parties:
        sources.append(
            select(Membership.user_id.label("user_id"), Party.id.label("party_id"))
            .join(Party, Party.organization_id == Membership.organization_id)
            .where(Party.id.in_(parties), Party.sees, proven(Membership.user_id))
        )
        sources.append(
            select(Agent.user_id.label("user_id"), Agent.party_id.label("party_id"))
            .join(Party, Party.id == Agent.party_id)
            .where(Party.id.in_(parties), Party.sees, Agent.until.is_(None), Agent.user_id.is_not(None))
        )
    if roles:
        held = or_(*(and_(Membership.role == role, Membership.unit_id == unit) for role, unit in roles))
        sources.append(select(Membership.user_id.label("user_id"), _IN_PERSON).where(held))
    return sources


def _channels(chosen: list[str], *, has_email: bool, has_phone: bool, queue: bool) -> tuple[str, ...]:
    if queue:
        return ("in_app", "email") if has_email and "queue_email" in chosen else ("in_app",)
    wanted = {"email": has_email, "sms": has_phone}
    return ("in_app", *(name for name, possible in wanted.items() if possible and name in chosen))


def write(
    session: Session,
    kind: str,
    people: Iterable[Person],
    facts: Mapping[str, Any],
    *,
    case_id: int | None = None,
    task_id: int | None = None,
    link: str = "",
) -> None:
    """Put message ``kind`` into the outbox, for each person once and for each of their channels; nothing is sent yet.

    ``facts`` are plain values (words, numbers, ISO dates); where ``x_en`` stands beside ``x``, English readers get it.
    """
    now = clock.now()
    rows = [
        {
            "kind": kind,
            "channel": channel,
            "user_id": person.id,
            "case_id": case_id,
            "task_id": task_id,
            "link": link,
            "facts": dict(facts),
            "created_at": now,
            "state": "delivered" if channel == "in_app" else "waiting",
            "delivered_at": now if channel == "in_app" else None,
            "next_try_at": None if channel == "in_app" else now,
            "tries": 0,
            "error": "",
        }
        for person in {p.id: p for p in people}.values()
        for channel in person.channels
    ]
    if rows:
        session.execute(insert(MessageOutbox).execution_options(render_nulls=True), rows)


def write_out(
    session: Session, kind: str, *, name: str, email: str, language: str, facts: Mapping[str, Any], link: str = ""
) -> None:
    """Put message ``kind`` into the outbox for somebody who has no account; it goes to this e-mail address."""
    now = clock.now()
    stranger = {"name": name, "email": email, "language": language}
    session.add(
        MessageOutbox(
            kind=kind,
            channel="email",
            stranger=stranger,
            link=link,
            facts=dict(facts),
            created_at=now,
            next_try_at=now,
        )
    )
