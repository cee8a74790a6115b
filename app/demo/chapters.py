"""What a story is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Answers = dict[str, Any]


@dataclass(frozen=True)
class Chapter:
    """One thing that happens: after so many days, a task is answered or an act is done."""

    after: int
    what: str  # the key of a task, or "act:<name>", or "wait"
    answers: Answers = field(default_factory=dict)
    by: str = ""  # empty: whoever the task is for; "requester", "respondent", "clerk" for acts
