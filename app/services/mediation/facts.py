"""Queries and conversions shared by the steps of a mediation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from app import clock
from app.domain.errors import NotFound
from app.domain.mediation import SessionResult, Stance
from app.domain.roles import PartyRole
from app.models import Agreement, Mediation, MediationSession, Note, Party, User
from app.services.acting import Acting


def mediation_of(acting: Acting) -> Mediation:
    """Return the facts row of the case."""
    row = acting.session.get(Mediation, acting.case.id)
    if row is None:
        raise NotFound("mediation")
    return row


def requesters(acting: Acting) -> list[Party]:
    """Return the parties that ask, without those who have withdrawn."""
    return [p for p in acting.case.parties if p.role == PartyRole.REQUESTER and p.takes_part]


def respondents(acting: Acting) -> list[Party]:
    """Return the parties that are asked, whatever they answered."""
    return [p for p in acting.case.parties if p.role == PartyRole.RESPONDENT]


def in_mediation(acting: Acting) -> list[Party]:
    """Return who takes part once a case is docketed: the requesters and the respondents who consented."""
    return [*requesters(acting), *(p for p in respondents(acting) if p.takes_part)]


def leaves(party: Party, stance: Stance) -> None:
    """Let a party take part no longer; call it last, so that what it has just handed in is still its own to see."""
    party.stance = stance.value
    party.left_at = clock.now()


def party_in(acting: Acting, party_id: int) -> Party:
    """Return the party of this case with that id, or raise ``NotFound``."""
    party = next((p for p in acting.case.parties if p.id == party_id), None)
    if party is None:
        raise NotFound("party")
    return party


def person(acting: Acting, user_id: int) -> User:
    """Return the person with that id, or raise ``NotFound``."""
    user = acting.session.get(User, user_id)
    if user is None:
        raise NotFound("user")
    return user


def current_agreement(acting: Acting) -> Agreement:
    """Return the last draft of the agreement."""
    row = acting.session.scalar(
        select(Agreement).where(Agreement.case_id == acting.case.id).order_by(Agreement.place.desc()).limit(1)
    )
    if row is None:
        raise NotFound("agreement")
    return row


def current_session(acting: Acting) -> MediationSession:
    """Return the last session that was scheduled."""
    row = acting.session.scalar(
        select(MediationSession)
        .where(MediationSession.case_id == acting.case.id)
        .order_by(MediationSession.place.desc())
        .limit(1)
    )
    if row is None:
        raise NotFound("session")
    return row


def session_days(acting: Acting) -> list[date]:
    """Return the days on which the parties met, each once."""
    held = select(MediationSession).where(
        MediationSession.case_id == acting.case.id, MediationSession.result.is_not(None)
    )
    rows = acting.session.scalars(held.order_by(MediationSession.place))
    met = (row.at.astimezone(clock.ZONE).date() for row in rows if row.result != SessionResult.CANCELLED)
    return list(dict.fromkeys(met))


def remark(acting: Acting, text: str | None) -> None:
    """Leave what an official noted in a step among the remarks of the case; no party ever sees it."""
    if text and acting.by is not None:
        acting.session.add(Note(case_id=acting.case.id, by_id=acting.by.id, at=clock.now(), text=text))


def money(value: Any) -> Decimal | None:
    """Return an amount in yuan from its text, or ``None`` where nothing was given."""
    return Decimal(value) if value not in (None, "") else None


def day(value: Any) -> date | None:
    """Return a day from its ISO text, or ``None`` where nothing was given."""
    return date.fromisoformat(value) if value else None


def names(parties: list[Party]) -> tuple[str, ...]:
    """Return the full names of the parties, in order."""
    return tuple(p.name for p in parties)
