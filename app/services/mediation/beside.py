"""Acts beside the main line: withdrawal, settlement, agents, and the way on to adjudication."""

from __future__ import annotations

from app import clock
from app.domain import claims, scopes
from app.domain.errors import NotAllowed, RuleBroken
from app.domain.events import PartiesSettled, RequestWithdrawn, TurnedToAdjudication
from app.domain.mediation import Stance
from app.domain.roles import PartyRole
from app.domain.states import State
from app.models import Draft, Party
from app.policy import disposed_by, may_dispose, parties_of
from app.services import papers, parties, stepping
from app.services.acting import Acting, Answers, Data, act
from app.services.mediation import current, sides


@act("withdraw")
def withdraw(acting: Acting, answers: Answers) -> Data | None:
    """Withdraw the request; for the requester itself or an agent with special authority (D03).

    One of several requesters goes alone; the case ends with the last of them.
    """
    party = _speaking(acting, answers, PartyRole.REQUESTER)
    if len(parties.requesters(acting)) > 1 and acting.case.state == State.AGREEING:
        raise RuleBroken("正在确认调解协议，不能单独退出；不同意的，请在确认时说明", field="reason")
    acting.record(RequestWithdrawn(party=party.name, reason=answers["reason"]))
    documents = papers.receive(acting, "withdrawal_attachment", answers.get("files") or [], party=party)
    if not documents and not _is_own(acting, party):
        raise RuleBroken("代当事人登记的，请上传当事人签章的材料", field="files")
    papers.issue(acting, "withdrawal_request", party=party.name, reason=answers["reason"])
    party.stance = Stance.WITHDRAWN.value
    if parties.requesters(acting):
        sides.leaves(party, Stance.WITHDRAWN)
        stepping.take_out(acting, party)
        return None
    return {}


@act("settle")
def settle(acting: Acting, answers: Answers) -> Data:
    """Close the case because the parties settled by themselves; they hand in a copy of the settlement (D33)."""
    party = _speaking(acting, answers, *PartyRole)
    if not papers.receive(acting, "settlement_agreement", answers.get("files") or [], party=party):
        raise RuleBroken("请上传各方签章的和解协议书", field="files")
    acting.record(PartiesSettled(summary=answers["summary"]))
    return {}


def _speaking(acting: Acting, answers: Answers, *roles: PartyRole) -> Party:
    """Return the party that is meant: the one that was chosen, or the only one for which this person may speak."""
    assert acting.by is not None
    parties = disposed_by(acting.by, acting.case, *roles)
    if not parties:
        raise NotAllowed("须由当事人本人或者有特别授权的代理人办理")
    chosen = answers.get("party") if len(parties) > 1 else parties[0].id
    party = next((p for p in parties if p.id == chosen), None)
    if party is None:
        raise RuleBroken("请选择当事人", field="party")
    return party


def _is_own(acting: Acting, party: Party) -> bool:
    assert acting.by is not None
    return party in parties_of(acting.by, acting.case) and may_dispose(acting.by, party)


@act("to_adjudication")
def to_adjudication(acting: Acting, _answers: Answers) -> Data:
    """Turn a mediation that ended without agreement into the draft of a request for adjudication.

    The draft waits with its author and keeps the day on which the dispute was first filed in sight.
    """
    assert acting.by is not None
    mediation = current.mediation(acting)
    party = next(p for p in parties_of(acting.by, acting.case) if p.role == PartyRole.REQUESTER)
    acting.session.add(
        Draft(
            user_id=acting.by.id,
            scope=scopes.of_start("adjudication", acting.case.id),
            answers={
                "right_type": mediation.right_type,
                "right_number": mediation.right_number,
                "right_name": mediation.right_name,
                "right_holder": mediation.right_holder,
                "standing": mediation.requester_standing,
                "requests": mediation.requests,
                "facts": mediation.facts,
                "requesters": list(parties.names(parties.requesters(acting))),
                "respondents": list(parties.names(parties.respondents(acting))),
            },
            saved_at=clock.now(),
            from_case_id=acting.case.id,
            first_filed_on=acting.case.first_filed_on,
        )
    )
    acting.record(TurnedToAdjudication(party=party.name, first_filed_on=acting.case.first_filed_on))
    decided, mediated = claims.parted(mediation.requests)
    own = {
        **papers.facts_of(party),
        "phone": party.told("phone"),
    }  # the author's own paper says how to reach the author
    papers.issue(
        acting,
        "adjudication_request_draft",
        seen_by="party",
        to=[party],
        requesters=[own if p.id == party.id else papers.facts_of(p) for p in parties.requesters(acting)],
        requests=decided,
        mediated=mediated,
        reasons=mediation.facts,
        first_filed_on=acting.case.first_filed_on.isoformat(),
    )
    return {}
