"""Whoever looks at cases, as conditions know them: by their values, or by the names under which values are bound.

A rule about what somebody may see is written once, in terms of a ``Viewer``. A list puts their values into its
statement; a statement that every act asks is built once for all people of the same ``Shape`` and is handed the values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam

from app import policy
from app.domain.families import WORKERS, Family
from app.domain.roles import Role
from app.models import User

UNIT_ROLES = (*policy.UNIT_ROLES, Role.SUPERVISOR)
ONE = ("id", "employer")
MANY = ("units", "dispute_units", "award_units", "roster_units", "districts", "seats", "organizations")


@dataclass(frozen=True, slots=True)
class Shape:
    """What decides which conditions are asked: what somebody is, and of which values they have any."""

    official: bool
    everywhere: bool
    suspect: bool
    has: tuple[str, ...]

    def named(self, name: str) -> Viewer:
        """Return anybody of this shape, their values bound later under names that begin with ``name``."""
        one: dict[str, Any] = {key: bindparam(f"{name}_{key}") for key in ONE if key in self.has}
        many: dict[str, Any] = {key: bindparam(f"{name}_{key}", expanding=True) for key in MANY if key in self.has}
        return Viewer(self.official, self.everywhere, self.suspect, **one, **many)


@dataclass(frozen=True, slots=True)
class Viewer:
    """What conditions ask of a person; ``None`` where they have none of it.

    ``official``: they work in a unit. ``everywhere``: they supervise the whole office. ``suspect``: something may tie
    them to a party. ``units``: those whose cases of every kind they see, ``dispute_units``, ``award_units`` and ``roster_units``
    those of which they see one family more; ``districts``: those whose applicants they see; ``seats``: (role, unit);
    ``organizations``: those outside.
    """

    official: bool
    everywhere: bool
    suspect: bool
    id: Any
    units: Any = None
    dispute_units: Any = None
    award_units: Any = None
    roster_units: Any = None
    districts: Any = None
    seats: Any = None
    organizations: Any = None
    employer: Any = None

    @property
    def shape(self) -> Shape:
        """What they have in common with those for whom the same is asked."""
        has = tuple(key for key in (*ONE, *MANY) if getattr(self, key) is not None)
        return Shape(self.official, self.everywhere, self.suspect, has)

    def bound(self, name: str) -> dict[str, Any]:
        """Return the values under the names that a statement for the shape has."""
        return {f"{name}_{key}": getattr(self, key) for key in self.shape.has}


def viewer(user: User) -> Viewer:
    """Return what conditions ask of this person."""
    seats = [m for m in user.memberships if m.unit_id is not None]
    return Viewer(
        official=user.is_official,
        everywhere=policy.supervises_all(user),
        suspect=may_be_tied(user),
        id=user.id,
        units=_units(user, UNIT_ROLES),
        dispute_units=_units(user, WORKERS[Family.DISPUTE]),
        award_units=_units(user, WORKERS[Family.AWARD]),
        roster_units=_units(user, WORKERS[Family.ROSTER]),
        districts=_units(user, (Role.DISTRICT_OFFICER,)),
        seats=[(m.role, m.unit_id) for m in seats] or None,
        organizations=sorted(user.organization_ids) or None,
        employer=user.employer or None,
    )


def _units(user: User, roles: Sequence[Role]) -> list[int] | None:
    """Return the units in which somebody has one of ``roles``, ``None`` where there is none."""
    return sorted({m.unit_id for m in user.memberships if m.role in roles and m.unit_id is not None}) or None


def may_be_tied(user: User) -> bool:
    """Say whether anything can tie this person to a party, so that a conflict has to be looked for."""
    return user.tied is not False or bool(user.employer or user.organization_ids)
