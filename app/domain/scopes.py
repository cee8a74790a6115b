"""Where something is typed: the place to which a draft belongs, one draft a person and place."""

from __future__ import annotations

import re

SCOPE = re.compile(r"^(task:\d{1,9}|start:[a-z_]{1,32}(:\d{1,9})?|act:\d{1,9}:[a-z_]{1,32})$")


def of_task(task_id: int) -> str:
    """Return the place of a task."""
    return f"task:{task_id}"


def of_start(process: str, case_id: int | None = None) -> str:
    """Return the place of a request, or of one that grew out of the case ``case_id``."""
    return f"start:{process}" if case_id is None else f"start:{process}:{case_id}"


def of_act(case_id: int, name: str) -> str:
    """Return the place of an act beside the main line of a case."""
    return f"act:{case_id}:{name}"
