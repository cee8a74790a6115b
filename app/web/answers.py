"""The answers of a form shown once more before they are sent (check your answers), and what sends them again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext

from app.web.presenting import control

CHOSEN = ("radios", "select", "checkboxes")


@dataclass(frozen=True, slots=True)
class Answer:
    """One question as it was answered: its lines, or its rows, each a list of answers. ``target`` is its field."""

    label: str
    target: str
    lines: list[str] = field(default_factory=list)
    rows: list[list[Answer]] = field(default_factory=list)


def answers_of(form: Any) -> list[Answer]:
    """Return every question that was asked, in order, with its answer in words."""
    return [_answer(one) for one in form if control(one) != "hidden" and form.asks(one)]


def _answer(one: Any) -> Answer:
    label = str(one.label.text)
    if control(one) == "rows":
        return Answer(label, one.id, rows=[answers_of(row.form) for row in one.entries if not row.form.blank])
    return Answer(label, one.id, lines=list(_lines(one)))


def _lines(one: Any) -> Iterator[str]:
    kind = control(one)
    if kind == "checkbox":
        yield gettext("是") if one.data else gettext("否")
    elif kind == "file":
        yield from (str(_part(file, "name")) for file in one.kept)
    elif kind in CHOSEN:
        yield from (str(choice.label) for choice in one.choices if str(choice.value) in one.spoken)
    else:
        yield from filter(None, _text(one).split("\n"))


def _part(thing: Any, name: str) -> Any:
    return thing[name] if isinstance(thing, dict) else getattr(thing, name)


def sent_again(form: Any) -> list[tuple[str, str]]:
    """Return the (name, value) pairs that send the same answers again."""
    return [pair for one in form if control(one) != "hidden" and form.asks(one) for pair in _pairs(one)]


def _pairs(one: Any) -> Iterator[tuple[str, str]]:
    kind = control(one)
    if kind == "rows":
        for row in one.entries:
            yield from sent_again(row.form)
    elif kind == "file":
        yield from ((one.name, str(number)) for number in one.data or [])
    elif kind == "checkbox" or kind in CHOSEN:
        yield from ((one.name, value) for value in sorted(one.spoken))
    elif text := _text(one):
        yield one.name, text


def _text(one: Any) -> str:
    return str(one._value())  # noqa: SLF001  (what WTForms calls the text of an input)
