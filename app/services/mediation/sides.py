"""Who takes part in a mediation, who does not, and why."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app import clock
from app.domain.mediation import Stance
from app.models import Party
from app.services import parties
from app.services.acting import Acting

# Why the mediation with a respondent is not docketed, as letters say it.
WHY_NOT: Mapping[str, str] = MappingProxyType(
    {
        Stance.DECLINES: "不同意调解",
        Stance.SILENT: "逾期未提交意见陈述书",
        Stance.UNREACHABLE: "请求书副本无法送达",
    }
)


def in_mediation(acting: Acting) -> list[Party]:
    """Return who takes part once a case is docketed: the requesters and the respondents who consented."""
    return [*parties.requesters(acting), *(p for p in parties.respondents(acting) if p.takes_part)]


def left_out(acting: Acting) -> list[dict[str, str]]:
    """Return which respondents a docketed mediation goes without, and why, as letters print it (order 81, art. 66)."""
    return [{"name": p.name, "why": why} for p in parties.respondents(acting) if (why := WHY_NOT.get(p.stance or ""))]


def leaves(party: Party, stance: Stance) -> None:
    """Let a party take part no longer; call it last, so that what it has just handed in is still its own to see."""
    party.stance = stance.value
    party.left_at = clock.now()
