"""Requests of members for help (诉求工单, measure M08): what is asked for, to whom it may be referred, how it is rated."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.domain.labelled import Labelled

PROCESS = "assistance"
LEAST, MOST = 1, 5  # stars that a member gives


class Need(Labelled):
    """What a member asks for help with."""

    POLICY = "policy", "政策"
    FUNDING = "funding", "资金"
    RIGHTS = "rights", "维权"
    TALENT = "talent", "人才"
    FINANCING = "financing", "融资"
    EXAMINATION = "examination", "审查授权"
    OTHER = "other", "其他"


# The title of a case is kept in both languages, so the words are needed here too.
IN_ENGLISH: Mapping[Need, str] = MappingProxyType(
    {
        Need.POLICY: "policy",
        Need.FUNDING: "funding",
        Need.RIGHTS: "enforcement of rights",
        Need.TALENT: "talent",
        Need.FINANCING: "financing",
        Need.EXAMINATION: "examination and grant",
        Need.OTHER: "other matters",
    }
)


class Referral(Labelled):
    """Who else may be asked to help; the body itself is named in words."""

    DISTRICT = "district", "区局"
    CONFERENCE = "conference", "联席会议成员单位"


def title(name: str, need: Need) -> str:
    """Return what the case is called: who asks, and for help with what."""
    return f"{name} {need.label}诉求"


def title_en(name: str, need: Need) -> str:
    """Return the same for an English reader."""
    return f"{name}: help with {IN_ENGLISH[need]}"
