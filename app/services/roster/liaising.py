"""Who is there for whom: each new member gets the liaison officer who has the fewest (measure M05)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock
from app.domain.errors import RuleBroken
from app.domain.events import LiaisonChanged
from app.domain.roles import Role
from app.models import Case, CaseStaff, Membership, Party, RosterMember, RosterVersion, User
from app.queries import cases, roster
from app.services import stepping
from app.services.acting import Acting


def liaison_of(session: Session, member: RosterMember) -> User:
    """Return who is there for a member; where nobody is, whoever has the fewest is from now on."""
    if member.liaison is None or not member.liaison.active:
        member.liaison = None
        session.flush()
        _appoint(session, [member])
    if member.liaison is None:
        raise RuleBroken("%(name)s还没有直联专员，请先指定", field="member", name=member.organization.name)
    return member.liaison


def appoint_for_new(session: Session, version: RosterVersion) -> None:
    """Appoint a liaison for every unit that came in with ``version``; where the office has none, nobody is appointed yet."""
    new = select(RosterMember).where(RosterMember.entered_with_id == version.id, RosterMember.liaison_id.is_(None))
    _appoint(session, session.scalars(new.order_by(RosterMember.id)).all())


def _appoint(session: Session, members: Iterable[RosterMember]) -> None:
    liaisons = select(User).join(Membership).where(Membership.role == Role.LIAISON, User.active).order_by(User.id)
    free = list(session.scalars(liaisons).unique())
    if not free:
        return
    counted = (
        select(RosterMember.liaison_id, func.count())
        .where(roster.on_day(clock.today()), RosterMember.liaison_id.is_not(None))
        .group_by(RosterMember.liaison_id)
    )
    load = Counter({row[0]: row[1] for row in session.execute(counted)})
    for member in members:
        member.liaison = chosen = min(free, key=lambda user: (load[user.id], user.id))
        load[chosen.id] += 1


def pass_on(session: Session, member: RosterMember, was: User | None, *, by: User) -> None:
    """Let the liaison of a member take over what the former one has in hand in its open cases."""
    if was is None or member.liaison is None or was.id == member.liaison.id:
        return
    held = (
        select(CaseStaff.case_id)
        .join(Case, Case.id == CaseStaff.case_id)
        .join(Party, Party.case_id == Case.id)
        .where(
            Party.organization_id == member.organization_id,
            CaseStaff.role == Role.LIAISON,
            CaseStaff.user_id == was.id,
            CaseStaff.until.is_(None),
            Case.closed_at.is_(None),
        )
    )
    for case_id in sorted(set(session.scalars(held))):
        _take_over(Acting(session, cases.locked(session, case_id), by), was, member.liaison)


def _take_over(acting: Acting, was: User, now: User) -> None:
    for seat in [s for s in acting.case.seats(Role.LIAISON) if s.user_id == was.id]:
        seat.until, seat.left_because = clock.now(), "reassigned"
        came = CaseStaff(user=now, user_id=now.id, role=Role.LIAISON.value, since=clock.now())
        acting.case.staff.append(came)
        acting.session.flush()  # tasks belong to the seat by id
        stepping.pass_on(acting, seat, came)
        acting.record(LiaisonChanged(was=was.name, now=now.name))
