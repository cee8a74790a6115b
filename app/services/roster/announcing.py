"""What a batch of the roster comes to, by what it is about: an intake chooses units, a review decides on members."""

from __future__ import annotations

from typing import Protocol

from sqlalchemy.orm import Session

from app.domain.notices import Subject
from app.domain.roster.batches import BatchKind, BatchPhase
from app.models import Notice, RosterBatch, User
from app.services import notices
from app.services.notices import Closed, Upheld
from app.services.roster import batches, choosing, reviewing


def publish(session: Session, batch: RosterBatch, *, by: User, address: str = "") -> None:
    """Publish a batch; one of reviews opens the review of the year for every member that has none yet."""
    batches.publish(session, batch, by=by, address=address)
    if batch.kind == BatchKind.REVIEW:
        reviewing.open_year(session, batch, by=by)


def announce(session: Session, batch: RosterBatch, *, by: User) -> Notice | None:
    """Announce the shortlist of an intake, or what is proposed for the members of a review."""
    return _of(batch).announce(session, batch, by=by)


def take_out(session: Session, batch: RosterBatch, case_id: int, *, reason: str, by: User) -> None:
    """Take one line out of an announced batch, with the reason."""
    _of(batch).take_out(session, batch, case_id, reason=reason, by=by)


def conclude(session: Session, batch: RosterBatch, *, by: User) -> None:
    """Decide on what was announced: let units in, or keep, warn and remove members."""
    _of(batch).conclude(session, batch, by=by)


class _Way(Protocol):
    """How one kind of batch goes on."""

    def announce(self, session: Session, batch: RosterBatch, *, by: User) -> Notice | None: ...
    def take_out(self, session: Session, batch: RosterBatch, case_id: int, *, reason: str, by: User) -> None: ...
    def object_to(self, session: Session, batch: RosterBatch, case_id: int, answer: str, *, by: User) -> None: ...
    def conclude(self, session: Session, batch: RosterBatch, *, by: User) -> None: ...


def _of(batch: RosterBatch) -> _Way:
    return reviewing if batch.kind == BatchKind.REVIEW else choosing


@notices.subject(Subject.ROSTER_BATCH)
def follow(session: Session, notice: Notice, what: Closed | Upheld) -> None:
    """Let a batch be concluded once its notice is over; take out the unit that an objection was upheld against."""
    batch = session.get_one(RosterBatch, notice.subject_id)
    if isinstance(what, Closed):
        batches.take(session, batch, *BatchPhase)
        if batch.phase == BatchPhase.ANNOUNCED:
            batch.phase = BatchPhase.NOTICED.value
        return
    batches.take(session, batch, BatchPhase.ANNOUNCED, BatchPhase.NOTICED)
    _of(batch).object_to(session, batch, int(what.objection.row_key), what.objection.answer, by=what.by)
