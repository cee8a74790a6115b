"""How long one may sue over a refusal (TL20): two texts disagree, and the office chooses which one it follows."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.domain import numerals, statute
from app.domain.periods import Regime

RULE = "adjudication.remedy"


def _suits() -> Mapping[str, str | None]:
    term = statute.rule(RULE).term(Regime.ORDER81)
    return MappingProxyType({numerals.period(term.base(None, v)): v for v in (None, "suit")})


# What a letter may say, the stricter one first, each with the variant of the rule that it stands for: the form of 2019
# gives fifteen days, the Administrative Litigation Law (art. 46) six months. The same under either regime.
SUITS = _suits()
STRICTER = next(iter(SUITS))
