"""The internal form on which the end of a case is approved (D35): by a decision, a cancellation or an agreement."""

from __future__ import annotations

from datetime import date

from app.models import User
from app.services import papers
from app.services.acting import Acting

NOBODY: tuple[str, User | None, date | None] = ("", None, None)


def approve(
    acting: Acting,
    *,
    summary: str,
    panel_opinion: str,
    opinion: str,
    section: tuple[str, User | None, date | None] = NOBODY,
) -> None:
    """Make the form with what the head of the department says; ``section``: what its section head said, who, when."""
    assert acting.by is not None
    said, head, on = section
    papers.issue(
        acting,
        "closing_approval_form",
        seen_by="office",
        summary=summary,
        panel_opinion=panel_opinion,
        section_opinion=said,
        section_head=head.name if head else "",
        reviewed_on=on.isoformat() if on else "",
        director_opinion=opinion,
        director=acting.by.name,
        decided_on=acting.today.isoformat(),
    )
