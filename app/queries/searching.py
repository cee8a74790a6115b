"""Which cases have a word in them: in their numbers, their parties, the right in dispute, or who acts in them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, union

from app.models import Agent, Case, Mediation, Party, User
from app.queries import sight

LAWYER = "律师"


def has_word(user: User, word: str) -> ColumnElement[bool]:
    """Return the condition on ``Case`` that one of the words of ``naming.sought`` stands somewhere in the case."""
    own = (Case.number, Case.receipt_number, Case.title, Case.party_names, Case.subject)
    return or_(*(_stands_in(column, word) for column in own), Case.id.in_(around(user, word)))


def around(user: User, word: str) -> Select[Any]:
    """Return the ids of the cases that have the word in what a list does not print: the right, and the agents.

    Who acts in a case is found by those who still take part in it.
    """
    right = select(Mediation.case_id).where(
        or_(_stands_in(Mediation.right_number, word), _stands_in(Mediation.right_name, word))
    )
    agents = (
        select(Party.case_id)
        .join(Agent)
        .where(Agent.until.is_(None), _is_called(word), sight.takes_part(user, Party.case_id))
    )
    found = union(right, agents).subquery()
    return select(found.c.case_id)


def _is_called(word: str) -> ColumnElement[bool]:
    """An agent by name or firm; 周律师 is whoever of that surname acts."""
    surname = word.removesuffix(LAWYER)
    known = _stands_in(Agent.name, word) | _stands_in(Agent.firm, word)
    return known if surname in ("", word) else known | Agent.name.startswith(surname, autoescape=True)


def _stands_in(column: Any, word: str) -> ColumnElement[bool]:
    """Texts are kept as written: what ``naming.folded`` does to them is done here to capitals and brackets."""
    half = func.replace(func.replace(func.lower(column), "（", "("), "）", ")")
    return half.contains(word, autoescape=True)
