"""Withdrawal, settlement and cancellation: put to the head of the department, who decides (order 81, arts. 30 and 36)."""

from __future__ import annotations

from app import clock
from app.domain.adjudication import CancellationGround, WithdrawalGround, cancellation_grounds
from app.domain.errors import NotAllowed, RuleBroken
from app.domain.events import CancellationDecided, CancellationProposed, PartiesSettled, RequestWithdrawn
from app.domain.mediation import Stance
from app.domain.periods import Regime
from app.domain.roles import PartyRole
from app.models import Party, Proposal, Task
from app.policy import disposed_by, may_dispose, parties_of
from app.services import papers, parties, stepping
from app.services.acting import Acting, Answers, Data, act, step
from app.services.adjudication import closing, current

# On what ground of the law each kind of proposal cancels the case, where it is not named by the panel.
GROUNDS = {
    "withdrawal": CancellationGround.WITHDRAWN,
    "absence": CancellationGround.WITHDRAWN,
    "settlement": CancellationGround.SETTLED,
}
# The step in which each is decided.
KINDS = {
    "decide_withdrawal": "withdrawal",
    "decide_settlement": "settlement",
    "decide_cancellation": "cancellation",
    "cancel_absent": "absence",
}


def propose(acting: Acting, kind: str, reason: str, *, ground: str = "", party: Party | None = None) -> None:
    """Keep what is put to the head of the department."""
    acting.session.add(
        Proposal(
            case_id=acting.case.id,
            kind=kind,
            ground=ground,
            reason=reason,
            party_id=party.id if party else None,
            by_id=acting.by.id if acting.by else None,
            on=acting.today,
        )
    )


@act("withdraw_case")
def withdraw_case(acting: Acting, answers: Answers) -> Data | None:
    """Withdraw the request; a docketed case is closed only when its cancellation is decided.

    One of several requesters goes alone; the case ends with the last of them.
    """
    party = speaking(acting, answers, PartyRole.REQUESTER)
    alone = len(parties.requesters(acting)) == 1
    docketed = current.adjudication(acting).docketed_on is not None
    acting.record(RequestWithdrawn(party=party.name, reason=answers["reason"], to_be_decided=alone and docketed))
    documents = papers.receive(acting, "withdrawal_attachment", answers.get("files") or [], party=party)
    if not documents and not is_own(acting, party):
        raise RuleBroken("代当事人登记的，请上传当事人签章的材料", field="files")
    papers.issue(
        acting,
        "case_withdrawal",
        party=party.name,
        ground=WithdrawalGround(answers["ground"]).label,
        reason=answers["reason"],
    )
    if not alone:
        party.stance, party.left_at = Stance.WITHDRAWN.value, clock.now()
        stepping.take_out(acting, party)
        return None
    propose(acting, "withdrawal", answers["reason"], ground=answers["ground"], party=party)
    return {}


@act("settle_case")
def settle_case(acting: Acting, answers: Answers) -> Data:
    """Report the settlement with a copy of it (D33)."""
    party = speaking(acting, answers, *PartyRole)
    if not papers.receive(acting, "settlement_agreement", answers.get("files") or [], party=party):
        raise RuleBroken("请上传各方签章的和解协议书", field="files")
    acting.record(PartiesSettled(summary=answers["summary"]))
    propose(acting, "settlement", answers["summary"], party=party)
    return {}


def speaking(acting: Acting, answers: Answers, *roles: PartyRole) -> Party:
    """Return the party that is meant: the one that was chosen, or the only one for which this person may speak."""
    assert acting.by is not None
    disposed = disposed_by(acting.by, acting.case, *roles)
    if not disposed:
        raise NotAllowed("须由当事人本人或者有特别授权的代理人办理")
    chosen = answers.get("party") if len(disposed) > 1 else disposed[0].id
    party = next((p for p in disposed if p.id == chosen), None)
    if party is None:
        raise RuleBroken("请选择当事人", field="party")
    return party


def is_own(acting: Acting, party: Party) -> bool:
    """Say whether whoever acts speaks for the party themselves."""
    assert acting.by is not None
    return party in parties_of(acting.by, acting.case) and may_dispose(acting.by, party)


def refuse_unsettled(acting: Acting, field: str) -> None:
    """No case ends while things are registered that nobody has dealt with, or a sealed agreement is on its way."""
    if titles := current.open_steps(acting, {"settle_registration", "serve_terms"}):
        raise RuleBroken("%(steps)s还没有办完，案件暂不能结束", field=field, steps=titles)


@act("propose_cancellation")
def propose_cancellation(acting: Acting, answers: Answers) -> Data:
    """Propose, for the panel, that the case be cancelled."""
    ground = CancellationGround(answers["ground"])
    if ground not in cancellation_grounds(Regime(acting.case.regime)):
        raise RuleBroken("本案适用的规定没有这一撤案理由", field="ground")
    acting.record(CancellationProposed(ground=ground.label, reason=answers["reason"]))
    propose(acting, "cancellation", answers["reason"], ground=ground.value)
    return {}


@step("decide_cancellation")
def decide_cancellation(acting: Acting, task: Task, answers: Answers) -> Data:
    """Cancel the case with its ground and the remedy (D31), or let it go on."""
    kind = KINDS[task.key]
    row = current.proposal(acting, kind)
    granted = answers["decision"] == "granted"
    if granted:
        refuse_unsettled(acting, "decision")
    row.granted, row.decided_on = granted, acting.today
    ground = GROUNDS.get(kind) or CancellationGround(row.ground)
    if kind == "withdrawal" and row.ground == WithdrawalGround.SETTLED:
        ground = CancellationGround.SETTLED
    acting.record(CancellationDecided(granted=granted, ground=ground.label, reason=answers["reason"]))
    if granted:
        closing.approve(
            acting,
            summary=current.answered_before(acting, "examine_request").get("summary") or "",
            panel_opinion=f"{ground.label}：{row.reason}",
            opinion=answers["reason"],
        )
        papers.issue(
            acting,
            "cancellation_decision",
            to=[p for p in acting.case.parties if p.takes_part],
            ground=ground.value,
            grounds=[
                {"code": g.value, "label": g.label, "ticked": g is ground}
                for g in cancellation_grounds(Regime(acting.case.regime))
            ],
            reason=answers["reason"],
        )
    return {"cancellation": "granted" if granted else "refused"}
