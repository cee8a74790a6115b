"""What is blind: answers that nobody reads but who gave them, as a case stands now."""

from __future__ import annotations

from app import policy
from app.domain.states import State
from app.models import Case, User


def blind_forms(case: Case, user: User) -> tuple[str, ...]:
    """Return the forms whose answers ``user`` does not read unless they are their own.

    Opinions on an application are blind until its review is settled, scores until all are in; an evaluator of a
    nomination never reads another's.
    """
    if case.award is not None:
        scoring = any(task.key == "score" for task in case.open_tasks)
        return (*(("review",) if case.state == State.REVIEWING else ()), *(("score",) if scoring else ()))
    if case.nomination is not None:
        keeps = policy.sees_all_members(user, None)
        return () if keeps and case.nomination.total is not None else ("evaluate",)
    return ()
