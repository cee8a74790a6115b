"""How far somebody sees into a case: an official all of it, a party until it left, and of what is to do its own part.

Every list, page, answer and picture of a case asks here, so that none of them tells a party more than the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import groupby

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from app import policy
from app.domain.events import KINDS, state_after
from app.models import Agent, Case, Document, Event, Membership, Party, Task, User, proven
from app.queries.viewers import Viewer, viewer

EVER = datetime.max.replace(tzinfo=UTC)


def speaks_for(who: Viewer) -> ColumnElement[bool]:
    """Return the condition on ``Party`` that this person is told of the case through it (in policy: ``parties_of``)."""
    as_agent = exists().where(Agent.party_id == Party.id, Agent.user_id == who.id, Agent.until.is_(None))
    known = who.organizations is not None
    own = and_(Party.organization_id.in_(who.organizations), proven(who.id)) if known else false()
    return and_(Party.sees, or_(own, as_agent))


def has_account() -> ColumnElement[bool]:
    """Return the condition on ``Party`` that somebody has an account which is known to be its own."""
    return exists().where(
        Membership.organization_id == Party.organization_id,
        Membership.user_id == User.id,
        User.active,
        proven(Membership.user_id),
    )


def takes_part(user: User, case_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Return the condition that nothing of the case is over for this person: an official, or a party that has not left."""
    if user.is_official:
        return true()
    return case_id.in_(select(Party.case_id).where(speaks_for(viewer(user)), Party.left_at.is_(None)).correlate(None))


def is_in(user: User, wanted: str) -> ColumnElement[bool]:
    """Return the condition on ``Case`` that it stands in this state as far as this person is told."""
    return and_(Case.state == wanted, or_(Case.closed_at.is_not(None), takes_part(user, Case.id)))


def asked_of(who: Viewer) -> ColumnElement[bool]:
    """Return the condition on ``Task`` that this person may see it in a case of theirs.

    A party sees what it is asked itself; what the office and the other side have to do, and by when, is theirs.
    """
    if who.official:
        return true()
    return Task.party_id.in_(select(Party.id).where(speaks_for(who)).correlate(None))


def horizon(user: User, case: Case) -> datetime:
    """Return until when this person may look: a party that left sees nothing of what came afterwards."""
    own = [] if user.is_official else policy.parties_of(user, case)
    return max((p.left_at or EVER for p in own), default=EVER)


def states(session: Session, user: User, cases: Iterable[Case]) -> dict[int, str]:
    """Return where each of the cases stands as far as this person is told, by its id.

    For a party that has left, an open case stands where it stood then; that a case is closed everybody in it is told.
    """
    found = {c.id: c.state for c in cases}
    running = [c.id for c in cases if c.is_open]
    if user.is_official or not running:
        return found
    left = (
        select(Party.case_id, func.max(Party.left_at).label("until"))
        .where(Party.case_id.in_(running), speaks_for(viewer(user)))
        .group_by(Party.case_id)
        .having(func.count(Party.left_at) == func.count(Party.id))
        .subquery()
    )
    rows = session.execute(
        select(Event.case_id, Event.kind, Event.data)
        .join(left, and_(left.c.case_id == Event.case_id, Event.at <= left.c.until))
        .order_by(Event.case_id, Event.seq)
    )
    for case_id, history in groupby(rows, key=lambda row: row.case_id):
        found[case_id] = state_after((row.kind, row.data) for row in history) or found[case_id]
    return found


def state(session: Session, user: User, case: Case) -> str:
    """Return where one case stands as far as this person is told."""
    return states(session, user, [case])[case.id]


def own_papers(user: User, case: Case) -> ColumnElement[bool]:
    """Return the condition on ``Document`` that a paper kept from others is this person's to read.

    What one party handed in for the office alone officials read too. What was made for a party alone, such as the draft of
    a request it has not filed, is no paper of the office yet, and nobody reads it but that party. What the panel says among
    itself its members read alone (order 81, art. 25).
    """
    if user.is_official:
        read = or_(Document.seen_by != "party", Document.issued.is_(False))
        return read if policy.sits_on_the_panel(user, case) else and_(read, Document.seen_by != "panel")
    own_request = and_(Document.kind == "investigation_request", Document.made_by_id == user.id)
    return or_(
        Document.seen_by == "all", own_request, Document.party_id.in_([p.id for p in policy.parties_of(user, case)])
    )


def tells_of(user: User, case: Case, event: Event) -> bool:
    """Say whether this person is told of the event: what a party does for itself is told to its own side alone."""
    seen_by = KINDS[event.kind].seen_by
    if seen_by == "party":
        own = {p.name for p in policy.parties_of(user, case)}
        return not user.is_official and (event.by_id == user.id or event.data["party"] in own)
    if seen_by == "panel":
        return policy.sits_on_the_panel(user, case)
    return user.is_official or seen_by == "all"


def stance(party: Party, until: datetime) -> str | None:
    """Return what ``party`` is known to have answered to whoever looks on until then."""
    return party.stance if until == EVER or (party.left_at is not None and party.left_at <= until) else None
