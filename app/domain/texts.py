"""Words in both languages of the house."""

from __future__ import annotations

from typing import NamedTuple


class Text(NamedTuple):
    """The same words in Chinese and in English."""

    zh: str
    en: str

    def within(self, lang: str) -> str:
        """Return the words in the language of ``lang`` (``en``, ``zh-CN`` …)."""
        return self.en if lang.startswith("en") else self.zh
