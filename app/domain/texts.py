"""Words in both languages of the house."""

from __future__ import annotations

import re
from typing import NamedTuple


class Text(NamedTuple):
    """The same words in Chinese and in English."""

    zh: str
    en: str

    def within(self, lang: str) -> str:
        """Return the words in the language of ``lang`` (``en``, ``zh-CN`` …)."""
        return self.en if lang.startswith("en") else self.zh


_NUMBERED = re.compile(
    r"(?:[（(](?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[)）]|[0-9]{1,2}(?:[、．)）]|[.](?![0-9]))|[①-⑳]"
    r"|[一二三四五六七八九十]{1,3}[、．.](?![一二三四五六七八九十]))\s*"
)


def unnumbered(line: str) -> str:
    """Return a line of a list without the number that somebody typed before it: the list has numbers of its own."""
    written = _NUMBERED.match(line)
    return line[written.end() :] if written else line
