"""What is known of a kind of paper: its maker, the facts it prints, the ways it may be served."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain import numerals, service


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of paper. Without ``fields`` it is only ever handed in as a file.

    ``handed_over``: whoever it is meant for gets it at the counter or sees it on the page as it is made.
    ``public``: it is put up for everybody to read, and served on nobody.
    """

    id: str
    identifier: str
    name: str
    name_en: str
    issuer: Issuer
    copies: str = ""
    copies_en: str = ""
    needs_number: bool = False
    handed_over: bool = False
    public: bool = False
    fields: tuple[Field, ...] = ()

    def copies_for(self, receivers: int) -> str:
        """Return what the paper says of its copies: one for each receiver, and one for the file."""
        words = self.copies.replace("{n}", numerals.counted(receivers + 1))
        return words.replace("各", "") if receivers == 1 else words

    @property
    def served(self) -> tuple[str, ...]:
        """Return the ways by which this paper may be served; none for an internal one and for what is put up."""
        return () if self.issuer is Issuer.INTERNAL or self.public else service.methods(self.identifier)

    @property
    def has_letter(self) -> bool:
        """Say whether there is a template for it."""
        return bool(self.fields)
