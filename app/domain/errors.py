"""Refusals, in the reader's words. One table in the web and API floors turns them into pages and problem documents."""

from __future__ import annotations


class Refusal(Exception):
    """Something was asked that will not be done; nothing has changed.

    ``message`` is a plain Chinese sentence and at the same time the key of its translation; ``params`` fill its
    ``%(name)s`` places after translation.
    """

    def __init__(self, message: str, *, field: str | None = None, **params: object) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.params = params

    def __str__(self) -> str:
        return self.message % self.params if self.params else self.message


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
