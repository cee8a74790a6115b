"""Which form a step asks: by key, the same word the diagram uses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from werkzeug.datastructures import MultiDict

from forms.base import TaskForm

FORMS: dict[str, type[TaskForm]] = {}

F = TypeVar("F", bound=type[TaskForm])


def task_form(key: str) -> Callable[[F], F]:
    """Register the form of the step ``key``; an act beside the main line is ``act:<name>``. A key is given once."""

    def keep(form_class: F) -> F:
        if key in FORMS:
            raise ValueError(f"the form {key} is registered twice")
        FORMS[key] = form_class
        return form_class

    return keep


def build(
    key: str, formdata: Any = None, *, facts: Mapping[str, Any], data: Mapping[str, Any] | None = None
) -> TaskForm:
    """Return the form ``key``, filled with ``formdata``, else with ``data``, else with what it starts from.

    ``data`` is either answers as the form gives them, or what was typed so far: for each name the list of its texts.
    Raises ``LookupError`` for an unknown key, and where a fact that the form needs was not handed in.
    """
    form_class = FORMS[key]
    if missing := [need for need in form_class.needs if need not in facts]:
        raise LookupError(f"the form {key} needs {', '.join(missing)}")
    if formdata is None and data and _as_typed(data):
        formdata = MultiDict(data)
    return form_class(formdata, facts=facts, data=data)


def _as_typed(data: Mapping[str, Any]) -> bool:
    """Say whether ``data`` is a draft: what a page sends, before anybody has read it."""
    return all(isinstance(value, list) and all(isinstance(one, str) for one in value) for value in data.values())
