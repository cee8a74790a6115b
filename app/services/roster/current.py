"""The nomination or review that an act is about, and what belongs to it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.domain.roster.criteria import Criteria
from app.models import Nomination, Party, RosterBatch, RosterReview, RosterScore
from app.queries import roster_criteria
from app.services.acting import Acting


def nomination(acting: Acting) -> Nomination:
    """Return the nomination of the case in hand."""
    return acting.session.get_one(Nomination, acting.case.id)


def review(acting: Acting) -> RosterReview:
    """Return the review of the case in hand."""
    return acting.session.get_one(RosterReview, acting.case.id)


def unit(acting: Acting) -> Party:
    """Return the unit whose case it is."""
    return acting.case.parties[0]


def criteria(batch: RosterBatch) -> Criteria:
    """Return the criteria of a published batch."""
    if batch.criteria is None:
        raise LookupError(f"batch {batch.id} has no criteria yet")
    return roster_criteria.said_by(batch.criteria)


def scores(acting: Acting) -> Sequence[RosterScore]:
    """Return the scores that count: those of the evaluators who are in the case now."""
    acting.session.flush()  # the last one has just come in
    rows = select(RosterScore).where(RosterScore.case_id == acting.case.id).order_by(RosterScore.id)
    return acting.session.scalars(rows).all()
