"""The application that an act is about, and what belongs to it."""

from __future__ import annotations

from app.domain.awards.schedule import Award
from app.models import AwardApplication, Party
from app.queries import award_applications
from app.services.acting import Acting


def application(acting: Acting) -> AwardApplication:
    """Return the application of the case in hand."""
    return acting.session.get_one(AwardApplication, acting.case.id)


def line(acting: Acting, row: AwardApplication) -> Award:
    """Return the line of the schedule that holds for an application: that of the day on which it was made."""
    return award_applications.line_of(acting.session, row)


def applicant(acting: Acting) -> Party:
    """Return who applies."""
    return acting.case.parties[0]
