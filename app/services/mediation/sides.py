"""The sides of a mediation: who asks, who is asked, and who of them takes part."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app import clock
from app.domain.errors import NotFound
from app.domain.mediation import Stance
from app.domain.roles import PartyRole
from app.models import Party
from app.services.acting import Acting

# Why the mediation with a respondent is not docketed, as letters say it.
WHY_NOT: Mapping[str, str] = MappingProxyType(
    {
        Stance.DECLINES: "不同意调解",
        Stance.SILENT: "逾期未提交意见陈述书",
        Stance.UNREACHABLE: "请求书副本无法送达",
    }
)


def requesters(acting: Acting) -> list[Party]:
    """Return the parties that ask, without those who have withdrawn."""
    return [p for p in acting.case.parties if p.role == PartyRole.REQUESTER and p.takes_part]


def respondents(acting: Acting) -> list[Party]:
    """Return the parties that are asked, whatever they answered."""
    return [p for p in acting.case.parties if p.role == PartyRole.RESPONDENT]


def in_mediation(acting: Acting) -> list[Party]:
    """Return who takes part once a case is docketed: the requesters and the respondents who consented."""
    return [*requesters(acting), *(p for p in respondents(acting) if p.takes_part)]


def left_out(acting: Acting) -> list[dict[str, str]]:
    """Return which respondents a docketed mediation goes without, and why, as letters print it (order 81, art. 66)."""
    return [{"name": p.name, "why": why} for p in respondents(acting) if (why := WHY_NOT.get(p.stance or ""))]


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


def names(parties: list[Party]) -> tuple[str, ...]:
    """Return the full names of the parties, in order."""
    return tuple(p.name for p in parties)
