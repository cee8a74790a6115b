"""Recusal of the mediator (order 81, art. 5): asked for, the mediator rests, the director decides."""

from __future__ import annotations

from app.domain.errors import RuleBroken
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
    """Ask that the mediator step aside; until it is decided the mediator rests and the internal clocks stand still."""
    mediator = acting.case.staff_in(Role.MEDIATOR)
    assert mediator is not None and acting.by is not None
    party = _asking(acting, answers)
    if party is not None:
        recusing.refuse_late(acting, party, answered.day(answers.get("known_on")))
    row = Recusal(user=mediator.user, user_id=mediator.user_id)
    recusing.ask(acting, row, party, answers, field="reason")
    acting.milestone("recusal_requested", acting.today)
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


@step("decide_recusal")
def decide_recusal(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Decide the request; an upheld one takes the mediator off the case, a rejected one lets them go on."""
    row = pending(acting.session, acting.case)
    assert row is not None
    if not recusing.decide(acting, row, answers, to=sides.in_mediation(acting), field="decision"):
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
