"""The parties of a case: who asks whom, by which names, and which of them is meant."""

from __future__ import annotations

from app.domain.errors import NotFound
from app.domain.roles import PartyRole
from app.models import Party
from app.services.acting import Acting


def requesters(acting: Acting) -> list[Party]:
    """Return the parties that ask, without those who have withdrawn."""
    return [p for p in acting.case.parties if p.role == PartyRole.REQUESTER and p.takes_part]


def respondents(acting: Acting) -> list[Party]:
    """Return the parties that are asked, whatever they answered."""
    return [p for p in acting.case.parties if p.role == PartyRole.RESPONDENT]


def party_in(acting: Acting, party_id: int) -> Party:
    """Return the party of this case with that id, or raise ``NotFound``."""
    party = next((p for p in acting.case.parties if p.id == party_id), None)
    if party is None:
        raise NotFound("party")
    return party


def names(parties: list[Party]) -> tuple[str, ...]:
    """Return the full names of the parties, in order."""
    return tuple(p.name for p in parties)
