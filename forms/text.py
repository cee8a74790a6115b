"""Cleaning what people type and paste, and saying sentences in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import TypeAlias

from flask_babel import get_locale, gettext
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.domain.errors import Refusal
from app.domain.texts import day_within

Said: TypeAlias = str | LazyString

# Characters that nobody means to type: control characters become a space (they may have parted words); marks that turn
# the direction of writing, have no width, or are no characters at all (lone surrogates) go without a trace.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
_LINE_END = re.compile("\r\n|\r|\u2028|\u2029|\x85")


def one_line(text: str) -> str:
    """Return ``text`` as one line, with single spaces and without characters that cannot be seen."""
    return " ".join(_UNSEEN.sub("", _CONTROL.sub(" ", text)).split())


def many_lines(text: str) -> str:
    """Return ``text`` with plain line ends, without space at line ends and without characters that cannot be seen."""
    plain = _UNSEEN.sub("", _CONTROL.sub(" ", _LINE_END.sub("\n", text)))
    return "\n".join(line.rstrip() for line in plain.split("\n")).strip()


def refused(refusal: Refusal) -> Said:
    """Return what a refusal says in the reader's language."""
    return _l(refusal.message, **refusal.params_in(str(get_locale()), gettext))


def listed(words: Iterable[str]) -> str:
    """Return words one after the other, parted as in the reader's language."""
    return str(gettext("、")).join(words)


def written_out(day: date) -> str:
    """Return a day as it stands in a sentence, in the reader's language."""
    return day_within(day, str(get_locale()))
