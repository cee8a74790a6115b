"""What every kind of question shares; the kinds are in ``fields``, ``choices`` and ``rows``.

Each kind cleans what was typed, refuses in a sentence, gives its answer as JSON, reads it from JSON and describes
itself as JSON Schema.
"""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.validators import StopValidation

from forms.text import Said

LARGEST_NUMBER = 2**53 - 1  # a larger one is not read alike everywhere as JSON


class Asked:
    """What every kind of question shares.

    ``required`` is the sentence for who leaves it empty; with ``required_when`` it applies only under that condition.
    ``when`` is the condition under which the question is asked at all; ``present_if`` names a fact without which the
    form does not have the field. ``weighed`` says that the form looks at it together with other answers and may then
    demand it, so that the page does not call it optional. A condition is written ``field``, ``field=value`` or
    ``field=one|other``; ``required_when`` may also name a fact.
    """

    data: Any
    label: Any
    errors: Any
    process_errors: list[str]
    render_kw: dict[str, Any] | None
    flags: Any
    name: str
    _form: Any

    def __init__(
        self,
        *args: Any,
        required: Said | None = None,
        required_when: str = "",
        when: str = "",
        present_if: str = "",
        weighed: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.required = required
        self.required_when = required_when
        self.when = when
        self.present_if = present_if
        self.weighed = weighed
        if required is not None and not required_when:
            self.flags.required = True
        if when:
            self.render_kw = {**(self.render_kw or {}), "data-shown-when": when}

    @property
    def always_required(self) -> bool:
        """Say whether there must be an answer whatever the other answers are."""
        return self.required is not None and not self.required_when and not self.when

    @property
    def bounds(self) -> Said:
        """Say in words what is refused beyond the type, for those who do not see the page."""
        return ""

    @property
    def blank(self) -> bool:
        """Say whether nothing was answered."""
        return self.data in (None, "", [])

    @property
    def spoken(self) -> set[str]:
        """Return the answer as the values that conditions compare."""
        return set() if self.blank else {str(self.data)}

    def pre_validate(self, form: Any) -> None:
        """Stop where the answer could not be read or is missing; then look at what was given."""
        if self.process_errors:
            raise StopValidation
        if self.blank:
            raise StopValidation(str(self.required) if form.needs_answer(self) else None)
        self.inspect()

    def inspect(self) -> None:
        """Raise ``ValidationError`` with a sentence where a given answer cannot be accepted."""

    def unanswered(self) -> Any:
        """Return the answer that stands for none."""
        return None

    def answer(self) -> Any:
        """Return the answer in a form that JSON can hold."""
        return self.unanswered() if self.blank else self.data

    def from_json(self, value: Any) -> list[str]:
        """Return ``value`` as a web form would send it; ``ValueError`` with a sentence for a wrong type."""
        raise NotImplementedError

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the answer, without title and description."""
        raise NotImplementedError


def text_of(value: Any) -> str:
    """Return a JSON value that must be text."""
    if not isinstance(value, str):
        raise ValueError(_l("这一项应为文字"))
    return value


def whole_of(value: Any) -> int:
    """Return a JSON value that must be a whole number of ordinary size."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > LARGEST_NUMBER:
        raise ValueError(_l("这一项应为整数"))
    return value


def list_of(value: Any) -> list[Any]:
    """Return a JSON value that must be a list."""
    if not isinstance(value, list):
        raise ValueError(_l("这一项应为列表"))
    return value
