"""Why an official must not handle a case (order 81, art. 5): the reasons that the records show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, bindparam, exists, func, literal, or_, select, true, union
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from app.domain.roles import SEATED, Role
from app.domain.texts import Text
from app.models import (
    Agent,
    Case,
    CaseStaff,
    DeclaredRelation,
    Membership,
    Organization,
    Party,
    Recusal,
    Task,
    User,
)
from app.queries.viewers import Viewer, may_be_tied

CaseId = InstrumentedAttribute[int] | InstrumentedAttribute[int | None]


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
    return conflicts_of(session, [user], case)[user.id] if may_be_tied(user) else []


def conflicts_of(session: Session, users: list[User], case: Case) -> dict[int, list[Conflict]]:
    """Return the reasons for each of ``users``, in one statement whatever their number."""
    names = {p.organization_id: p.organization.name for p in case.parties}
    ids = [u.id for u in users]
    found: dict[int, list[Conflict]] = {i: [] for i in ids}
    given = {"people": ids, "organizations": list(names), "case": case.id}
    for user_id, code, organization_id in session.execute(_REASONS, given):
        found[user_id].append(Conflict(code, names.get(organization_id, "")))
    for user in users:
        found[user.id] += [Conflict("employer", name) for name in names.values() if user.employer == name]
    return found


def _relations(ids: Any) -> CompoundSelect[Any]:
    """Return the statement that lists (user, reason, organisation); an agent of the other side counts in any case."""
    other = aliased(Party)
    member = select(Membership.user_id, literal("party").label("reason"), Membership.organization_id).where(
        Membership.user_id.in_(ids), Membership.organization_id.is_not(None)
    )
    agent = (
        select(Agent.user_id, literal("agent"), Party.organization_id)
        .join(Party, Party.id == Agent.party_id)
        .where(Agent.user_id.in_(ids))
    )
    against = (
        select(Agent.user_id, literal("earlier_case"), other.organization_id)
        .join(Party, Party.id == Agent.party_id)
        .join(other, other.case_id == Party.case_id)
        .where(Agent.user_id.in_(ids), other.role != Party.role)
    )
    declared = select(DeclaredRelation.user_id, literal("declared"), DeclaredRelation.organization_id).where(
        DeclaredRelation.user_id.in_(ids)
    )
    return union(*(part.correlate(None) for part in (member, agent, against, declared)))


def _reasons() -> CompoundSelect[Any]:
    """Return the statement that lists (user, reason, organisation) for the parties and the past of one case."""
    people: Any = bindparam("people", expanding=True)
    related = _relations(people).subquery()
    recused = select(Recusal.user_id, literal("recused"), literal(0)).where(
        Recusal.case_id == bindparam("case"), Recusal.decision == "upheld", Recusal.user_id.in_(people)
    )
    concerned = related.c.organization_id.in_(bindparam("organizations", expanding=True))
    return union(select(related).where(concerned), recused)


_REASONS = _reasons()


# -- what a conflict hides (decision 0009) -----------------------------------------------------------------------------


def tied() -> ColumnElement[bool]:
    """Return the condition on ``User`` that holds where records tie them to a party, or took them off a case."""
    return or_(
        exists().where(Agent.user_id == User.id),
        exists().where(DeclaredRelation.user_id == User.id),
        exists().where(Recusal.user_id == User.id, Recusal.decision == "upheld"),
    )


def clear(who: Viewer, case_id: CaseId) -> ColumnElement[bool]:
    """Return the condition that nothing bars ``who`` from the case; it costs nothing where nothing can."""
    return case_id.not_in(_barred(who)) if who.suspect else true()


def open_to(who: Viewer, case_id: CaseId) -> ColumnElement[bool]:
    """Return the condition that ``who`` may look at the case as an official: it is clear, or in their own hands."""
    if not who.suspect:
        return true()
    holds = select(CaseStaff.case_id).where(CaseStaff.user_id == who.id, CaseStaff.until.is_(None))
    asked = select(Task.case_id).where(Task.assignee_id == who.id, Task.state == "open")
    return or_(clear(who, case_id), case_id.in_(holds.correlate(None)), case_id.in_(asked.correlate(None)))


def _barred(who: Viewer) -> CompoundSelect[int]:
    """Return the ids of the cases that ``who`` must not handle, as a part of a statement."""
    related = _relations([who.id]).subquery()
    organizations: ColumnElement[bool] = Party.organization_id.in_(select(related.c.organization_id))
    if who.employer is not None:
        employer = select(Organization.id).where(Organization.name == who.employer)
        organizations = or_(organizations, Party.organization_id.in_(employer.correlate(None)))
    recused = select(Recusal.case_id).where(Recusal.decision == "upheld", Recusal.user_id == who.id)
    return union(select(Party.case_id).where(organizations).correlate(None), recused.correlate(None))


@dataclass(frozen=True, slots=True)
class Candidate:
    """An official who could take a case: how many open cases they hold, whether the field is theirs, what bars them."""

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

    @property
    def named(self) -> Text:
        """Return their name, and that they have no room for another case where they have none."""
        name = self.user.name
        if self.room > 0:
            return Text(name, name)
        return Text(f"{name}（在办 {self.load} 件，已满）", f"{name} ({self.load} cases in hand, no room)")


def candidates(session: Session, case: Case, right_type: str, role: Role = Role.MEDIATOR) -> list[Candidate]:
    """Return who holds ``role`` in the case's unit: free of conflict first, then speciality, then free capacity."""
    users = list(
        session.scalars(
            select(User)
            .join(Membership)
            .where(Membership.role == role, Membership.unit_id == case.unit_id, User.active)
            .order_by(User.id)
        ).unique()
    )
    loads = _loads(session, [u.id for u in users])
    barred = conflicts_of(session, users, case)
    found = [Candidate(u, loads.get(u.id, 0), right_type in u.specialities, barred[u.id]) for u in users]
    return sorted(found, key=lambda c: (not c.free, c.room <= 0, not c.speciality, -c.room, c.user.id))


def load_of(session: Session, user: User) -> int:
    """Return how many running cases an official has in hand."""
    return _loads(session, [user.id]).get(user.id, 0)


def _loads(session: Session, ids: list[int]) -> dict[int, int]:

    rows = session.execute(
        select(CaseStaff.user_id, func.count())
        .join(Case, Case.id == CaseStaff.case_id)
        .where(
            CaseStaff.user_id.in_(ids),
            CaseStaff.role.in_(SEATED),
            CaseStaff.until.is_(None),
            Case.closed_at.is_(None),
        )
        .group_by(CaseStaff.user_id)
    )
    return {user_id: number for user_id, number in rows.all()}  # noqa: C416 - a row is a tuple only at run time
