"""Refusals, in the reader's words. One table in the web and API floors turns them into pages and problem documents."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from app.domain.texts import Text, day_within, moment_within


class Refusal(Exception):
    """Something was asked that will not be done; nothing has changed.

    ``message`` is a plain Chinese sentence and at the same time the key of its translation; ``params`` fill its
    ``%(name)s`` places after translation: words of the catalogue and texts in both languages come in the reader's
    language, several are read as a list, a day or moment is written out; names and what people typed stay as they are.
    """

    def __init__(self, message: str, *, field: str | None = None, **params: object) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.params = params

    def __str__(self) -> str:
        told = self.params_in("zh", str)
        return self.message % told if told else self.message

    def params_in(self, lang: str, translate: Callable[[str], str]) -> dict[str, object]:
        """Return the parameters as they are read in the language ``lang`` whose catalogue ``translate`` asks."""
        return {name: _told(value, lang, translate) for name, value in self.params.items()}


def _told(value: object, lang: str, translate: Callable[[str], str]) -> object:
    if isinstance(value, Text):  # before the tuples, of which it is one
        return value.within(lang)
    if isinstance(value, list | tuple):
        return translate("、").join(str(_told(one, lang, translate)) for one in value)
    if isinstance(value, datetime):
        return moment_within(value, lang)
    if isinstance(value, date):
        return day_within(value, lang)
    return translate(value) if isinstance(value, str) and value else value


class RuleBroken(Refusal):
    """The answer is not acceptable; ``field`` names the form field it belongs to, if any."""


class TooLarge(RuleBroken):
    """More than is taken."""


class NotTaken(RuleBroken):
    """Of a kind that is not taken."""


class NotAllowed(Refusal):
    """Known, but not for this person."""


class NotFound(Refusal):
    """Not there, or not theirs: the same answer."""


class Stale(Refusal):
    """Somebody was first, or the step is gone."""


class NotNow(Stale):
    """What it takes is not there, or not here, at the moment; the sentence says more than its page does by itself."""
