"""What the look at a file raises, whatever kind of file it is."""

from __future__ import annotations


class Unfit(Exception):
    """A file is refused; ``sentence`` says why, with a place for ``%(name)s``."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
