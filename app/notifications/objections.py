"""Messages to somebody who objected to a notice: by e-mail, where they gave an address; they need no account."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.domain.notices import ObjectionState
from app.models import Objection
from app.notifications.outbox import write_out

LOOK_UP = "/progress"


def objection_received(session: Session, objection: Objection) -> None:
    """Tell who objected under which number, so that they can look it up."""
    _write(session, "objection_received", objection)


def objection_moved(session: Session, objection: Objection) -> None:
    """Tell who objected where it stands now; why is read where it is looked up, by who knows number and phone."""
    _write(session, "objection_moved", objection)


def _write(session: Session, kind: str, objection: Objection) -> None:
    if not objection.email:
        return
    facts = {
        "number": objection.receipt_number,
        "title": objection.notice.title,
        "title_en": objection.notice.title_en,
        "outcome": ObjectionState(objection.state).label,
    }
    name, language = objection.contact or objection.name, objection.language
    write_out(session, kind, name=name, email=objection.email, language=language, facts=facts, link=LOOK_UP)
