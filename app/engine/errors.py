"""What the engine refuses. Messages are plain Chinese sentences and keys of their translation, like refusals of the domain."""

from __future__ import annotations


class EngineError(Exception):
    """The step was not taken; the position that was handed in still holds.

    ``message`` is the key of its translation; ``params`` fill its ``%(name)s`` places after translation.
    """

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message)
        self.message = message
        self.params = params

    def __str__(self) -> str:
        return self.message % self.params if self.params else self.message


class DataRefused(EngineError):
    """Process data takes yes/no, words, whole numbers and days as ISO text; ``key`` names the entry that is none of these."""

    def __init__(self, key: str, value: object) -> None:
        super().__init__(
            "流程数据“%(key)s”只能是是/否、文字、整数或日期文字，不能是 %(type)s", key=key, type=type(value).__name__
        )
        self.key = key


class NothingWaits(EngineError):
    """The task is not (or no longer) to be done, or nothing waits for the act or the deadline."""


class TooManyTurns(EngineError):
    """One node has been entered more often than a case may; ``key`` is its id."""

    def __init__(self, key: str, title: str, turns: int) -> None:
        super().__init__("“%(title)s”已经办理 %(turns)s 次，不能再重复", title=title, turns=turns)
        self.key = key


class StepFailed(EngineError):
    """An automatic step could not be taken: ``element`` is its id in the diagram, ``cause`` what went wrong, if anything was raised."""

    def __init__(self, element: str, message: str, cause: BaseException | None = None, **params: object) -> None:
        super().__init__(message, **params)
        self.element = element
        self.cause = cause


class DiagramRefused(EngineError):
    """The files cannot be made into a process version; ``file`` and ``element`` say where."""

    def __init__(self, file: str, element: str, message: str, **params: object) -> None:
        super().__init__(message, **params)
        self.file = file
        self.element = element
