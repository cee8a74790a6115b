"""Docketing and the appointment of a mediator who has no conflict (order 81, arts. 5 and 66)."""

from __future__ import annotations

from datetime import date

from app import clock, notifications
from app.domain import statute
from app.domain.disputes import DisputeKind
from app.domain.errors import NotFound, RuleBroken, Stale
from app.domain.events import CaseDocketed, CaseHandedOver, MediatorAppointed
from app.domain.mediation import BEING_MEDIATED
from app.domain.periods import Regime
from app.domain.roles import Role
from app.models import CaseStaff, Document, Party, Task, User
from app.queries import conflicts
from app.services import clocks, papers, stepping, tasks
from app.services.acting import Acting, Answers, Data, act, after_service, step
from app.services.mediation import current, sides


@step("docket")
def docket(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Docket the mediation with those who consented, and appoint the mediator."""
    mediation = current.mediation(acting)
    mediation.docketed_on = acting.today
    acting.milestone("docketed", acting.today)
    acting.record(CaseDocketed(on=acting.today))
    clocks.start(acting, "mediation.notify")
    if mediation.dispute_kind == DisputeKind.OWNERSHIP:
        clocks.start(acting, "mediation.ownership_close")
    mediator = appoint(acting, answers["mediator"], None, over_capacity=answers.get("over_capacity"))
    papers.issue(
        acting,
        "mediation_docket_notice",
        to=sides.in_mediation(acting),
        docketed_on=acting.today.isoformat(),
        mediator=mediator.name,
        left_out=sides.left_out(acting),
    )
    tell_of(acting, mediator)
    acting.remark(answers.get("note"))
    return {}


def appoint(
    acting: Acting, user_id: int, instead_of: CaseStaff | None, why: str = "reassigned", *, over_capacity: str | None
) -> User:
    """Put a mediator of the unit, free of conflict, on the case; whoever held it before stays on the list.

    Where they have no room for another case it needs a reason (``over_capacity``), which stays among the remarks.
    """
    mediator = acting.session.get(User, user_id)
    if mediator is None:
        raise NotFound("user")
    if not mediator.active or not mediator.has_role(Role.MEDIATOR, acting.case.unit_id):
        raise RuleBroken("%(name)s 不是本单位的调解员", field="mediator", name=mediator.name)
    tasks.refuse_conflict(acting.session, mediator, acting.case, field="mediator")
    if instead_of is not None and instead_of.user_id == mediator.id:
        raise Stale("%(name)s 已经是本案调解员", name=mediator.name)
    _refuse_full(acting, mediator, over_capacity)
    if instead_of is not None:
        instead_of.until = clock.now()
        instead_of.left_because = why
    seat = CaseStaff(user=mediator, user_id=mediator.id, role=Role.MEDIATOR.value, since=clock.now())
    acting.case.staff.append(seat)
    acting.record(MediatorAppointed(mediator=mediator.name, instead_of=instead_of.user.name if instead_of else None))
    if instead_of is not None:
        stepping.pass_on(acting, instead_of, seat)
    notifications.mediator_changed(acting.session, acting.case, instead_of.user if instead_of else None, mediator)
    return mediator


def _refuse_full(acting: Acting, mediator: User, reason: str | None) -> None:
    load = conflicts.load_of(acting.session, mediator)
    if load < mediator.capacity:
        return
    if not reason:
        raise RuleBroken(
            "%(name)s在办 %(load)s 件，已经不能再承办；仍然指定的，请写明理由",
            field="over_capacity",
            name=mediator.name,
            load=load,
        )
    acting.remark(f"{mediator.name}在办 {load} 件，超出承办数量仍然指定：{reason}")


def tell_of(acting: Acting, mediator: User) -> None:
    """Tell the parties who mediates, and how long they may ask that this mediator step aside (D12)."""
    term = statute.rule("recusal.request").term(Regime(acting.case.regime))
    papers.issue(
        acting,
        "mediator_notice",
        to=sides.in_mediation(acting),
        mediator=mediator.name,
        days=str(term.length.n) if term.length else "",
    )


@after_service("mediator_notice")
def recusal_runs(acting: Acting, _document: Document, party: Party, _on: date) -> None:
    """Whoever has learned who mediates may ask within three working days that they step aside (TL10)."""
    if acting.case.state in BEING_MEDIATED:
        clocks.start(acting, "recusal.request", party=party)


@act("hand_over")
def hand_over(acting: Acting, answers: Answers) -> Data:
    """Give the case to another mediator, with a reason; the conflict check runs again."""
    before = acting.case.staff_in(Role.MEDIATOR)
    assert before is not None
    mediator = appoint(acting, answers["to"], before, "handed_over", over_capacity=answers.get("over_capacity"))
    acting.record(
        CaseHandedOver(
            role=Role.MEDIATOR.label, to=mediator.name, instead_of=before.user.name, reason=answers["reason"]
        )
    )
    tell_of(acting, mediator)
    return {}


@act("extend_closing")
def extend_closing(acting: Acting, answers: Answers) -> Data:
    """Lengthen the closing period of an ownership dispute by a month, once (order 81, art. 70)."""
    clocks.extend(acting, "mediation.ownership_close", answers["reason"])
    return {}
