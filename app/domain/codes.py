"""Codes that are shown once and typed in again: easily read, hard to guess, kept as a digest."""

from __future__ import annotations

import secrets

from app.domain import identifiers

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no letter that looks like a digit
LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None})
GROUP = 4


def new(length: int) -> str:
    """Return a new code, without dashes."""
    return "".join(secrets.choice(SIGNS) for _ in range(length))


def shown(code: str) -> str:
    """Return a code as it is shown, in groups."""
    return "-".join(code[i : i + GROUP] for i in range(0, len(code), GROUP))


def read(text: str) -> str:
    """Return a code as it was made: capitals, no dashes, the letters that look like digits read as digits."""
    return identifiers.normalise(text).translate(LOOKALIKES)
