"""Why an official must not handle a case (order 81, art. 5): the reasons that the records show."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.domain.roles import Role
from app.models import Agent, Case, CaseStaff, DeclaredRelation, Membership, Organization, Party, Recusal, User


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


def conflicts_of(session: Session, users: list[User], case: Case) -> dict[int | None, list[Conflict]]:
    """Return the reasons for each of ``users``, in a fixed number of statements whatever their number."""
    ids = [u.id for u in users]
    organizations: dict[int | None, str] = {p.organization_id: p.organization.name for p in case.parties}
    found: dict[int | None, list[Conflict]] = {i: [] for i in ids}
    for user_id, member_of in session.execute(
        select(Membership.user_id, Membership.organization_id).where(
            Membership.user_id.in_(ids), Membership.organization_id.in_(organizations)
        )
    ):
        found[user_id].append(Conflict("party", organizations[member_of]))
    for agent_id, name in session.execute(
        select(Agent.user_id, Organization.name)
        .join(Party, Party.id == Agent.party_id)
        .join(Organization, Organization.id == Party.organization_id)
        .where(Agent.user_id.in_(ids), Party.organization_id.in_(organizations))
    ):
        found[agent_id].append(Conflict("agent", name))
    for agent_id, name in _acted_against(session, ids, organizations):
        found[agent_id].append(Conflict("earlier_case", name))
    for user_id, organization_id in session.execute(
        select(DeclaredRelation.user_id, DeclaredRelation.organization_id).where(
            DeclaredRelation.user_id.in_(ids), DeclaredRelation.organization_id.in_(organizations)
        )
    ):
        found[user_id].append(Conflict("declared", organizations[organization_id]))
    for user_id in session.scalars(
        select(Recusal.user_id).where(
            Recusal.case_id == case.id, Recusal.decision == "upheld", Recusal.user_id.in_(ids)
        )
    ):
        found[user_id].append(Conflict("recused", ""))
    for user in users:
        for name in organizations.values():
            if user.employer and user.employer == name:
                found[user.id].append(Conflict("employer", name))
    return found


def _acted_against(
    session: Session, ids: list[int], organizations: dict[int | None, str]
) -> list[tuple[int | None, str]]:
    """Return (user, organisation) where the user was agent of the other side in an earlier case of the organisation."""
    other = aliased(Party)
    rows = session.execute(
        select(Agent.user_id, other.organization_id)
        .join(Party, Party.id == Agent.party_id)
        .join(other, other.case_id == Party.case_id)
        .where(Agent.user_id.in_(ids), other.organization_id.in_(organizations), other.role != Party.role)
        .distinct()
    )
    return [(user_id, organizations[organization_id]) for user_id, organization_id in rows]


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
