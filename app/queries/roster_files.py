"""What stands beside a case of the roster: the nomination, or the yearly review."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.domain.families import Family, family_of
from app.models import Case, User
from app.queries.roster_batches import NominationFile, nomination_file
from app.queries.roster_reviews import ReviewFile, review_file

RosterFile = NominationFile | ReviewFile


def roster_file(session: Session, user: User, case: Case) -> RosterFile | None:
    """Return what is known of the matter of a case of the roster, as far as somebody may know it."""
    if family_of(case.kind) is not Family.ROSTER:
        return None
    return nomination_file(session, user, case) or review_file(session, user, case)
