"""Subscribing to policies by topic."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app import clock
from app.domain.policies import Topic
from app.models import PolicySubscription, User
from app.queries import published_policies as queries


def choose(session: Session, topics: Iterable[Topic], *, by: User) -> None:
    """Let somebody hear of new policies on these topics and of no others."""
    wanted = {topic.value for topic in topics}
    session.refresh(by, with_for_update=True)  # one form after the other
    before = set(queries.topics_of(session, by))
    gone = delete(PolicySubscription).where(PolicySubscription.user_id == by.id)
    session.execute(gone.where(PolicySubscription.topic.in_(before - wanted)))
    now = clock.now()
    session.add_all(PolicySubscription(user_id=by.id, topic=topic, since=now) for topic in sorted(wanted - before))
