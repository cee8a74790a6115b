"""Accepting applications many at once: each by itself, and only those in which nothing has to be weighed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.domain.errors import RuleBroken
from app.models import Task
from app.queries import award_files

FORM = "award_formality"  # the form of the step that is answered
ANSWER = {"check": "accept"}


def refuse_doubtful(session: Session, task: Task) -> None:
    """Raise ``RuleBroken`` for a task that is no formality check, or whose application has to be looked at by itself."""
    if task.form != FORM:
        raise RuleBroken("这一任务不能一并受理，请逐件办理")
    for why in award_files.doubts(session, task.case):
        raise RuleBroken("请打开这一件核对：%(why)s", why=why)
