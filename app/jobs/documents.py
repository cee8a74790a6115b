"""Issued papers that have no file yet: rendered after the commit of the act, once, and served on whom they reach by that."""

from __future__ import annotations

import logging
from collections.abc import Collection

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from app.documents import letters, pages
from app.domain.errors import Stale
from app.jobs import incidents
from app.models import Document
from app.services import papers, serving
from app.services.changing import changing
from app.services.looking import looking

log = logging.getLogger(__name__)


def due(session: Session, limit: int) -> list[int]:
    """Return papers to render now, the newest first: somebody waits for what was just issued, nobody for a bulk load.

    One that failed is left alone until its next try.
    """
    with looking(session):
        return incidents.due(
            lambda without: _unrendered(session, without, limit), lambda: incidents.resting(session, "render")
        )


def _unrendered(session: Session, without: Collection[int], limit: int) -> list[int]:
    rows = select(Document.id).where(Document.issued == true(), Document.file_id.is_(None))
    if without:
        rows = rows.where(Document.id.not_in(without))
    return list(session.scalars(rows.order_by(Document.id.desc()).limit(limit)))


def do(session: Session, document_id: int) -> bool:
    """Render one paper; ``False`` where it is rendered already, or where it broke.

    Setting a paper takes a while: it happens between two transactions, so that nobody waits for it. Two who set the
    same paper make the same bytes, and the second finds it kept.
    """
    try:
        with looking(session):
            wanted = papers.to_render(session, document_id)
        if wanted is None:
            return False
        data = letters.render(*wanted)
        number = pages.count(data)
        with changing(session):
            kept = serving.keep_and_serve(session, document_id, data, number)
            incidents.settle(session, "render", document_id)
    except Stale:
        return False
    except Exception as error:
        log.exception("document %s was not rendered", document_id)
        incidents.remember(session, "render", document_id, error=error, case_id=_case_of(session, document_id))
        return False
    return kept is not None


def _case_of(session: Session, document_id: int) -> int | None:
    with looking(session):
        return session.scalar(select(Document.case_id).where(Document.id == document_id))


def render(session: Session, document_id: int, **_by: object) -> None:
    """Render one paper within somebody else's transaction: what an administrator's retry does."""
    serving.make(session, document_id)
