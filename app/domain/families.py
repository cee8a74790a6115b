"""The families of processes: disputes, awards, the roster; and who of a unit works on the cases of which."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from app.domain.roles import Role


class Family(StrEnum):
    """What a process belongs to; what is in no other family is a dispute."""

    DISPUTE = "dispute"
    AWARD = "award"
    ROSTER = "roster"


PROCESSES: Mapping[Family, tuple[str, ...]] = MappingProxyType(
    {
        Family.DISPUTE: ("mediation", "adjudication"),
        Family.AWARD: ("award_application",),
        Family.ROSTER: ("roster_intake", "roster_review", "assistance", "visit", "project"),
    }
)

# Who sees every case of the family in their unit, and who of them takes in what comes on paper.
WORKERS: Mapping[Family, tuple[Role, ...]] = MappingProxyType(
    {
        Family.DISPUTE: (Role.INTAKE_CLERK,),
        Family.AWARD: (Role.REVIEWER, Role.FINANCE),
        Family.ROSTER: (Role.ROSTER_MANAGER,),
    }
)
CLERKS: Mapping[Family, Role] = MappingProxyType(
    {Family.DISPUTE: Role.INTAKE_CLERK, Family.AWARD: Role.REVIEWER, Family.ROSTER: Role.ROSTER_MANAGER}
)
_OF = {process: family for family, processes in PROCESSES.items() for process in processes}


def family_of(process: str) -> Family:
    """Return the family of a process."""
    return _OF.get(process, Family.DISPUTE)
