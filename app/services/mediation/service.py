"""Serving the request and what the respondents answer (order 81, arts. 65 and 66)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from app.domain.errors import RuleBroken
from app.domain.events import DocketingRefused, RequestServed, StatementGiven, StatementsClosed
from app.domain.mediation import Stance
from app.models import Deadline, Document, Party, ServiceRecord, Task
from app.services import clocks, papers, serving
from app.services.acting import Acting, Answers, Data, act, lapse, operation, step
from app.services.mediation import facts


@step("serve_request")
def serve_request(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Record the attempts to serve the request on each respondent; go on when each was reached or given up."""
    notice = _paper(acting, "statement_notice")
    for entry in answers["records"]:
        serving.register(acting, notice, facts.party_in(acting, entry["party"]), entry)
    acting.session.flush()  # what was just recorded is read back below
    waiting = unserved(acting, notice, facts.respondents(acting))
    reached = [p for p in facts.respondents(acting) if p not in waiting]
    if waiting and not answers["give_up"]:
        return {"served": "again"}
    for party in waiting:
        party.stance = Stance.UNREACHABLE.value
    if not reached:
        acting.record(RequestServed(unreachable=facts.names(waiting)))
        _close(acting)
        return {"served": "unreachable"}
    acting.record(RequestServed(unreachable=facts.names(waiting)))
    _begin_together(acting, reached)
    return {"served": "served"}


def _begin_together(acting: Acting, reached: list[Party]) -> None:
    """Let the statement period of all respondents begin when the last of them was reached: nobody can answer before.

    With one respondent that is the day on which they received the request (order 81, art. 65).
    """
    days = [day for p in reached if (day := acting.milestone_of("request_served", p))]
    for party in reached:
        acting.milestone("request_served", max(days), party)


def _paper(acting: Acting, kind: str) -> Document:
    document = papers.latest(acting.session, acting.case, kind)
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


@step("statement")
def statement(acting: Acting, task: Task, answers: Answers) -> Data | None:
    """Take a respondent's statement; the case goes on when the last of those served has answered or is out of time."""
    party = task.party
    assert party is not None
    stance = Stance(answers["stance"])
    received = date.fromisoformat(answers["received_on"]) if answers.get("received_on") else acting.today
    served = acting.milestone_of("request_served", party)
    if served is not None and received < served:
        raise RuleBroken("收到日期不能早于请求书送达日期 %(on)s", field="received_on", on=served.isoformat())
    clocks.refuse_paper_out_of_time(acting, task, received)
    party.stance = stance.value
    party.e_service_consent = bool(answers.get("e_service"))
    acting.record(StatementGiven(party=party.organization.name, stance=stance.label))
    acting.milestone("statement_received", received, party)
    clocks.end(acting, "mediation.statement", party=party, met=True)
    papers.issue(
        acting,
        "statement_of_opinion",
        stance=stance.value,
        opinion=answers.get("opinion") or "",
        party=party.organization.name,
        received_on=received.isoformat(),
    )
    acting.session.flush()  # the next paper's place counts this one
    papers.receive(acting, "statement_attachment", answers.get("files") or [], party=party)
    return _close(acting) if _all_in(acting) else None


def _all_in(acting: Acting) -> bool:
    return all(p.stance is not None for p in facts.respondents(acting))


def _close(acting: Acting) -> Data:
    """Count who consents; the waiting is over and the internal clocks run again."""
    acting.session.flush()  # the days noted in this act are read back below
    parties = facts.respondents(acting)
    consenting = [p for p in parties if p.stance == Stance.CONSENTS]
    silent = [p for p in parties if p.stance == Stance.SILENT]
    acting.record(StatementsClosed(consenting=len(consenting), silent=facts.names(silent)))
    clocks.resume(acting, "service")
    acting.milestone("consent_received" if consenting else "statements_closed", _last_day(acting, parties))
    return {"consenting": len(consenting)}


def _last_day(acting: Acting, parties: list[Party]) -> date:
    """Return the day on which the last statement came in, or the last period ran out without one."""
    ran_out = dict(
        acting.session.execute(
            select(Deadline.party_id, Deadline.due_on).where(
                Deadline.case_id == acting.case.id, Deadline.rule == "mediation.statement", Deadline.state == "lapsed"
            )
        ).all()
    )
    days = [acting.milestone_of("statement_received", p) or ran_out.get(p.id) for p in parties]
    return max((d for d in days if d is not None), default=acting.today)


@lapse("mediation.statement")
def statement_lapsed(acting: Acting, deadline: Deadline) -> None:
    """A respondent who has not answered when the period ends is silent; their task is gone."""
    if deadline.party is not None and deadline.party.stance is None:
        deadline.party.stance = Stance.SILENT.value


@operation("close_statements")
def close_statements(acting: Acting) -> Data:
    """The last statement period has run out: whoever did not answer is silent (order 81, art. 66)."""
    for party in facts.respondents(acting):
        if party.stance is None:
            party.stance = Stance.SILENT.value
    return _close(acting)


@step("refuse_docketing")
def refuse_docketing(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Tell the requester that the mediation is not docketed, and why (order 81, art. 66)."""
    stances = {p.stance for p in facts.respondents(acting)}
    if stances == {Stance.UNREACHABLE}:
        reason = "请求书副本无法送达被请求人"
    elif stances <= {Stance.SILENT, Stance.UNREACHABLE}:
        reason = "被请求人逾期未提交意见陈述书"
    else:
        reason = "被请求人不同意调解"
    explanation = answers.get("explanation") or ""
    acting.record(DocketingRefused(reason=reason))
    papers.issue(
        acting, "mediation_refusal_notice", to=facts.requesters(acting), reason=reason, explanation=explanation
    )
    return {}


@act("register_service")
def register_service(acting: Acting, answers: Answers) -> Data:
    """Record how another paper of the case was served, or the receipt that came back later."""
    document = acting.session.get(Document, answers["document"])
    if document is None or document.case_id != acting.case.id:
        raise RuleBroken("请选择本案的文书", field="document")
    serving.register(acting, document, facts.party_in(acting, answers["party"]), answers)
    return {}
