"""Every kind of paper in a case: who makes it, how many copies, what it says.

Sources: the forms of the 2019 handling guide for patent infringement disputes, order 81 (Measures for administrative
adjudication and mediation of patent disputes), and archiving practice.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.documents.catalogue import (
    adjudication,
    assistance,
    awards,
    decision,
    handed_in,
    investigation,
    mediation,
    projects,
    roster,
    shared,
    visits,
)
from app.documents.kinds import Issuer, Kind

GROUPS: Mapping[str, tuple[Kind, ...]] = MappingProxyType(
    {
        "shared": (*shared.LETTERS, *shared.ATTACHMENTS),
        "mediation": (*mediation.LETTERS, *mediation.ATTACHMENTS),
        "adjudication": (*adjudication.LETTERS, *handed_in.ATTACHMENTS),
        "investigation": investigation.LETTERS,
        "decision": decision.LETTERS,
        "award_application": (*awards.LETTERS, *awards.ATTACHMENTS),
        "roster": (*roster.LETTERS, *roster.ATTACHMENTS),
        "assistance": assistance.ATTACHMENTS,
        "visit": visits.ATTACHMENTS,
        "project": projects.ATTACHMENTS,
    }
)
KINDS: Mapping[str, Kind] = MappingProxyType({kind.identifier: kind for kinds in GROUPS.values() for kind in kinds})

_A_PARTYS = frozenset(kind.name for kind in KINDS.values() if kind.issuer is Issuer.PARTY)


def is_a_partys(name: str) -> bool:
    """Say whether a party is the author of papers of this name, even though we typeset them."""
    return name in _A_PARTYS
