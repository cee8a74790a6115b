"""The list of what is measured, by name, in the order of the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench.figures import Figure
from bench.house import Site


@dataclass(frozen=True, slots=True)
class Round:
    """One run of a measure: where to build, on which database, and whether it must be short."""

    site: Site
    database: str
    quick: bool

    def times(self, usual: int) -> int:
        """Return how often to try."""
        return max(usual // 10, 5) if self.quick else usual


Measure = Callable[[Round], Iterator[Figure]]
MEASURES: dict[str, Measure] = {}


def measure(name: str) -> Callable[[Measure], Measure]:
    """Register a measure; ``--only`` calls it by this name."""

    def keep(function: Measure) -> Measure:
        MEASURES[name] = function
        return function

    return keep
