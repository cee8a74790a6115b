"""The votes of a panel, for its members alone, and what the majority found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app import policy
from app.domain.adjudication import Finding
from app.domain.roles import Role
from app.models import Case, Deliberation, Opinion, Task, User


def current_round(session: Session, case: Case) -> int:
    """Return the number of the round that is not concluded yet."""
    done = select(func.max(Deliberation.round)).where(Deliberation.case_id == case.id)
    return (session.scalar(done) or 0) + 1


def opinions(session: Session, case: Case, rank: int) -> list[Opinion]:
    """Return the votes of a round, in the order in which they came."""
    rows = select(Opinion).where(Opinion.case_id == case.id, Opinion.round == rank)
    return list(session.scalars(rows.options(joinedload(Opinion.user)).order_by(Opinion.id)))


def majority(votes: Iterable[Opinion]) -> str | None:
    """Return what more than half of the votes find; ``None`` where no finding has so many."""
    counted = Counter(o.vote for o in votes)
    total = sum(counted.values())
    return next((vote for vote, number in counted.items() if 2 * number > total), None)


def found(session: Session, case: Case) -> str | None:
    """Return what the panel found in the last round that was concluded."""
    rows = select(Deliberation.finding).where(Deliberation.case_id == case.id)
    return session.scalar(rows.order_by(Deliberation.round.desc()).limit(1))


def _opinions(session: Session, case: Case, user: User, _t: Task | None) -> dict[str, Any]:
    """Return the votes once all are in, to a member of the panel; before that nobody sees those of the others."""
    votes = opinions(session, case, current_round(session, case))
    sitting = {s.user_id for s in case.seats(Role.ADJUDICATOR)}
    if not policy.sits_on_the_panel(user, case) or sitting - {o.user_id for o in votes}:
        return {"opinions": None}
    return {
        "opinions": {
            "votes": [{"name": o.user.name, "vote": Finding(o.vote).label, "text": o.text} for o in votes],
            "majority": majority(votes),
        }
    }


def _majority(session: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    return {"majority": found(session, case)}


FACTS = {"opinions": _opinions, "majority": _majority}
