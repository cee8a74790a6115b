"""Recusal of the mediator (order 81, art. 5): asked for, the mediator rests, the director decides."""

from __future__ import annotations

from sqlalchemy import func, select

from app.domain.disputes import RecusalGround
from app.domain.errors import RuleBroken
from app.domain.events import RecusalDecided, RecusalRequested
from app.domain.roles import Role
from app.models import Party, Recusal, Task
from app.policy import is_the_mediator, staying
from app.queries.recusals import pending
from app.services import answered, papers, parties, pauses, recusing
from app.services.acting import Acting, Answers, Data, act, step
from app.services.mediation import sides
from app.services.mediation.docketing import appoint, tell_of


@act("recuse")
def recuse(acting: Acting, answers: Answers) -> Data:
    """Ask that the mediator step aside; until it is decided the mediator rests and the internal clocks stand still.

    A decision against the request may be reviewed once on request of the same party (2019 guide, ch. 1 s. 2(2)).
    """
    mediator = acting.case.staff_in(Role.MEDIATOR)
    assert mediator is not None and acting.by is not None
    party = _asking(acting, answers)
    if party is not None:
        recusing.refuse_late(acting, party, answered.day(answers.get("known_on")))
    earlier = _earlier(acting, mediator.user_id, party.id if party else None)
    if earlier >= 2:
        raise RuleBroken("对同一调解员的回避申请已经复议，不能再次提出", field="reason")
    reason = f"{RecusalGround(answers['ground']).label}：{answers['reason']}"
    acting.session.add(
        Recusal(
            case_id=acting.case.id,
            party_id=party.id if party else None,
            user_id=mediator.user_id,
            reason=reason,
            requested_on=acting.today,
            review=earlier == 1,
        )
    )
    acting.case.recusal_pending = mediator.resting = True
    acting.milestone("recusal_requested", acting.today)
    asked_by = party.name if party else acting.by.name
    acting.record(RecusalRequested(party=asked_by, official=mediator.user.name, reason=reason, review=earlier == 1))
    papers.issue(
        acting,
        "recusal_application",
        applicant=asked_by,
        official=mediator.user.name,
        reason=reason,
    )
    papers.receive(acting, "recusal_proof", answers.get("files") or [], party=party)
    pauses.pause(acting, "recusal", "等待回避决定")
    return {}


def _asking(acting: Acting, answers: Answers) -> Party | None:
    """Return the party that asks: one's own, or the one for whom an official enters it; the mediator asks for nobody."""
    assert acting.by is not None
    own = next(iter(staying(acting.by, acting.case)), None)
    if own is not None or is_the_mediator(acting.by, acting.case):
        return own
    if not answers.get("party"):
        raise RuleBroken("请选择提出申请的当事人", field="party")
    party = parties.party_in(acting, answers["party"])
    if not party.takes_part:
        raise RuleBroken("请选择参加调解的当事人", field="party")
    return party


def _earlier(acting: Acting, user_id: int, party_id: int | None) -> int:
    """Return how often this party has already asked that this mediator step aside, in vain."""
    return (
        acting.session.scalar(
            select(func.count())
            .select_from(Recusal)
            .where(
                Recusal.case_id == acting.case.id,
                Recusal.user_id == user_id,
                Recusal.party_id == party_id if party_id is not None else Recusal.party_id.is_(None),
                Recusal.decision == "rejected",
            )
        )
        or 0
    )


@step("decide_recusal")
def decide_recusal(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Decide the request; an upheld one takes the mediator off the case, a rejected one lets them go on."""
    row = pending(acting.session, acting.case)
    assert row is not None and acting.by is not None
    if row.user_id == acting.by.id:
        raise RuleBroken("不能对本人的回避作出决定", field="decision")
    row.decision = answers["decision"]
    row.decided_on = acting.today
    row.decided_by_id = acting.by.id
    row.decision_reason = answers["reason"]
    upheld = row.decision == "upheld"
    acting.record(
        RecusalDecided(official=row.name, decision="回避成立" if upheld else "回避不成立", reason=answers["reason"])
    )
    papers.issue(
        acting,
        "recusal_decision",
        to=sides.in_mediation(acting),
        applicant=row.party.name if row.party else row.name,
        own_request=row.party is None,
        applicant_party=papers.facts_of(row.party) if row.party else None,
        official=row.name,
        requested_on=row.requested_on.isoformat(),
        upheld=upheld,
        review=row.review,
        reason=answers["reason"],
    )
    if not upheld:
        _go_on(acting)
    return {"recusal": row.decision}


@step("reappoint")
def reappoint(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Appoint another mediator in place of the one who stepped aside."""
    before = acting.case.staff_in(Role.MEDIATOR)
    mediator = appoint(acting, answers["mediator"], before, "recused", over_capacity=answers.get("over_capacity"))
    tell_of(acting, mediator)
    acting.remark(answers.get("note"))
    _go_on(acting)
    return {}


def _go_on(acting: Acting) -> None:
    acting.case.recusal_pending = False
    for seat in acting.case.seats(Role.MEDIATOR):
        seat.resting = False
    pauses.resume(acting, "recusal")
