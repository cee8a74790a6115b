"""Serving the request on the respondents, and every other paper on whom it is meant for (order 81, arts. 10 and 65)."""

from __future__ import annotations

from datetime import date

from app.domain.errors import RuleBroken
from app.domain.events import RequestServed
from app.domain.mediation import Stance
from app.domain.states import State
from app.models import Document, Party, Task
from app.services import papers, parties, serving, stepping
from app.services.acting import Acting, Answers, Data, after_service, step
from app.services.mediation import sides, statements


@step("serve_request")
def serve_request(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Record the attempts to serve the request on each respondent.

    Whoever it has reached is asked for a statement at once, and their period runs from that day; the others are served
    in a step of its own beside the statements, until each is reached or given up.
    """
    notice = _notice(acting)
    for n, entry in enumerate(answers["records"]):
        serving.register(acting, notice, parties.party_in(acting, entry["party"]), entry, within=f"records-{n}-")
    waiting = serving.unserved(acting, notice, parties.respondents(acting))
    if answers["give_up"]:
        for party in waiting:
            sides.leaves(party, Stance.UNREACHABLE)
            acting.milestone("service_given_up", acting.today, party)
    elif waiting and len(waiting) == len(parties.respondents(acting)):
        return {"served": "again"}
    if acting.case.state == State.AWAITING_STATEMENT:
        return _others_served(acting, waiting, given_up=bool(answers["give_up"]))
    names = parties.names(waiting)
    acting.record(RequestServed(unreachable=names) if answers["give_up"] else RequestServed(pending=names))
    if len(waiting) == len(parties.respondents(acting)):
        statements.close(acting)
        return {"served": "unreachable"}
    return {"served": "partly" if waiting and not answers["give_up"] else "served"}


def _others_served(acting: Acting, waiting: list[Party], *, given_up: bool) -> Data:
    """Ask those who were reached meanwhile; where the last ones are given up, nobody's statement may be left to wait for."""
    for party in parties.respondents(acting):
        if party not in waiting and party.stance is None:
            stepping.ask_also(acting, "statement", party)
    if given_up:
        acting.record(RequestServed(unreachable=parties.names(waiting)))
        if statements.all_in(acting):
            acting.over.append("mediation.statement")
    return {"served": "again" if waiting and not given_up else "served"}


def _notice(acting: Acting) -> Document:
    document = papers.latest(acting.session, acting.case, "statement_notice")
    if document is None:
        raise RuleBroken("还没有可以送达的文书")
    return document


@after_service("statement_notice")
def ask_at_once(acting: Acting, _document: Document, party: Party, _on: date) -> None:
    """Whoever is reached while others state their opinion already is asked too."""
    if acting.case.state == State.AWAITING_STATEMENT:
        stepping.ask_also(acting, "statement", party)
