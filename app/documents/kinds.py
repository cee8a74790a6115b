"""What is known of a kind of paper: its maker, the facts it prints, the ways it may be served."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Issuer(StrEnum):
    """Who makes a paper."""

    OFFICE = "office"
    PARTY = "party"
    INTERNAL = "internal"


class Source(StrEnum):
    """Where a fact comes from. What the system adds is not known yet when a draft is previewed."""

    CASE = "case"
    OFFICE = "office"
    ANSWER = "answer"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Field:
    """One fact that a paper prints."""

    name: str
    label: str
    source: Source
    required: bool = True


@dataclass(frozen=True, slots=True)
class ServiceLimit:
    """Ways by which a kind of paper must not be served, and why."""

    methods: frozenset[str]
    cite: str


ALL_METHODS = ("direct", "left", "post", "notice", "electronic")

# The one list of such limits: order 81, art. 10, does not repeat the guide's, so an office that reads it otherwise
# changes it here and nowhere else.
SERVICE_LIMITS: Mapping[str, ServiceLimit] = MappingProxyType(
    {
        "mediation_agreement": ServiceLimit(
            frozenset({"left", "electronic"}), "《专利侵权纠纷行政裁决办案指南》（2019）第一章第二节；令81号第十条"
        )
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of paper. Without ``fields`` it is only ever handed in as a file."""

    id: str
    identifier: str
    name: str
    name_en: str
    issuer: Issuer
    copies: str = ""
    copies_en: str = ""
    needs_number: bool = False
    fields: tuple[Field, ...] = ()

    @property
    def limit(self) -> ServiceLimit | None:
        """Return which ways of service are closed for this paper, with the citation."""
        return SERVICE_LIMITS.get(self.identifier)

    @property
    def served(self) -> tuple[str, ...]:
        """Return the ways by which this paper may be served; none for an internal one."""
        if self.issuer is Issuer.INTERNAL:
            return ()
        return tuple(m for m in ALL_METHODS if self.limit is None or m not in self.limit.methods)

    @property
    def has_letter(self) -> bool:
        """Say whether there is a template for it."""
        return bool(self.fields)
