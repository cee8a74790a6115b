"""Messages about policies: to whoever subscribes to a topic, and to the units of the roster to which one is pushed."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.models import AwardCall, PublishedPolicy
from app.notifications.outbox import reached, write


def policy_published(session: Session, policy: PublishedPolicy, users: Iterable[int]) -> None:
    """Tell whoever subscribes to one of its topics that there is a policy."""
    people = reached(session, users=users)
    write(session, "policy_published", people, _facts(policy), link=f"/policies/{policy.number}")


def policy_pushed(session: Session, pushed: PublishedPolicy | AwardCall, users: Iterable[int]) -> None:
    """Tell the people of the units to which something was pushed; the receipt is given where it is read."""
    write(session, "policy_pushed", reached(session, users=users), _facts(pushed), link="/policies/received")


def _facts(pushed: PublishedPolicy | AwardCall) -> dict[str, str]:
    return {"title": pushed.title, "due": pushed.closes_on.isoformat() if pushed.closes_on else ""}
