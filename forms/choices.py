"""Questions with a list to choose from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any

from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import Choice, SelectChoice
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.domain.texts import Text
from forms.asked import Asked, list_of, text_of, whole_of
from forms.text import Said

Offer = Callable[[Any, Any], list[SelectChoice]]


def labelled(members: Iterable[StrEnum]) -> list[SelectChoice]:
    """Return the members of an enumeration of the domain, each with its name in the reader's language."""
    return [SelectChoice(m.value, _l(m.label)) for m in members]  # type: ignore[attr-defined]


def worded(**labels: Said) -> list[SelectChoice]:
    """Return choices by code: ``worded(confirm=_l("确认"), refuse=_l("拒绝"))``."""
    return [SelectChoice(code, label) for code, label in labels.items()]


def name_of(label: Any) -> Said:
    """Return the label of a choice; one that is given in both languages comes in the reader's."""
    return label.within(str(get_locale())) if isinstance(label, Text) else label


def from_fact(fact: str) -> Offer:
    """Offer what was handed in under ``fact``: pairs of id and label, or a mapping of id to label."""

    def offer(form: Any, _field: Any) -> list[SelectChoice]:
        return [SelectChoice(str(i), name_of(label)) for i, label in dict(form.known.get(fact) or {}).items()]

    return offer


def _id(value: Any) -> int:
    return int(value)


class Choosing(Asked):
    """What questions with a list share; with ``ids`` the values are numbers of rows, else words."""

    coerce: Callable[[Any], Any]
    choices: Any

    def __init__(self, label: Said, choices: Any, *, ids: bool = False, **kwargs: Any) -> None:
        super().__init__(label, choices=choices, coerce=_id if ids else str, **kwargs)
        self.ids = ids

    @property
    def offered(self) -> dict[Any, Said]:
        """Return what can be chosen, each with its label."""
        return {self.coerce(c.value): c.label for c in self.choices or []}

    def read(self, text: str) -> Any:
        """Return the value that was sent; ``ValueError`` with a sentence where it is none."""
        try:
            return self.coerce(text.strip())
        except ValueError:
            raise ValueError(str(_l("请从列表中选择"))) from None

    def one_of(self, value: Any) -> str:
        """Return one JSON value as a web form would send it."""
        return str(whole_of(value)) if self.ids else text_of(value)

    def one_schema(self) -> dict[str, Any]:
        """Return the JSON Schema of one value."""
        labels = {str(value): str(label) for value, label in self.offered.items()}
        return {"type": "integer" if self.ids else "string", "enum": list(self.offered), "x-labels": labels}


class Single(Choosing):
    """One of a list."""

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            self.data = self.read(valuelist[0]) if valuelist[0].strip() else None

    def inspect(self) -> None:
        if self.data not in self.offered:
            raise ValidationError(str(_l("请从列表中选择")))

    def from_json(self, value: Any) -> list[str]:
        return [self.one_of(value)]

    def schema(self) -> dict[str, Any]:
        return self.one_schema()


class OneField(Single, RadioField):
    """One of a few, all in sight."""


class PickField(Single, SelectField):
    """One of many, in a list that opens."""

    def iter_choices(self) -> list[Choice]:
        return [Choice("", _l("请选择"), self.data is None, {}), *super().iter_choices()]


class Topic:
    """What a row is about: shown as text and sent in a hidden input."""

    fixed = True

    def __call__(self, field: Any, **_drawn: Any) -> Markup:
        value = "" if field.data is None else field.data
        return Markup('<input type="hidden" name="{}" value="{}">').format(field.name, value)


class TopicField(Single, SelectField):
    """One of a list that was chosen beforehand: what its row is about."""

    widget = Topic()

    @property
    def topic(self) -> Said:
        """Return what was chosen, in words."""
        return self.offered.get(self.data, "")


class SomeField(Choosing, SelectMultipleField):
    """Some of a list."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def process_data(self, value: Any) -> None:
        self.data = list(value or [])

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = []
        self.data = list(dict.fromkeys(self.read(text) for text in valuelist if text.strip()))

    @property
    def spoken(self) -> set[str]:
        return set(map(str, self.data or []))

    def inspect(self) -> None:
        if not set(self.data) <= set(self.offered):
            raise ValidationError(str(_l("请从列表中选择")))

    def unanswered(self) -> list[Any]:
        return []

    def from_json(self, value: Any) -> list[str]:
        return [self.one_of(item) for item in list_of(value)]

    def schema(self) -> dict[str, Any]:
        least = {"minItems": 1} if self.always_required else {}
        return {"type": "array", "items": self.one_schema(), "uniqueItems": True, **least}


def _truth(value: Any) -> bool:
    return value is True or str(value) == "yes"


class YesNoField(OneField):
    """Yes or no, each in words of its own; neither is chosen beforehand."""

    def __init__(self, label: Said, *, yes: Said, no: Said, **kwargs: Any) -> None:
        super().__init__(label, worded(yes=yes, no=no), **kwargs)
        self.coerce = _truth

    def read(self, text: str) -> bool:
        if text.strip() not in ("yes", "no"):
            raise ValueError(str(_l("请从列表中选择")))
        return _truth(text.strip())

    @property
    def spoken(self) -> set[str]:
        return set() if self.data is None else {"yes" if self.data else "no"}

    def from_json(self, value: Any) -> list[str]:
        if not isinstance(value, bool):
            raise ValueError(_l("这一项应为 true 或者 false"))
        return ["yes" if value else "no"]

    def schema(self) -> dict[str, Any]:
        labels = {"true" if value else "false": str(label) for value, label in self.offered.items()}
        return {"type": "boolean", "x-labels": labels}
