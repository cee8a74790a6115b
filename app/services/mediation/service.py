"""Serving the request on the respondents, and every other paper on whom it is meant for (order 81, arts. 10 and 65)."""

from __future__ import annotations

from sqlalchemy import select

from app.domain.errors import RuleBroken
from app.domain.events import RequestServed
from app.domain.mediation import Stance
from app.domain.states import State
from app.models import Document, Party, ServiceRecord, Task
from app.services import papers, serving, stepping
from app.services.acting import Acting, Answers, Data, act, step
from app.services.mediation import sides, statements


@step("serve_request")
def serve_request(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Record the attempts to serve the request on each respondent.

    Whoever it has reached is asked for a statement at once, and their period runs from that day; the others are served
    in a step of its own beside the statements, until each is reached or given up.
    """
    notice = _notice(acting)
    for n, entry in enumerate(answers["records"]):
        serving.register(acting, notice, sides.party_in(acting, entry["party"]), entry, within=f"records-{n}-")
    waiting = unserved(acting, notice, sides.respondents(acting))
    if answers["give_up"]:
        for party in waiting:
            sides.leaves(party, Stance.UNREACHABLE)
            acting.milestone("service_given_up", acting.today, party)
    elif waiting and len(waiting) == len(sides.respondents(acting)):
        return {"served": "again"}
    if acting.case.state == State.AWAITING_STATEMENT:
        return _others_served(acting, waiting, given_up=bool(answers["give_up"]))
    names = sides.names(waiting)
    acting.record(RequestServed(unreachable=names) if answers["give_up"] else RequestServed(pending=names))
    if len(waiting) == len(sides.respondents(acting)):
        statements.close(acting)
        return {"served": "unreachable"}
    return {"served": "partly" if waiting and not answers["give_up"] else "served"}


def _others_served(acting: Acting, waiting: list[Party], *, given_up: bool) -> Data:
    """Ask those who were reached meanwhile; where the last ones are given up, nobody's statement may be left to wait for."""
    for party in sides.respondents(acting):
        if party not in waiting and party.stance is None:
            stepping.ask_also(acting, "statement", party)
    if given_up:
        acting.record(RequestServed(unreachable=sides.names(waiting)))
        if statements.all_in(acting):
            acting.over.append("mediation.statement")
    return {"served": "again" if waiting and not given_up else "served"}


def _notice(acting: Acting) -> Document:
    document = papers.latest(acting.session, acting.case, "statement_notice")
    if document is None:
        raise RuleBroken("还没有可以送达的文书")
    return document


def unserved(acting: Acting, document: Document, parties: list[Party]) -> list[Party]:
    """Return which of ``parties`` the document has not reached yet."""
    received = set(
        acting.session.scalars(
            select(ServiceRecord.party_id).where(
                ServiceRecord.document_id == document.id, ServiceRecord.result == "received"
            )
        )
    )
    return [p for p in parties if p.id not in received]


@act("register_service")
def register_service(acting: Acting, answers: Answers) -> Data:
    """Record how another paper of the case was served, or the receipt that came back later."""
    document = acting.session.get(Document, answers["document"])
    if document is None or document.case_id != acting.case.id:
        raise RuleBroken("请选择本案的文书", field="document")
    serving.refuse_unmade(document, "document")
    party = sides.party_in(acting, answers["party"])
    record = serving.register(acting, document, party, answers)
    if document.kind == "statement_notice" and record.received_on and acting.case.state == State.AWAITING_STATEMENT:
        stepping.ask_also(acting, "statement", party)
    return {}
