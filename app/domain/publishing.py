"""What must not be seen in a published decision, found and taken out (order 81, art. 83; PIPL, arts. 6 and 28)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

BLOCK = "■"

# What is nobody's business whoever it belongs to: identity numbers, telephones, mail, accounts.
_PROTECTED = (
    re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])"),  # resident identity number
    re.compile(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])"),  # mobile telephone
    re.compile(r"(?<![0-9])0[1-9][0-9]{1,2}-[0-9]{7,8}(?![0-9])"),  # fixed line with its area code
    re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}"),  # mail
    re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{15,18}(?![0-9A-Za-z])"),  # bank account or card
)


def passages(text: str, hide: Iterable[str] = ()) -> list[str]:
    """Return what in ``text`` must not be published, each once: what is protected by its kind, and the words to ``hide``."""
    found = [match.group() for pattern in _PROTECTED for match in pattern.finditer(text)]
    found += [words for words in hide if words and words in text]
    return list(dict.fromkeys(found))


def initial(name: str) -> str:
    """Return a natural person's name as a published decision gives it: the first character, and 某 for the others."""
    return name[:1] + "某" * min(max(len(name) - 1, 1), 2)


def renamed(text: str, names: Mapping[str, str]) -> str:
    """Return ``text`` with these names replaced, longest first."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, names[name])
    return text


def masked(text: str, hide: Iterable[str] = ()) -> str:
    """Return ``text`` with each of these passages as a row of blocks, longest first, so that no piece of one is left."""
    for words in sorted(passages(text, hide), key=len, reverse=True):
        text = text.replace(words, BLOCK * min(len(words), 6))
    return text
