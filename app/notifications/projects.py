"""Messages about calls for projects: to the members that a call is for, and to who is there for them (M09)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Membership, ProjectCall, RosterMember
from app.notifications.outbox import reached, write


def project_call_published(session: Session, call: ProjectCall, members: Iterable[RosterMember]) -> None:
    """Tell the people of ``members`` that there is a call for them, and until when; and their liaisons, for how many."""
    rows = list(members)
    facts = {"title": call.title, "due": call.closes_on.isoformat()}
    theirs = select(Membership.user_id).where(Membership.organization_id.in_([one.organization_id for one in rows]))
    people = reached(session, users=session.scalars(theirs))
    write(session, "project_call_published", people, facts, link="/projects")
    for liaison_id, count in Counter(one.liaison_id for one in rows if one.liaison_id).items():
        liaison = reached(session, users=[liaison_id])
        write(session, "project_call_open", liaison, {**facts, "count": count}, link=f"/roster/projects/{call.id}")
