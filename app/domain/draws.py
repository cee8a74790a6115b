"""Drawing people by lot, so that anybody can draw again and come to the same."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


def draw(candidates: Sequence[int], wanted: int, seed: str) -> list[int]:
    """Return ``wanted`` of ``candidates`` (ids), ordered by SHA-256 of ``seed:id``: whoever has the seed can repeat it.

    Fewer come where there are fewer candidates; the same candidates in another order give the same draw.
    """
    return sorted(set(candidates), key=lambda one: _lot(seed, one))[:wanted]


def _lot(seed: str, one: int) -> str:
    return hashlib.sha256(f"{seed}:{one}".encode()).hexdigest()
