"""Process data: the few plain facts that choose a branch."""

from __future__ import annotations

from collections.abc import Mapping

from app.engine.errors import DataRefused

Value = bool | str | int | None
Data = Mapping[str, Value]


def checked(data: Mapping[str, object]) -> dict[str, Value]:
    """Return a plain copy of ``data``; raises ``DataRefused`` for the first entry that is not a plain fact."""
    facts: dict[str, Value] = {}
    for key, value in data.items():
        if value is None or isinstance(value, bool | int):
            facts[str(key)] = value
        elif isinstance(value, str):
            facts[str(key)] = str(value)
        else:
            raise DataRefused(str(key), value)
    return facts
