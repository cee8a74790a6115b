"""Notices whose period is over: closed one by one, with what follows for their subject."""

from __future__ import annotations

import logging

from sqlalchemy.orm import Session

from app.domain.errors import Stale
from app.jobs import incidents
from app.queries import notices as queries
from app.services import notices
from app.services.changing import changing
from app.services.looking import looking

log = logging.getLogger(__name__)

CLOSE = "close_notice"


def due(session: Session, limit: int) -> list[int]:
    """Return notices to close now. One that broke waits for an administrator; it holds up no other."""
    with looking(session):
        return incidents.due(
            lambda without: queries.due(session, without, limit), lambda: incidents.stuck(session, CLOSE)
        )


def do(session: Session, notice_id: int) -> bool:
    """Close one notice; ``False`` where another job has done it, or where it broke."""
    try:
        with changing(session):
            return notices.close_over(session, notice_id)
    except Stale:  # somebody had the database longer than one waits; the next look finds it again
        return False
    except Exception as error:
        log.exception("notice %s was not closed", notice_id)
        incidents.remember(session, CLOSE, notice_id, error=error)
        return False
