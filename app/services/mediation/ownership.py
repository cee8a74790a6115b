"""What an ownership dispute brings with it at the national office, whose procedure stood still meanwhile (order 81, art. 70)."""

from __future__ import annotations

from app.domain.disputes import DisputeKind
from app.domain.errors import RuleBroken
from app.domain.events import CopiedToCnipa, ResumptionRecorded
from app.services import answered, clocks, papers, parties
from app.services.acting import Acting, Answers, Data, act, ending
from app.services.mediation import current


@act("record_resumption")
def record_resumption(acting: Acting, answers: Answers) -> Data | None:
    """Note that a party has asked the national office to go on: within 15 days of the agreement (TL37)."""
    party = parties.party_in(acting, answers["party"])
    on = answered.day(answers["on"])
    agreed = acting.milestone_of("agreed")
    assert on is not None and agreed is not None
    if on < agreed:
        raise RuleBroken("办理日期不能早于协议生效日期 %(day)s", field="on", day=agreed)
    papers.receive(acting, "resumption_proof", answers.get("files") or [], party=party)
    acting.record(ResumptionRecorded(party=party.name, on=on))
    clocks.end(acting, "mediation.resume", met=True)
    return None


@ending("mediation")
def owe_a_copy(acting: Acting) -> None:
    """A docketed ownership dispute that has ended is copied to the national office within 5 working days (TL37)."""
    mediation = current.mediation(acting)
    if mediation.dispute_kind == DisputeKind.OWNERSHIP and mediation.docketed_on is not None:
        acting.milestone("closed", acting.today)
        clocks.start(acting, "mediation.copy_to_cnipa")


@act("copy_to_cnipa")
def copy_to_cnipa(acting: Acting, answers: Answers) -> Data | None:
    """Note that the result was sent to the national office."""
    on = answered.day(answers["on"])
    closed = acting.milestone_of("closed")
    if closed is None:
        raise RuleBroken("本案不需要抄送国家知识产权局")
    assert on is not None
    if on < closed:
        raise RuleBroken("抄送日期不能早于结案日期 %(day)s", field="on", day=closed)
    papers.receive(acting, "copy_proof", answers.get("files") or [], seen_by="office")
    acting.record(CopiedToCnipa(on=on))
    clocks.end(acting, "mediation.copy_to_cnipa", met=True)
    return None
