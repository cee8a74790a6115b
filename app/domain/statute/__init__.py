"""Every period the product knows, each with the text that gives it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from app.domain.errors import RuleBroken
from app.domain.periods import Regime, Rule
from app.domain.statute import (
    adjudication,
    assisting,
    awarding,
    closing,
    fast_track,
    government,
    matching,
    mediation,
    rostering,
    visits,
)
from app.domain.statute.citations import STARTS

# What periods may run from before anybody asks the office for anything.
BEFORE_THE_REQUEST = frozenset({"infringement_known", "warning_received"})
__all__ = ["INTERNAL", "OF_A_COURT", "RULES", "STARTS", "find", "is_agreed", "keys", "keys_of", "length", "rule"]

OF_A_COURT = "confirmation.court_"  # with this begin the keys of what a court has to keep (TL42), not the office
INTERNAL = "fast."  # with this begin the keys of the office's own targets (TL60), which bind nobody outside


def _by_key(rules: Iterable[Rule]) -> Mapping[str, Rule]:
    found: dict[str, Rule] = {}
    for one in rules:
        if one.key in found:
            raise ValueError(f"two rules are called {one.key}")
        found[one.key] = one
    return MappingProxyType(found)


RULES = _by_key(
    (
        *mediation.RULES,
        *fast_track.RULES,
        *adjudication.RULES,
        *closing.RULES,
        *government.RULES,
        *awarding.RULES,
        *rostering.RULES,
        *assisting.RULES,
        *visits.RULES,
        *matching.RULES,
    )
)


def rule(key: str) -> Rule:
    """Return the rule of that key."""
    if key not in RULES:
        raise RuleBroken("没有“%(name)s”这条期限规则", field="rule", name=key)
    return RULES[key]


def length(key: str, regime: Regime = Regime.ORDER81) -> int:
    """Return how many days, working days or months the text gives, for what repeats the figure in words."""
    return rule(key).term(regime).base(None, None).n


def find(name: str) -> Rule:
    """Return the rule of that key, or the first one of that id.

    An id with several rules means the one that its row of the table names first, and for the fast track (TL60) the
    whole: the end of the mediation.
    """
    if name in RULES:
        return RULES[name]
    candidates = keys_of(name)
    return RULES[candidates[0]] if candidates else rule(name.strip())


def keys() -> tuple[str, ...]:
    """Return the key of every rule."""
    return tuple(RULES)


def keys_of(name: str) -> tuple[str, ...]:
    """Return the keys of the rules with that id (``TL37``), in the order in which ``find`` takes them."""
    wanted = name.strip().upper()
    return tuple(key for key, one in RULES.items() if wanted and one.id == wanted)


def is_agreed(key: str) -> bool:
    """Say whether the agreement or a notice names the day, so that there is nothing to compute."""
    return rule(key).agreed
