"""The agreement of the parties, whatever the process: drafted, confirmed by each of them, sealed, served (order 81, 35, 69)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock
from app.domain.errors import NotFound, RuleBroken
from app.domain.events import AgreementAnswered
from app.domain.roles import SEATED
from app.models import Agreement, AgreementAnswer, Case, Party, Task, User
from app.policy import may_dispose
from app.queries.sessions import days_met
from app.services import answered, papers, parties, serving
from app.services.acting import Acting, Answers


def last_draft(acting: Acting) -> Agreement:
    """Return the last draft of the agreement."""
    rows = select(Agreement).where(Agreement.case_id == acting.case.id)
    row = acting.session.scalar(rows.order_by(Agreement.place.desc()).limit(1))
    if row is None:
        raise NotFound("agreement")
    return row


def bound(acting: Acting) -> list[Party]:
    """Return whom the agreement binds: who asks, and who is asked and takes part."""
    return [*parties.requesters(acting), *(p for p in parties.respondents(acting) if p.takes_part)]


def keep_draft(acting: Acting, answers: Answers, *, partial: bool) -> Agreement:
    """Keep a draft; an earlier one stays as it was."""
    last = acting.session.scalar(select(func.max(Agreement.place)).where(Agreement.case_id == acting.case.id)) or 0
    assert acting.by is not None
    draft = Agreement(
        case_id=acting.case.id,
        place=last + 1,
        terms=list(answers["terms"]),
        amount=answered.money(answers.get("amount")),
        partial=partial,
        open_points=answers.get("open_points") or "",
        perform_by=answered.day(answers.get("perform_by")),
        drafted_by_id=acting.by.id,
        drafted_at=clock.now(),
    )
    acting.session.add(draft)
    acting.session.flush()  # the parties confirm this draft by its id
    return draft


def take_word(acting: Acting, task: Task, answers: Answers) -> str | None:
    """Take a party's word on the draft: ``revise`` and ``failed`` decide at once, ``all`` comes with the last who confirms."""
    party = task.party
    assert party is not None and acting.by is not None
    answer = answers["answer"]
    speaks_itself = not acting.by.is_official
    if answer == "confirm" and speaks_itself and not may_dispose(acting.by, party):
        raise RuleBroken("一般授权的代理人不能确认调解协议，须有特别授权", field="answer")
    names = _signers(acting.by, party, speaks_itself)
    if answer == "confirm" and not any(name in answers["signed_name"] for name in names):  # a title may stand beside it
        raise RuleBroken("签署人应当是：%(names)s", field="signed_name", names=names)
    agreement = last_draft(acting)
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
        return "revise"
    if answer == "refuse":
        return "failed"
    confirmed = {a.party_id for a in agreement.answers if a.answer == "confirm"}
    return "all" if confirmed >= {p.id for p in bound(acting)} else None


def _signers(by: User, party: Party, speaks_itself: bool) -> list[str]:
    """Return who may sign for a party: whoever is signed in, its legal representative (or itself), a special agent."""
    own = party.name if party.organization.kind == "individual" else party.organization.legal_representative
    special = [a.name for a in party.agents if a.special and a.until is None]
    return list(dict.fromkeys(n for n in ([by.name] if speaks_itself else []) + [own, *special] if n))


def seal(acting: Acting) -> str:
    """Seal and issue the confirmed agreement (D32); returns its number. Nothing is sealed while a recusal is pending."""
    if acting.case.recusal_pending:
        raise RuleBroken("回避申请尚未处理完毕，暂不能签发", field="issued")
    agreement = last_draft(acting)
    document = papers.issue(acting, "mediation_agreement", to=bound(acting), **printed(acting, agreement))
    acting.session.flush()  # the agreement names its document
    agreement.document_id = document.id
    agreement.issued_on = acting.today
    return document.number or acting.case.number


def preview(session: Session, case: Case, by: User) -> bytes:
    """Return the agreement as it would be sealed, marked as a preview: what the parties sign and the director seals."""
    acting = Acting(session, case, by)
    return papers.preview(
        session, case, "mediation_agreement", by, to=bound(acting), **printed(acting, last_draft(acting))
    )


def printed(acting: Acting, agreement: Agreement) -> dict[str, Any]:
    """Return what the agreement prints beside the parties and the case."""
    seat = next((s for role in SEATED if (s := acting.case.staff_in(role))), None)
    dispute, accepted_on = acting.case.dispute, acting.milestone_of("accepted")
    docketed_on = dispute.docketed_on if dispute else None
    return {
        "terms": agreement.terms,
        "amount": str(agreement.amount) if agreement.amount is not None else "",
        "perform_by": agreement.perform_by.isoformat() if agreement.perform_by else "",
        "partial": agreement.partial,
        "open_points": agreement.open_points,
        "mediator": seat.user.name if seat else "",
        "accepted_on": accepted_on.isoformat() if accepted_on else "",
        "docketed_on": docketed_on.isoformat() if docketed_on else "",
        "sessions": [day.isoformat() for day in days_met(acting.session, acting.case)],
        "confirmed": [
            {"name": a.party.name, "by": a.signed_name, "on": a.at.date().isoformat()}
            for a in sorted(agreement.answers, key=lambda a: a.party.place)  # as they stand above
        ],
    }


def serve(acting: Acting, answers: Answers) -> Party | None:
    """Record the service of the sealed agreement on everybody; return the party that refuses to take it, if one does.

    Never left at the address and never electronic (2019 guide, ch. 1 s. 2(4)); the catalogue of papers holds the rule.
    It takes effect on the day on which it has reached the last party.
    """
    agreement = last_draft(acting)
    document = papers.latest(acting.session, acting.case, "mediation_agreement")
    assert document is not None
    for n, entry in enumerate(answers["records"]):
        serving.register(acting, document, parties.party_in(acting, entry["party"]), entry, within=f"records-{n}-")
    if answers.get("refused_by"):
        serving.refuse_unmade(document, "refused_by")
        return parties.party_in(acting, answers["refused_by"])
    if waiting := serving.unserved(acting, document, bound(acting)):
        raise RuleBroken(
            "还没有送达：%(names)s。全部送达后再提交；单次送达可在“登记送达”中记录",
            field="records",
            names=parties.names(waiting),
        )
    days = [d for p in bound(acting) if (d := acting.milestone_of("agreement_served", p))]
    agreement.effective_on = max(days)
    acting.milestone("agreement_effective", agreement.effective_on)
    return None
