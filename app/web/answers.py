"""The answers of a form in words: before they are sent (check your answers), and afterwards, as they are kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask_babel import gettext

from app.queries.submissions import Answered
from app.web.controls import control
from app.web.presenting import cn_date, cn_datetime, cn_money, masked
from forms import FORMS

CHOSEN = ("radios", "select", "checkboxes", "fixed")


@dataclass(frozen=True, slots=True)
class Answer:
    """One question as it was answered: its lines, files or rows, each a list of answers. ``target`` is its field."""

    label: str
    target: str
    lines: list[str] = field(default_factory=list)
    files: list[Any] = field(default_factory=list)
    rows: list[list[Answer]] = field(default_factory=list)

    @property
    def given(self) -> bool:
        """Say whether anything was answered."""
        return bool(self.lines or self.files or self.rows)


@dataclass(frozen=True, slots=True)
class Kept:
    """A form as it was answered: what was answered when, by whom, and the answers that were given."""

    answered: Answered
    title: str
    answers: list[Answer]


def answers_of(form: Any, *, masks: bool = False) -> list[Answer]:
    """Return every question that was asked, in order, with its answer in words; ``masks`` hides personal details."""
    return [_answer(one, masks) for one in form if control(one) != "hidden" and form.asks(one)]


def kept(answered: Answered, known: Mapping[str, Any]) -> Kept:
    """Return a form as it was answered; ``known`` are the names by which its answers are read. Blanks are left out."""
    form_class = FORMS.get(answered.submission.form)
    if form_class is None:  # a form that the product no longer has: who answered it when is still told
        return Kept(answered, answered.submission.form, [])
    answers = answered.submission.answers
    asked_if = ("on_paper", "partial", "is_the_mediator")  # whether such a thing was asked is seen from its answer
    form = form_class(facts={**known, **dict.fromkeys(asked_if, True)}, data=answers)
    return Kept(answered, str(form.title), _given(answers_of(form, masks=True)))


def _given(answers: list[Answer]) -> list[Answer]:
    """Leave out what was not answered, in rows too."""
    return [replace(one, rows=[_given(row) for row in one.rows]) for one in answers if one.given]


def _answer(one: Any, masks: bool) -> Answer:
    label, kind = str(one.label.text), control(one)
    if kind == "rows":
        rows = [answers_of(row.form, masks=masks) for row in one.entries if not row.form.blank]
        return Answer(label, one.id, rows=rows)
    if kind == "file":
        return Answer(label, one.id, files=one.kept)
    lines = list(_lines(one))
    if masks and (mask := getattr(one, "mask", "")):
        lines = [masked(line, mask) for line in lines]
    return Answer(label, one.id, lines=lines)


def _lines(one: Any) -> Iterator[str]:
    kind = control(one)
    if kind == "checkbox":
        yield gettext("是") if one.data else gettext("否")
    elif kind in CHOSEN:
        yield from (str(choice.label) for choice in one.choices if str(choice.value) in one.spoken)
    elif isinstance(one.data, Decimal):
        yield cn_money(one.data)
    elif isinstance(one.data, datetime):
        yield cn_datetime(one.data)
    elif isinstance(one.data, date):
        yield cn_date(one.data)
    else:
        yield from filter(None, _text(one).split("\n"))


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
