"""What every form has: the context it is handed, conditions between its questions, and answers that fit into JSON."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Form

from app.domain.bases import is_patent, is_trademark_infringement, trademark_article
from app.domain.errors import RuleBroken
from app.domain.periods import Regime, regime_on
from forms.text import Said, refused


class Questions(Form):
    """Questions that belong together: a whole form, or one row of a repeated part.

    ``rules`` says in words what ``check_together`` refuses. Fields stand in the order in which they are written;
    ``first`` names those that come before the ones of a shared base, ``left_out`` those of it that are not asked here.
    """

    _fields: dict[str, Any]
    form_errors: list[str]
    rules: tuple[Said, ...] = ()
    first: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in list(self._fields.items()):
            if name in self.left_out or (field.present_if and not self.known.get(field.present_if)):
                del self[name]
        inside = [name for name in dict.fromkeys((*self.first, *self._fields)) if name in self._fields]
        self._fields = {name: self._fields[name] for name in inside}
        for field in self:
            self._settle(field)

    def _settle(self, field: Any) -> None:
        """Make ``field`` plainly required or optional where that hangs on what is known, not on another answer."""
        condition = field.required_when
        if condition and condition.partition("=")[0] not in self:
            field.required, field.required_when = (field.required if self.known.get(condition) else None), ""
            field.flags.required = field.required is not None

    @property
    def known(self) -> Mapping[str, Any]:
        """Return what the form was handed: lists to choose from, today's date, what has happened before."""
        known: Mapping[str, Any] = self._parent_form.known
        return known

    def holds(self, condition: str) -> bool:
        """Say whether ``condition`` holds: ``field``, ``field=value`` or ``field=one|other``."""
        name, _, values = condition.partition("=")
        if name not in self:
            return False
        if not self.asks(self[name]):
            return False
        spoken: set[str] = self[name].spoken
        return bool(spoken & set(values.split("|"))) if values else bool(spoken)

    def asks(self, field: Any) -> bool:
        """Say whether ``field`` is asked at all, given the other answers."""
        return not field.when or self.holds(field.when)

    def needs_answer(self, field: Any) -> bool:
        """Say whether ``field`` must not be left empty, given the other answers."""
        return field.required is not None and (not field.required_when or self.holds(field.required_when))

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each question that is asked, then how the answers fit together."""
        for field in self:
            if self.asks(field):
                field.validate(self)
            else:
                field.errors = []
        self.check_together()
        return not self.errors

    def check_together(self) -> None:
        """Compare answers with each other and with what is known; put each refusal beside its field."""

    def refuse(self, name: str | None, sentence: Said) -> None:
        """Put ``sentence`` beside the field ``name`` (in a row: ``parties-0-uscc``, counting the rows that are filled in).

        Where there is no such field it stands above the form.
        """
        rows, _, inner = (name or "").partition("-")
        place, _, inner = inner.partition("-")
        if inner and rows in self and place.isdigit() and int(place) < len(self[rows].filled):
            self[rows].filled[int(place)].form.refuse(inner, sentence)
        elif name is None or name not in self:
            self.form_errors = [*self.form_errors, str(sentence)]
        else:
            self[name].errors = [*self[name].errors, str(sentence)]

    def read_as(self, name: str, reader: Callable[[str], str]) -> None:
        """Bring the text in the field ``name`` into the form that ``reader`` returns, or put its refusal beside it."""
        try:
            self[name].data = reader(self[name].data)
        except RuleBroken as refusal:
            self.refuse(name, refused(refusal))

    def answers(self) -> dict[str, Any]:
        """Return the answers by name: text, whole numbers, booleans, lists; days, instants and money as text.

        Every field is there; what was not asked or not answered is an empty text or list, ``False`` or ``None``.
        """
        return {
            name: field.answer() if self.asks(field) else field.unanswered() for name, field in self._fields.items()
        }


class Entry(Questions):
    """One row of a repeated part. A row in which nothing was filled in is left out.

    ``silent`` names fields that say nothing by themselves: a row with only these filled in counts as empty.
    """

    silent: tuple[str, ...] = ()

    @property
    def blank(self) -> bool:
        """Say whether nothing was filled in."""
        return all(
            field.blank or field.data == field.default
            for name, field in self._fields.items()
            if name not in self.silent
        )


@dataclasses.dataclass
class Part:
    """A section of a form as a page shows it: ``key`` tells it apart; without a title it has no heading."""

    key: str
    title: Said = ""
    fields: list[Any] = dataclasses.field(default_factory=list)


class TaskForm(Questions):
    """The form of a step, an act or the start of a process.

    ``needs`` names what must be handed in as facts; ``branch`` the answers that may choose a way in the diagram.
    ``sections`` are headings, each with the fields below it. ``law`` is the text behind the step; ``patent_law`` stands
    in its place where a patent is in dispute, and ``law_of_2015`` where that request was received before order 81 came. A
    form that ``mediates`` is the mediation itself, which the trademark law has an article on. The answers of one that
    is ``final`` are shown once more before they are sent: nobody can take them back; so are those that raise ``doubts``.
    ``once_sent`` says beneath what is shown once more what follows when a form that opens a case is sent.
    """

    title: Said = ""
    intro: Said = ""
    law: Said = ""
    patent_law: Said = ""
    law_of_2015: Said = ""
    mediates: bool = False
    final: bool = False
    sections: tuple[tuple[Said, tuple[str, ...]], ...] = ()
    submit_label: Said = _l("提交")
    once_sent: Said = _l("提交后即为正式提出请求，受理号会显示在案件页面上，并以消息发送给您。")
    needs: tuple[str, ...] = ()
    branch: tuple[str, ...] = ()

    def __init__(
        self,
        formdata: Any = None,
        *,
        facts: Mapping[str, Any] | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        self._known = dict(facts or {})
        given = None if formdata is not None else self.prefill() if data is None else data
        super().__init__(formdata, data=given)

    @property
    def known(self) -> Mapping[str, Any]:
        """Return what the form was handed."""
        return self._known

    @property
    def names_somebody(self) -> bool:
        """Say whether one of the candidates that it was handed is to be named in it."""
        return True

    @property
    def basis(self) -> Said:
        """Return the text behind the step for the right in dispute; where none is known yet, that for patents."""
        right, dispute = self.known.get("right_type"), self.known.get("dispute_kind") or ""
        if right is None or is_patent(right):
            received = self.known.get("received_on")
            of_2015 = received is not None and regime_on(received) is Regime.ORDER71
            return (self.law_of_2015 if of_2015 else self.patent_law) or self.law
        if self.mediates and is_trademark_infringement(right, dispute):
            return _l("依据：%(article)s。", article=_l(trademark_article(self.known["received_on"])))
        return self.law

    @property
    def parts(self) -> list[Part]:
        """Return the fields in their order, by section; those before the first section are a part without a title."""
        titles = {next((n for n in names if n in self), ""): title for title, names in self.sections}
        found = [Part("")]
        for one in self:
            if one.name in titles:
                found.append(Part(one.name, titles[one.name]))
            found[-1].fields.append(one)
        return [part for part in found if part.fields]

    @property
    def doubts(self) -> list[Said]:
        """Return what is to be looked at once more before the answers are sent, and refuses nothing."""
        return []

    def prefill(self) -> dict[str, Any]:
        """Return what stands in the form before anybody has typed."""
        return {}

    def change_rows(self, pressed: str) -> None:
        """Add a row (``add-evidence``) or take one away (``remove-evidence-2``); anything else changes nothing."""
        doing, _, rest = pressed.partition("-")
        name, _, place = rest.partition("-")
        field: Any = self._fields.get(name)
        if doing == "add" and hasattr(field, "entries"):
            field.add_row()
        elif doing == "remove" and hasattr(field, "entries"):
            field.remove_row(place)


def errors_of(form: Questions) -> dict[str, list[str]]:
    """Return the refusals by the full name of their field (``respondents-0-uscc``); ``""`` is the form as a whole."""
    found = dict(_errors(form))
    if form.form_errors:
        found[""] = [str(e) for e in form.form_errors]
    return found


def _errors(questions: Questions) -> Iterator[tuple[str, list[str]]]:
    for field in questions:
        if own := [str(e) for e in field.errors if not isinstance(e, dict)]:
            yield field.name, own
        for row in getattr(field, "entries", ()):
            if row.errors:
                yield from _errors(row.form)
