"""What every happening is, and how the state of a case follows from its history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from app.domain.states import State

KINDS: dict[str, type[Happening]] = {}


@dataclass(frozen=True, kw_only=True)
class Happening:
    """Something that happened in a case."""

    kind: ClassVar[str] = ""
    leads_to: ClassVar[State | None] = None
    seen_by: ClassVar[str] = "all"

    def __init_subclass__(cls) -> None:
        KINDS[cls.kind] = cls

    @property
    def state(self) -> str | None:
        """The state of the case afterwards, or ``None`` where it stays."""
        return self.leads_to

    def data(self) -> dict[str, Any]:
        """Return the facts as words, numbers, booleans, lists and ISO dates."""
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self)}


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    return value


@dataclass(frozen=True, kw_only=True)
class CaseClosed(Happening):
    kind = "case_closed"
    outcome: str

    @property
    def state(self) -> str | None:
        """The outcome is the state."""
        return self.outcome


@dataclass(frozen=True, kw_only=True)
class CaseResumed(Happening):
    kind = "case_resumed"
    back_to: str
    on: date

    @property
    def state(self) -> str | None:
        """The case stands again where it stood before it was suspended."""
        return self.back_to


# The happenings whose state is one of their facts.
_NAMES_IT = {CaseClosed.kind: "outcome", CaseResumed.kind: "back_to"}


def state_after(rows: Iterable[tuple[str, dict[str, Any]]]) -> str | None:
    """Fold a history of (kind, data) into the state it leads to; what the stored state is compared with."""
    state: str | None = None
    for kind, data in rows:
        if kind in _NAMES_IT:
            state = data[_NAMES_IT[kind]]
        elif (leads_to := KINDS[kind].leads_to) is not None:
            state = leads_to
    return state
