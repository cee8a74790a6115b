"""What a case is called after its parties, and the text by which a task is found."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


def title(requesters: Sequence[str], respondents: Sequence[str]) -> str:
    """Return who against whom: full names, with the number where there are several."""
    return f"{_side(requesters)} 与 {_side(respondents)}"


def _side(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} 等 {len(names)} 方"


def title_en(requesters: Sequence[str], respondents: Sequence[str]) -> str:
    """Return the same for an English reader; the names stay as they are."""
    return f"{_side_en(requesters)} v. {_side_en(respondents)}"


def _side_en(names: Sequence[str]) -> str:
    others = len(names) - 1
    return names[0] if not others else f"{names[0]} and {others} other{'s' if others > 1 else ''}"


def folded(*texts: str) -> str:
    """Return the texts in one line in which full-width characters, compatibility forms and case make no difference."""
    plain = unicodedata.normalize("NFKC", " ".join(texts)).casefold()
    return " ".join("".join(c if c.isprintable() else " " for c in plain).split())
