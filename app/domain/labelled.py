"""Codes that have a name."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Labelled(StrEnum):
    """A code with its Chinese name; the English one is in the catalogue."""

    label: str

    def __new__(cls, code: str, label: str = "") -> Self:
        """Keep the name beside the code."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member
