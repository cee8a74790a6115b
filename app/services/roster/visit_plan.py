"""The plan of visits of a year: drawn up, changed while a visit has not begun, and begun."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock, policy
from app.domain.errors import Refusal, RuleBroken, Stale
from app.domain.roles import Role
from app.domain.roster import visits
from app.models import Case, RosterMember, User, VisitPlan
from app.queries import visits as queries
from app.services import cases
from app.services.acting import STARTS
from app.services.changing import FIRST


def draw_up(
    session: Session,
    members: Sequence[RosterMember],
    *,
    year: int,
    by_day: date,
    visitor: User | None = None,
    by: User,
) -> list[VisitPlan]:
    """Put members into the plan of a year; without a ``visitor`` each is visited by its own liaison.

    Raises ``Stale`` where one of them stands in the plan already.
    """
    policy.check(by, "visit.plan")
    visits.refuse_bad_day(by_day, year, clock.today())
    if not members:
        raise RuleBroken("请选择单位", field="members")
    if visitor is not None:
        refuse_no_liaison(visitor, field="visitor")
    made = []
    for member in members:
        if member.left_on is not None:
            raise RuleBroken("%(name)s 已经调出名录", field="members", name=member.organization.name)
        if queries.line_of(session, member.id, year) is not None:
            raise Stale("%(name)s 已在这一年度的回访计划中", name=member.organization.name)
        who = visitor or usual_visitor(member, field="members")
        made.append(line(member, who, year=year, by_day=by_day, by=by))
    session.add_all(made)
    session.flush()  # the page leads to their lines by id
    return made


def usual_visitor(member: RosterMember, *, field: str) -> User:
    """Return the liaison of a member. Raises ``RuleBroken`` where nobody is."""
    if member.liaison is None:
        raise RuleBroken("%(name)s 还没有直联专员，请先指派", field=field, name=member.organization.name)
    refuse_no_liaison(member.liaison, field=field)
    return member.liaison


def refuse_no_liaison(visitor: User, *, field: str) -> None:
    """Refuse somebody who is no liaison (any more): the steps of a visit are a liaison's."""
    if not visitor.active or not visitor.has_role(Role.LIAISON):
        raise RuleBroken("%(name)s 不是在岗的直联专员", field=field, name=visitor.name)


def line(member: RosterMember, visitor: User, *, year: int, by_day: date, by: User) -> VisitPlan:
    """Return a line of the plan."""
    return VisitPlan(
        year=year,
        member=member,
        visitor=visitor,
        by_day=by_day,
        drawn_up_by_id=by.id,
        drawn_up_at=clock.now(),
    )


def change(session: Session, planned: VisitPlan, *, visitor: User, by_day: date, by: User) -> None:
    """Let another liaison visit, or by another day, while the visit has not begun."""
    policy.check(by, "visit.plan")
    _refuse_begun(session, planned)
    visits.refuse_bad_day(by_day, planned.year, clock.today())
    refuse_no_liaison(visitor, field="visitor")
    planned.visitor, planned.by_day = visitor, by_day


def drop(session: Session, planned: VisitPlan, *, by: User) -> None:
    """Take a member out of the plan, while the visit has not begun."""
    policy.check(by, "visit.plan")
    _refuse_begun(session, planned)
    session.delete(planned)


def _refuse_begun(session: Session, planned: VisitPlan) -> None:
    """Lock a line whose visit has not begun. Raises ``Stale`` where it has, or the line is gone."""
    locked = select(VisitPlan.id).where(VisitPlan.id == planned.id).with_for_update()
    if session.scalar(locked) is None:
        raise Stale(FIRST)
    if queries.of_member(session, planned.member_id, planned.year) is not None:
        raise Stale("这一回访已经开始，请在案件页办理")


def begin(session: Session, planned: VisitPlan, *, by: User) -> Case:
    """Open the case of a planned visit. Raises ``Stale`` where it has been opened already."""
    policy.check(by, "case.start.visit")
    _refuse_begun(session, planned)
    answers = {"member": planned.member_id, "year": planned.year, "by_day": planned.by_day.isoformat()}
    key = f"visit:{planned.member_id}:{planned.year}"
    return cases.begin(session, visits.PROCESS, answers, STARTS[visits.PROCESS], key, by=by)


def begin_all(session: Session, year: int, *, by: User) -> tuple[list[Case], list[Refusal]]:
    """Open the case of each planned visit of a year that has not begun; return also why some were not."""
    policy.check(by, "case.start.visit")
    begun: list[Case] = []
    refused: list[Refusal] = []
    for planned in queries.not_begun(session, year):
        try:
            _refuse_impossible(planned)
        except RuleBroken as refusal:
            refused.append(refusal)
            continue
        begun.append(begin(session, planned, by=by))
    return begun, refused


def _refuse_impossible(planned: VisitPlan) -> None:
    """Raise what would stand in the way, before anything is written for this line."""
    if planned.member.left_on is not None:
        raise RuleBroken("%(name)s 已经调出名录", name=planned.member.organization.name)
    if planned.by_day < clock.today():
        raise RuleBroken("%(name)s 的最迟回访日已过，请先修改", name=planned.member.organization.name)
    refuse_no_liaison(planned.visitor, field="visitor")
