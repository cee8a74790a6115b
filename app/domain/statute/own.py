"""Periods that no law gives: what the office asks of itself, and of those who come to it. Each can be configured (TL60)."""

from __future__ import annotations

from app.domain.periods import Extension, Rule, Term
from app.domain.statute.citations import both, kinds, working_days
from app.domain.texts import Text

LONGEST = 60  # working days
STOPS = ("correction", "recusal")


def target(
    key: str, name: Text, n: int, start: str, citation: Text, *extensions: Extension, stops: tuple[str, ...] = STOPS
) -> Rule:
    """Return a period of ``n`` working days that the office keeps: nothing follows when it is over.

    ``stops`` are the kinds of pauses that are not counted.
    """
    term = Term(
        citation=citation,
        start=start,
        length=working_days(n),
        exclusions=kinds(*stops),
        extensions=extensions,
        least=1,
        most=LONGEST,
    )
    return Rule(key=key, id="TL60", name=name, terms=both(term), statutory=False, configurable=True)


def asked(key: str, name: Text, n: int, start: str, citation: Text, effect: Text | None = None) -> Rule:
    """Return ``n`` working days in which somebody outside is asked to act; with an ``effect`` it follows by itself."""
    term = Term(citation=citation, start=start, length=working_days(n), least=1, most=LONGEST)
    return Rule(
        key=key,
        id="TL60",
        name=name,
        terms=both(term),
        effect=effect,
        statutory=False,
        acts=effect is not None,
        configurable=True,
    )
