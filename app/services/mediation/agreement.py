"""The agreement: drafted, confirmed by every party, sealed, served (order 81, arts. 35, 67 and 69)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock
from app.domain.disputes import DisputeKind
from app.domain.errors import RuleBroken
from app.domain.events import (
    AgreementAnswered,
    AgreementDrafted,
    AgreementEffective,
    AgreementIssued,
    AgreementRefused,
    AgreementReturned,
)
from app.domain.roles import Role
from app.models import Agreement, AgreementAnswer, Case, Party, Task, User
from app.policy import may_dispose
from app.services import answered, clocks, papers, parties, serving
from app.services.acting import Acting, Answers, Data, step
from app.services.mediation import current, sessions, sides


@step("draft_agreement")
def draft_agreement(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Keep a draft; an earlier one stays as it was."""
    partial = current.mediation(acting).partial
    if partial and not answers.get("open_points"):
        raise RuleBroken("部分达成协议的，请写明未达成协议的事项", field="open_points")
    place = 1 + (
        acting.session.scalar(select(func.max(Agreement.place)).where(Agreement.case_id == acting.case.id)) or 0
    )
    assert acting.by is not None
    acting.session.add(
        Agreement(
            case_id=acting.case.id,
            place=place,
            terms=list(answers["terms"]),
            amount=answered.money(answers.get("amount")),
            partial=partial,
            open_points=answers.get("open_points") or "",
            perform_by=answered.day(answers.get("perform_by")),
            drafted_by_id=acting.by.id,
            drafted_at=clock.now(),
        )
    )
    acting.session.flush()  # the parties confirm this draft by its id
    acting.record(AgreementDrafted(place=place, partial=partial))
    return {}


@step("confirm_agreement")
def confirm_agreement(acting: Acting, task: Task, answers: Answers) -> Data | None:
    """Take a party's word on the draft. All must confirm; one who wants a change or refuses decides at once."""
    party = task.party
    assert party is not None and acting.by is not None
    answer = answers["answer"]
    speaks_itself = not acting.by.is_official
    if answer == "confirm" and speaks_itself and not may_dispose(acting.by, party):
        raise RuleBroken("一般授权的代理人不能确认调解协议，须有特别授权", field="answer")
    names = _signers(acting.by, party, speaks_itself)
    if answer == "confirm" and not any(name in answers["signed_name"] for name in names):  # a title may stand beside it
        raise RuleBroken("签署人应当是：%(names)s", field="signed_name", names=names)
    agreement = current.agreement(acting)
    agreement.answers.append(
        AgreementAnswer(
            party_id=party.id,
            answer=answer,
            comment=answers.get("comment") or "",
            signed_name=answers.get("signed_name") or "",
            by_id=acting.by.id,
            at=clock.now(),
        )
    )
    papers.receive(acting, "signed_agreement", answers.get("files") or [], party=party)
    acting.record(AgreementAnswered(party=party.name, answer=answer))
    if answer == "revise":
        return {"confirmed": "revise"}
    if answer == "refuse":
        return {"confirmed": "failed"}
    confirmed = {a.party_id for a in agreement.answers if a.answer == "confirm"}
    everybody = {p.id for p in sides.in_mediation(acting)}
    return {"confirmed": "all"} if confirmed >= everybody else None


def _signers(by: User, party: Party, speaks_itself: bool) -> list[str]:
    """Return who may sign for a party: whoever is signed in, its legal representative (or itself), a special agent."""
    own = party.name if party.organization.kind == "individual" else party.organization.legal_representative
    special = [a.name for a in party.agents if a.special and a.until is None]
    return list(dict.fromkeys(n for n in ([by.name] if speaks_itself else []) + [own, *special] if n))


