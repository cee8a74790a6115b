"""What the form of a step, an act or a request needs to know: whom and what one may choose, and the days that bound it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock, policy
from app.domain.awards.applications import PROCESS as AWARD
from app.domain.mediation import Stance
from app.domain.roles import PartyRole, Role
from app.domain.roster.assistance import PROCESS as ASSISTANCE
from app.domain.roster.nominations import PROCESS as ROSTER_INTAKE
from app.domain.roster.projects import PROCESS as PROJECT
from app.domain.roster.reviews import PROCESS as ROSTER_REVIEW
from app.domain.roster.visits import PROCESS as VISIT
from app.domain.texts import Text
from app.models import (
    Addressee,
    Case,
    Document,
    Mediation,
    Milestone,
    Organization,
    Party,
    Submission,
    Task,
    User,
)
from app.queries import (
    adjudications,
    archived,
    assistance,
    award_applications,
    corrections,
    deliberations,
    hearings,
    projects,
    publications,
    recusals,
    roster_batches,
    roster_reviews,
    serving,
    sight,
    visits,
)
from app.queries.casefile import agreement
from app.queries.conflicts import REASONS, candidates
from app.queries.uploads import uploaded

Fact = Callable[[Session, Case, User, Task | None], dict[str, Any]]

# What else the form that opens a case is handed, by process.
_STARTS: dict[str, Callable[[Session, User], dict[str, Any]]] = {
    AWARD: award_applications.of_start,
    ASSISTANCE: assistance.of_start,
    PROJECT: projects.of_start,
    VISIT: visits.of_start,
    ROSTER_INTAKE: roster_batches.of_start,
    ROSTER_REVIEW: roster_reviews.of_start,
}


def of_form(session: Session, case: Case, user: User, needs: tuple[str, ...], task: Task | None) -> dict[str, Any]:
    """Return the choices and limits that the form declares in ``needs``, and what every form is handed."""
    facts: dict[str, Any] = {"today": clock.today(), "now": clock.now(), **uploaded(session, user)}
    if (dispute := case.dispute) is not None:
        facts |= {"right_type": dispute.right_type, "dispute_kind": dispute.dispute_kind}
        facts["received_on"] = case.received_on
    for name in needs:
        if name not in facts:
            facts.update(_FACTS[name](session, case, user, task))
    return facts


def of_start(session: Session, user: User, process: str) -> dict[str, Any]:
    """Return what the form that opens a case of ``process`` needs: whom this person may ask for, and the day."""
    own = select(Organization.id, Organization.name).where(Organization.id.in_(user.organization_ids))
    rows = session.execute(own.order_by(Organization.id)) if user.organization_ids else ()
    facts = {"organizations": [(i, name) for i, name in rows], "today": clock.today(), "now": clock.now()}
    own_facts = _STARTS[process](session, user) if process in _STARTS else {}
    return {**facts, **own_facts, **uploaded(session, user)}


def _parties(_s: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    return {"parties": _named([p for p in case.parties if p.takes_part or p.stance is None])}


def _e_service_parties(_s: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    """Return which parties agreed to electronic service."""
    return {"e_service_parties": {p.id for p in case.parties if p.e_service_consent}}


def _own_parties(_s: Session, case: Case, user: User, _t: Task | None) -> dict[str, Any]:
    own = case.parties if policy.handles_it(user, case) else policy.parties_of(user, case)
    return {"own_parties": _named(own)}


def _withdrawing(_s: Session, case: Case, user: User, _t: Task | None) -> dict[str, Any]:
    return {"withdrawing": _named_if_several(policy.disposed_by(user, case, PartyRole.REQUESTER))}


def _settling(_s: Session, case: Case, user: User, _t: Task | None) -> dict[str, Any]:
    return {"settling": _named_if_several(policy.disposed_by(user, case, *PartyRole))}


def _named_if_several(parties: list[Party]) -> list[tuple[int, str]]:
    """Return whom to choose from; where there is one only, nothing is asked."""
    return _named(parties) if len(parties) > 1 else []


def _silent(_s: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    return {"silent_parties": _named([p for p in case.parties if p.stance == Stance.SILENT])}


def _named(parties: list[Party]) -> list[tuple[int, str]]:
    return [(p.id, p.name) for p in parties]


def _mediators(session: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    return _who_could_hold_it(session, case, Role.MEDIATOR, "mediators")


def _adjudicators(session: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    return _who_could_hold_it(session, case, Role.ADJUDICATOR, "adjudicators")


def _who_could_hold_it(session: Session, case: Case, role: Role, called: str) -> dict[str, Any]:
    """Return who could take the case (and has it not yet) to choose from, what is known of each, and who is barred."""
    found = candidates(session, case, case.dispute.right_type if case.dispute else "", role)
    held = {seat.user_id for seat in case.seats(role)}
    free = [c for c in found if c.free and c.user.id not in held]
    barred = [(c.user.name, "；".join(REASONS[x.code] for x in c.conflicts)) for c in found if not c.free]
    return {called: [(c.user.id, c.named) for c in free], "candidates": free, "barred": barred}


def _formality(_s: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    subject = case.dispute or case.award or case.nomination
    return {"corrected": bool(subject and subject.corrected)}


def _asked(session: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    return {"asked": corrections.asked(session, case)}


def _named_in_the_request(_s: Session, case: Case, user: User, _t: Task | None) -> dict[str, Any]:
    return {"named": dict(_named([p for p in case.parties if corrections.may_be_put_right(user, p)]))}


def _respondents(_s: Session, case: Case, user: User, _t: Task | None) -> dict[str, Any]:
    own = [p for p in case.parties if p.role == PartyRole.RESPONDENT and corrections.may_be_put_right(user, p)]
    return {"respondents": dict(_named(own))}


def _on_paper(_s: Session, case: Case, user: User, task: Task | None) -> dict[str, Any]:
    own = any(task is None or p.id == task.party_id for p in policy.parties_of(user, case))
    return {"on_paper": not own}


def _nobody(_party: Party) -> bool:
    return False


def _is_asked(party: Party) -> bool:
    return party.role == PartyRole.RESPONDENT


def _asks(party: Party) -> bool:
    return party.role == PartyRole.REQUESTER and party.takes_part


def _takes_part(party: Party) -> bool:
    return party.takes_part


# Which paper a step serves, and on whom.
_SERVED = {
    "serve_request": ("statement_notice", _is_asked),
    "serve_others": ("statement_notice", _is_asked),
    "serve_agreement": ("mediation_agreement", _takes_part),
    "serve_terms": ("mediation_agreement", _takes_part),
    "serve_case": ("answer_notice", _is_asked),
    "serve_answer": ("answer_brief", _asks),
    "serve_decision": ("adjudication_decision", _takes_part),
    "serve_exhortation": ("exhortation_letter", _is_asked),
}


def _to_serve(session: Session, case: Case, _u: User, task: Task | None) -> dict[str, Any]:
    kind, to = _SERVED[task.key] if task is not None else ("", _nobody)
    document = session.scalar(
        select(Document)
        .where(Document.case_id == case.id, Document.kind == kind)
        .order_by(Document.place.desc())
        .limit(1)
    )
    last = serving.last_attempts(session, case, document.id) if document else {}
    received = {party for party, record in last.items() if record.result == "received"}
    parties = [p for p in case.parties if p.id not in received and to(p)]
    return {
        "to_serve": _named(parties),
        "on_its_way": serving.on_its_way(last),
        "earliest": document.made_on if document else None,
    }


def _partial(session: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    mediation = session.get(Mediation, case.id)
    return {"partial": bool(mediation and mediation.partial)}


def _last_draft(session: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    last = agreement(session, case)
    if last is None:
        return {"last_draft": _left_open(session, case)}
    return {
        "last_draft": {
            "terms": last.terms,
            "amount": str(last.amount) if last.amount is not None else None,
            "perform_by": last.perform_by.isoformat() if last.perform_by else None,
            "open_points": last.open_points,
        }
    }


def _left_open(session: Session, case: Case) -> dict[str, Any] | None:
    """Return what the last session left open, in the words of its record: the first draft begins with it."""
    held = select(Submission.answers).where(Submission.case_id == case.id, Submission.form == "hold_session")
    answers = session.scalar(held.order_by(Submission.id.desc()).limit(1))
    return {"open_points": answers["open_points"]} if answers and answers.get("open_points") else None


def _confirmation(session: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    rows = select(Milestone.kind, Milestone.on).where(
        Milestone.case_id == case.id, Milestone.kind.in_(("agreement_effective", "confirmation_applied"))
    )
    on: dict[str, date] = dict(session.execute(rows.order_by(Milestone.id)).all())
    return {
        "agreement_effective_on": on.get("agreement_effective"),
        "confirmation_applied_on": on.get("confirmation_applied"),
    }


def _documents(session: Session, case: Case, user: User, _t: Task | None) -> dict[str, Any]:
    unreached = Document.addressees.any(Addressee.served_on.is_(None))
    own = sight.own_papers(user, case)
    rows = session.scalars(
        select(Document).where(Document.case_id == case.id, Document.issued, unreached, own).order_by(Document.place)
    )
    return {"documents": [(d.id, _quoted(d)) for d in rows]}


def _quoted(document: Document) -> Text:
    titles = (document.title, document.title_en or document.title)
    return Text(*(f"{title} {document.number or ''}".strip() for title in titles))


def _is_the_mediator(_s: Session, case: Case, user: User, _t: Task | None) -> dict[str, Any]:
    return {"is_the_mediator": policy.is_the_mediator(user, case)}


def _first_archiving(session: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    return {"first_archiving": archived.kept(archived.times(session, case)) is None}


def _recusing(_s: Session, case: Case, user: User, _t: Task | None) -> dict[str, Any]:
    """An official who does not decide the matter enters what a party asked for: which one has to be said."""
    decides = policy.is_the_mediator(user, case) or policy.sits_on_the_panel(user, case)
    enters = policy.handles_it(user, case) and not decides
    return {"recusing": _named([p for p in case.parties if p.takes_part]) if enters else []}


def _recusal(session: Session, case: Case, _u: User, _t: Task | None) -> dict[str, Any]:
    return {"recusal": recusals.pending(session, case)}


_FACTS: dict[str, Fact] = {
    **adjudications.FACTS,
    **assistance.FACTS,
    **award_applications.FACTS,
    **deliberations.FACTS,
    **hearings.FACTS,
    **projects.FACTS,
    **publications.FACTS,
    **roster_batches.FACTS,
    **roster_reviews.FACTS,
    **visits.FACTS,
    "parties": _parties,
    "e_service_parties": _e_service_parties,
    "own_parties": _own_parties,
    "withdrawing": _withdrawing,
    "settling": _settling,
    "silent_parties": _silent,
    "mediators": _mediators,
    "adjudicators": _adjudicators,
    "corrected": _formality,
    "asked": _asked,
    "named": _named_in_the_request,
    "respondents": _respondents,
    "on_paper": _on_paper,
    "to_serve": _to_serve,
    "on_its_way": _to_serve,
    "earliest": _to_serve,
    "partial": _partial,
    "last_draft": _last_draft,
    "agreement_effective_on": _confirmation,
    "confirmation_applied_on": _confirmation,
    "documents": _documents,
    "is_the_mediator": _is_the_mediator,
    "first_archiving": _first_archiving,
    "recusing": _recusing,
    "recusal": _recusal,
}
