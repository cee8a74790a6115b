"""Why an official must not handle a case (order 81, art. 5): the reasons that the records show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import CompoundSelect, func, literal, select, union
from sqlalchemy.orm import Session, aliased

from app.domain.roles import Role
from app.models import Agent, Case, CaseStaff, DeclaredRelation, Membership, Party, Recusal, User


@dataclass(frozen=True, slots=True)
class Conflict:
    """One reason: its code and whom it concerns."""

    code: str
    about: str


REASONS = {
    "party": "本人是当事人或其工作人员",
    "agent": "本人担任过当事人的代理人",
    "employer": "当事人是其任职单位",
    "earlier_case": "曾在其他案件中代理对方当事人",
    "declared": "已申报与当事人有利害关系",
    "recused": "在本案中已回避",
}


def conflicts(session: Session, user: User, case: Case) -> list[Conflict]:
    """Return every reason why ``user`` must not handle ``case``; empty means free of conflict."""
    return conflicts_of(session, [user], case)[user.id]


def conflicts_of(session: Session, users: list[User], case: Case) -> dict[int, list[Conflict]]:
    """Return the reasons for each of ``users``, in one statement whatever their number."""
    names = {p.organization_id: p.organization.name for p in case.parties}
    ids = [u.id for u in users]
    found: dict[int, list[Conflict]] = {i: [] for i in ids}
    for user_id, code, organization_id in session.execute(_reasons(ids, list(names), case.id)):
        found[user_id].append(Conflict(code, names.get(organization_id, "")))
    for user in users:
        found[user.id] += [Conflict("employer", name) for name in names.values() if user.employer == name]
    return found


def _reasons(ids: list[int], organizations: list[int], case_id: int) -> CompoundSelect[Any]:
    """Return the statement that lists (user, reason, organisation); an agent of the other side counts in any case."""
    other = aliased(Party)
    member = select(Membership.user_id, literal("party"), Membership.organization_id).where(
        Membership.user_id.in_(ids), Membership.organization_id.in_(organizations)
    )
    agent = (
        select(Agent.user_id, literal("agent"), Party.organization_id)
        .join(Party, Party.id == Agent.party_id)
        .where(Agent.user_id.in_(ids), Party.organization_id.in_(organizations))
    )
    against = (
        select(Agent.user_id, literal("earlier_case"), other.organization_id)
        .join(Party, Party.id == Agent.party_id)
        .join(other, other.case_id == Party.case_id)
        .where(Agent.user_id.in_(ids), other.organization_id.in_(organizations), other.role != Party.role)
    )
    declared = select(DeclaredRelation.user_id, literal("declared"), DeclaredRelation.organization_id).where(
        DeclaredRelation.user_id.in_(ids), DeclaredRelation.organization_id.in_(organizations)
    )
    recused = select(Recusal.user_id, literal("recused"), literal(0)).where(
        Recusal.case_id == case_id, Recusal.decision == "upheld", Recusal.user_id.in_(ids)
    )
    return union(member, agent, against, declared, recused)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mediator who could take a case: how many open cases they hold, whether the field is theirs, what bars them."""

    user: User
    load: int
    speciality: bool
    conflicts: list[Conflict]

    @property
    def free(self) -> bool:
        """Say whether nothing bars them."""
        return not self.conflicts

    @property
    def room(self) -> int:
        """How many more cases they can take."""
        return self.user.capacity - self.load


def candidates(session: Session, case: Case, right_type: str) -> list[Candidate]:
    """Return the mediators of the case's unit: free of conflict first, then speciality, then free capacity."""
    users = list(
        session.scalars(
            select(User)
            .join(Membership)
            .where(Membership.role == Role.MEDIATOR, Membership.unit_id == case.unit_id, User.active)
            .order_by(User.id)
        ).unique()
    )
    loads = _loads(session, [u.id for u in users])
    barred = conflicts_of(session, users, case)
    found = [Candidate(u, loads.get(u.id, 0), right_type in u.specialities, barred[u.id]) for u in users]
    return sorted(found, key=lambda c: (not c.free, c.room <= 0, not c.speciality, -c.room, c.user.id))


def _loads(session: Session, ids: list[int]) -> dict[int, int]:

    rows = session.execute(
        select(CaseStaff.user_id, func.count())
        .join(Case, Case.id == CaseStaff.case_id)
        .where(
            CaseStaff.user_id.in_(ids),
            CaseStaff.role == Role.MEDIATOR,
            CaseStaff.until.is_(None),
            Case.closed_at.is_(None),
        )
        .group_by(CaseStaff.user_id)
    )
    return {user_id: number for user_id, number in rows.all()}  # noqa: C416 - a row is a tuple only at run time
