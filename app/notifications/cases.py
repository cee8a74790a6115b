"""Messages about a case: its papers, its sessions, its mediator, its end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from app.domain.states import State
from app.models import Case, Document, Hearing, MediationSession, Party, User
from app.notifications.outbox import reached, write


def case_closed(session: Session, case: Case) -> None:
    """Tell the parties and the officials in the case that it is closed, and how."""
    outcome = next((s.label for s in State if s == case.outcome), case.outcome or "")
    people = reached(session, users=_officials(case), parties=[p.id for p in case.parties])
    write(session, "case_closed", people, {**case_facts(case), "outcome": outcome}, case_id=case.id, link=_link(case))


def document_issued(session: Session, document: Document, parties: Iterable[Party]) -> None:
    """Tell the parties to whom a paper is addressed that it is issued; service is recorded apart from this."""
    session.flush()  # who is meant is found by the ids of the parties
    facts = {
        **case_facts(document.case),
        "title": document.title,
        "title_en": document.title_en,
        "paper_number": document.number or "",
    }
    people = reached(session, parties=[p.id for p in parties])
    write(session, "document_issued", people, facts, case_id=document.case.id, link=_link(document.case))


def session_scheduled(session: Session, case: Case, session_row: MediationSession) -> None:
    """Tell who takes part in a mediation session when and where it is."""
    facts = {
        **case_facts(case),
        "place": session_row.place,
        "at": session_row.at.isoformat(timespec="minutes"),
        "venue": session_row.venue,
        "online": session_row.online,
    }
    people = reached(session, users=[session_row.mediator_id], parties=_taking_part(case))
    write(session, "session_scheduled", people, facts, case_id=case.id, link=_link(case))


def session_cancelled(session: Session, case: Case, session_row: MediationSession) -> None:
    """Tell who would have taken part that the session does not take place; the next one is told of by itself."""
    facts = {
        **case_facts(case),
        "place": session_row.place,
        "at": session_row.at.isoformat(timespec="minutes"),
        "reason": session_row.record,
    }
    write(
        session,
        "session_cancelled",
        reached(session, parties=_taking_part(case)),
        facts,
        case_id=case.id,
        link=_link(case),
    )


def mediator_changed(session: Session, case: Case, old: User | None, new: User) -> None:
    """Tell the parties and whoever had the case who its mediator is now, and the new mediator that it is theirs."""
    facts = {**case_facts(case), "mediator": new.name}
    people = reached(session, users=[new.id, old.id if old else None], parties=_taking_part(case))
    appointed = [p for p in people if p.id == new.id]
    others = [p for p in people if p.id != new.id]
    write(session, "mediator_appointed", appointed, facts, case_id=case.id, link=_link(case))
    write(session, "mediator_changed", others, facts, case_id=case.id, link=_link(case))


def hearing_scheduled(session: Session, case: Case, hearing: Hearing) -> None:
    """Tell the parties and the panel when and where the hearing is."""
    people = reached(session, users=_officials(case), parties=_taking_part(case))
    write(session, "hearing_scheduled", people, _hearing_facts(case, hearing), case_id=case.id, link=_link(case))


def hearing_put_off(session: Session, case: Case, hearing: Hearing, reason: str) -> None:
    """Tell who would have taken part that the hearing does not take place; the next one is told of by itself."""
    facts = {**_hearing_facts(case, hearing), "reason": reason}
    people = reached(session, users=_officials(case), parties=_taking_part(case))
    write(session, "hearing_put_off", people, facts, case_id=case.id, link=_link(case))


def _hearing_facts(case: Case, hearing: Hearing) -> dict[str, Any]:
    return {
        **case_facts(case),
        "place": hearing.place,
        "at": hearing.at.isoformat(timespec="minutes"),
        "venue": hearing.venue,
        "online": hearing.online,
    }


def panel_joined(session: Session, case: Case, member: User) -> None:
    """Tell an official that they sit on the panel of a case."""
    people = reached(session, users=[member.id])
    write(session, "panel_joined", people, case_facts(case), case_id=case.id, link=_link(case))


def case_facts(case: Case) -> dict[str, Any]:
    """Return what every message about a case names it by."""
    return {"number": case.number, "case_title": case.title, "case_title_en": case.title_en}


def _taking_part(case: Case) -> list[int]:
    return [p.id for p in case.parties if p.takes_part]


def _officials(case: Case) -> list[int]:
    return [s.user_id for s in case.staff if s.until is None]


def _link(case: Case) -> str:
    return f"/cases/{case.id}"
