"""How the fields of a form are drawn, and where each of its errors stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask
from wtforms import (
    Field,
    FieldList,
    FileField,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectMultipleField,
)
from wtforms.widgets import CheckboxInput, ListWidget, Select, TextArea


def install(app: Flask) -> None:
    """Give every template what it asks of a form."""
    app.jinja_env.globals.update(control=control, form_errors=form_errors, own_errors=own_errors, wrong_in=wrong_in)


def control(one: Field) -> str:
    """Say how a form field is drawn: by what it is, not by the name of its class."""
    widget: Any = one.widget
    kinds: tuple[tuple[bool, str], ...] = (
        (isinstance(one, FieldList), "rows"),
        (isinstance(one, FormField), "group"),
        (isinstance(one, HiddenField), "hidden"),
        (isinstance(one, FileField), "file"),
        (getattr(widget, "fixed", False), "fixed"),
        (isinstance(one, RadioField), "radios"),
        (isinstance(one, SelectMultipleField) and isinstance(widget, ListWidget), "checkboxes"),
        (isinstance(widget, CheckboxInput), "checkbox"),
        (isinstance(widget, Select), "select"),
        (isinstance(widget, TextArea), "textarea"),
        (getattr(widget, "input_type", "") == "hidden", "hidden"),
        (getattr(widget, "input_type", "") == "submit", "submit"),
    )
    return next((name for applies, name in kinds if applies), "input")


@dataclass(frozen=True)
class FormError:
    """One line of the list above a form: where it leads, which field, what is wrong."""

    target: str
    label: str
    message: str


def form_errors(form: Form) -> list[FormError]:
    """Return every error of a form in the order of its fields, those within rows and groups included."""
    whole = [FormError("", "", str(message)) for message in form.form_errors]
    return whole + [error for one in form for error in _field_errors(one, str(one.label.text))]


def wrong_in(fields: Iterable[Field]) -> int:
    """Return how many errors some fields of a form have, those within rows and groups included."""
    return sum(1 for one in fields for _ in _field_errors(one, ""))


def own_errors(one: Field) -> list[str]:
    """Return what is wrong with the field itself; its rows and its group tell their own errors."""
    if isinstance(one, FormField):
        return [str(message) for message in one.form.form_errors]
    return [str(message) for message in one.errors if not isinstance(message, dict | list | tuple)]


def _field_errors(one: Field, label: str) -> Iterator[FormError]:
    if isinstance(one, FormField):
        for message in own_errors(one):
            yield FormError(one.id, label, message)
        for child in one.form:
            yield from _field_errors(child, f"{label} · {child.label.text}")
        return
    target = f"{one.id}-0" if control(one) in ("radios", "checkboxes") else str(one.id)
    for message in own_errors(one):
        yield FormError(target, label, message)
    if isinstance(one, FieldList):
        for number, entry in enumerate(one.entries, start=1):
            yield from _field_errors(entry, f"{label} {number}")
