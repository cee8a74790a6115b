"""A party's cases as cards: what waits for them, who holds the ball, until when."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app import policy
from app.domain.states import Stage, stages
from app.models import Agent, Case, MediationSession, Party, Task, User
from app.queries import sessions, sight
from app.queries.cases import visible_to

MOST = 100


@dataclass(frozen=True, slots=True)
class Matter:
    """One card: the case, its stage bar, my task if one waits for me, otherwise who works on it; where I am expected."""

    case: Case
    state: str
    stages: list[Stage]
    mine: Task | None
    others: list[Task]
    coming: MediationSession | None = None


def matters(session: Session, user: User) -> list[Matter]:
    """Return the cases of this party, those that wait for it first, then the open ones, then the closed.

    Where there are many, the newest are left after those that wait.
    """
    parties = selectinload(Case.parties)
    cases = list(
        session.scalars(
            select(Case)
            .where(visible_to(user))
            .options(parties.selectinload(Party.agents), parties.selectinload(Party.invitations), joinedload(Case.unit))
            .order_by(_waits_for(user).desc(), Case.opened_at.desc(), Case.id.desc())
            .limit(MOST)
        ).unique()
    )
    tasks = _tasks(session, [c.id for c in cases])
    coming = sessions.coming(session, user, [c.id for c in cases])
    stands = sight.states(session, user, cases)
    found = [_card(user, case, stands[case.id], tasks.get(case.id, []), coming.get(case.id)) for case in cases]
    return sorted(found, key=lambda m: (m.mine is None, not m.case.is_open, m.coming is None, _due(m)))


def _waits_for(user: User) -> ColumnElement[bool]:
    acts_for = select(Agent.party_id).where(Agent.user_id == user.id, Agent.until.is_(None))
    theirs = or_(Task.organization_id.in_(user.organization_ids), Task.party_id.in_(acts_for))
    return exists().where(Task.case_id == Case.id, Task.state == "open", theirs)


def _due(matter: Matter) -> str:
    return matter.mine.due_sort.isoformat() if matter.mine else ""


def _card(user: User, case: Case, state: str, tasks: list[Task], coming: MediationSession | None) -> Matter:
    own = {p.id for p in policy.parties_of(user, case)}
    mine = next((t for t in tasks if t.party_id in own), None)
    others = [t for t in tasks if t.party_id not in own and policy.is_not_resting(user, t)]
    others = others if policy.staying(user, case) else []
    expected = coming if sessions.is_expected(user, case, coming) else None
    return Matter(case, state, stages(case.kind, state), mine, others, expected)


def _tasks(session: Session, case_ids: list[int]) -> dict[int, list[Task]]:
    found: dict[int, list[Task]] = {}
    rows = session.scalars(
        select(Task)
        .where(Task.case_id.in_(case_ids), Task.state == "open")
        .options(joinedload(Task.party))
        .order_by(Task.due_sort, Task.id)
    )
    for task in rows:
        found.setdefault(task.case_id, []).append(task)
    return found