@step("issue_agreement")
def issue_agreement(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Seal and issue the confirmed agreement (D32), or send the draft back with a reason.

    Nothing is sealed while it is open whether the mediator had to step aside (order 81, art. 5).
    """
    if answers["issued"] and acting.case.recusal_pending:
        raise RuleBroken("对调解员的回避申请尚未处理完毕，暂不能签发", field="issued")
    if not answers["issued"]:
        acting.record(AgreementReturned(reason=answers["reason"]))
        return {"issued": False}
    agreement = current.agreement(acting)
    document = papers.issue(
        acting,
        "mediation_agreement",
        to=sides.in_mediation(acting),
        **_printed(acting, agreement),
    )
    acting.session.flush()  # the agreement names its document
    agreement.document_id = document.id
    agreement.issued_on = acting.today
    acting.record(AgreementIssued(number=document.number or acting.case.number))
    # what is sealed is not taken back because somebody should have stepped aside
    for party in sides.in_mediation(acting):
        clocks.end(acting, "recusal.request", party=party, met=False)
    clocks.end(acting, "fast.finish", met=True)
    clocks.end(acting, "mediation.ownership_close", met=True)
    return {"issued": True}


def preview(session: Session, case: Case, by: User) -> bytes:
    """Return the agreement as it would be sealed, marked as a preview: what the parties sign and the director seals."""
    acting = Acting(session, case, by)
    agreement = current.agreement(acting)
    to = sides.in_mediation(acting)
    return papers.preview(session, case, "mediation_agreement", by, to=to, **_printed(acting, agreement))


def _printed(acting: Acting, agreement: Agreement) -> dict[str, Any]:
    mediator = acting.case.staff_in(Role.MEDIATOR)
    accepted_on, docketed_on = acting.milestone_of("accepted"), current.mediation(acting).docketed_on
    return {
        "terms": agreement.terms,
        "amount": str(agreement.amount) if agreement.amount is not None else "",
        "perform_by": agreement.perform_by.isoformat() if agreement.perform_by else "",
        "partial": agreement.partial,
        "open_points": agreement.open_points,
        "mediator": mediator.user.name if mediator else "",
        "accepted_on": accepted_on.isoformat() if accepted_on else "",
        "docketed_on": docketed_on.isoformat() if docketed_on else "",
        "sessions": [day.isoformat() for day in sessions.days_of(acting)],
        "confirmed": [
            {"name": a.party.name, "by": a.signed_name, "on": a.at.date().isoformat()}
            for a in sorted(agreement.answers, key=lambda a: a.party.place)  # as they stand above
        ],
    }


@step("serve_agreement")
def serve_agreement(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Record the service of the agreement; it takes effect when it has reached the last party.

    Never left at the address and never electronic (2019 guide, ch. 1 s. 2(4)); the catalogue of papers holds the rule.
    A party that refuses to take it is not bound: then there is no agreement.
    """
    agreement = current.agreement(acting)
    document = papers.latest(acting.session, acting.case, "mediation_agreement")
    assert document is not None
    for n, entry in enumerate(answers["records"]):
        serving.register(acting, document, parties.party_in(acting, entry["party"]), entry, within=f"records-{n}-")
    if answers.get("refused_by"):
        serving.refuse_unmade(document, "refused_by")
        refusing = parties.party_in(acting, answers["refused_by"])
        acting.record(AgreementRefused(party=refusing.name, reason=answers["refusal"]))
        return {"agreement": "refused"}
    if waiting := serving.unserved(acting, document, sides.in_mediation(acting)):
        raise RuleBroken(
            "还没有送达：%(names)s。全部送达后再提交；单次送达可在“登记送达”中记录",
            field="records",
            names=parties.names(waiting),
        )
    days = [d for p in sides.in_mediation(acting) if (d := acting.milestone_of("agreement_served", p))]
    agreement.effective_on = max(days)
    acting.milestone("agreement_effective", agreement.effective_on)
    acting.record(AgreementEffective(on=agreement.effective_on))
    if (last := current.last_day_to_perform(acting)) is not None:
        acting.dues["agreement.performance"] = last
    mediation = current.mediation(acting)
    if mediation.dispute_kind == DisputeKind.OWNERSHIP:
        mediation.judicial_confirmation = "excluded"
        acting.milestone("agreed", agreement.effective_on)
        clocks.start(acting, "mediation.resume")
    return {"agreement": "effective"}
