"""Batches of the roster: drawn up by whoever keeps it, published by the director, and never changed afterwards."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock, policy
from app.domain.errors import Stale
from app.domain.roster import batches as rules
from app.domain.roster.batches import BatchKind, BatchPhase, Terms
from app.models import RosterBatch, RosterCriteria, User
from app.queries import versions
from app.services import access_log, drawing_up
from app.services.changing import FIRST


def begin(session: Session, terms: Terms, *, by: User) -> RosterBatch:
    """Begin a batch that says ``terms``."""
    policy.check(by, "roster_batch.draw_up")
    rules.refuse_misfits(terms, clock.today())
    batch = RosterBatch(kind=terms.kind.value, made_by_id=by.id, made_at=clock.now())
    _write(batch, terms)
    session.add(batch)
    return batch


def rewrite(session: Session, batch: RosterBatch, terms: Terms, *, by: User) -> None:
    """Let a draft say ``terms``."""
    policy.check(by, "roster_batch.draw_up", batch)
    drawing_up.take_draft(session, batch)
    rules.refuse_misfits(terms, clock.today())
    _write(batch, terms)
    batch.made_by_id, batch.made_at = by.id, clock.now()


def propose(session: Session, batch: RosterBatch, *, by: User) -> None:
    """Hand a draft to whoever publishes it."""
    policy.check(by, "roster_batch.draw_up", batch)
    drawing_up.take_draft(session, batch)
    rules.refuse_misfits(batch.terms, clock.today())
    drawing_up.hand_over(batch, by=by)


def publish(session: Session, batch: RosterBatch, *, by: User, address: str = "") -> None:
    """Publish what was proposed, number it and keep the criteria of its first day; who drew it up does not (four eyes)."""
    policy.check(by, "roster_batch.publish", batch)
    drawing_up.take_proposed(session, batch)
    drawing_up.refuse_own(batch, by)
    rules.refuse_misfits(batch.terms, clock.today())
    batch.criteria_id = versions.in_force(session, RosterCriteria, batch.opens_on).id
    batch.number = (session.scalar(select(func.max(RosterBatch.number))) or 0) + 1
    drawing_up.decide(batch, "published", by=by)
    access_log.record(session, "roster_batch_published", user=by, address=address, number=batch.number)


def send_back(session: Session, batch: RosterBatch, *, by: User) -> None:
    """Give a proposed batch back to be drawn up further."""
    policy.check(by, "roster_batch.publish", batch)
    drawing_up.take_proposed(session, batch)
    batch.proposed_at = None


def discard(session: Session, batch: RosterBatch, *, by: User) -> None:
    """Throw a draft away."""
    policy.check(by, "roster_batch.draw_up", batch)
    drawing_up.take_draft(session, batch)
    drawing_up.decide(batch, "discarded", by=by)


def _write(batch: RosterBatch, terms: Terms) -> None:
    batch.title, batch.opens_on, batch.closes_on, batch.notes = (
        terms.title,
        terms.opens_on,
        terms.closes_on,
        terms.notes,
    )
    batch.places = terms.quota.places if terms.kind is BatchKind.INTAKE else None
    batch.quota = rules.kept_as(terms.quota)


def take(session: Session, batch: RosterBatch, *phases: BatchPhase) -> None:
    """Lock a batch. Raises ``Stale`` where it is not published, or not in one of ``phases`` any more."""
    session.flush()  # what this act has changed is not lost with what is read anew
    session.refresh(batch, with_for_update=True)
    if batch.state != "published" or batch.phase not in phases:
        raise Stale(FIRST)
