"""What bars a member of the roster: its review is opened, once."""

from __future__ import annotations

import logging

from sqlalchemy.orm import Session

from app import clock
from app.jobs import incidents
from app.queries import roster_reviews
from app.services.changing import changing
from app.services.looking import looking
from app.services.roster import barring

log = logging.getLogger(__name__)


def due(session: Session, limit: int) -> list[int]:
    """Return bars of members to look at now; one that failed is left alone until its next try."""
    with looking(session):
        found = roster_reviews.to_look_at(session, clock.today())
        resting = set(incidents.resting(session, "roster_bar")) if found else set()
        return [one for one in found if one not in resting][:limit]


def do(session: Session, bar_id: int) -> bool:
    """Look at one bar; ``False`` where there is nothing to do any more, or where it broke."""
    try:
        with changing(session):
            done = barring.look(session, bar_id)
            incidents.settle(session, "roster_bar", bar_id)
    except Exception as error:
        log.exception("the bar %s of a member was not looked at", bar_id)
        incidents.remember(session, "roster_bar", bar_id, error=error)
        return False
    return done
