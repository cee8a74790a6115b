"""Acts beside the main line that every process has: agents, and how papers were served."""

from __future__ import annotations

from app.domain.errors import NotAllowed, RuleBroken
from app.models import Document
from app.policy import handles_it, may_dispose
from app.services import agents, parties, serving
from app.services.acting import Acting, Answers, Data, act


@act("add_agent")
def add_agent(acting: Acting, answers: Answers) -> Data:
    """Enter an agent of a party; a party has one or two (D03)."""
    assert acting.by is not None
    party = parties.party_in(acting, answers["party"])
    if not handles_it(acting.by, acting.case) and not may_dispose(acting.by, party):
        raise NotAllowed("您不能为这一当事人委托代理人")
    if sum(a.until is None for a in party.agents) >= 2:
        raise RuleBroken("每一当事人最多委托两名代理人", field="name")
    agents.add(acting, party, [dict(answers)])
    return {}


@act("register_service")
def register_service(acting: Acting, answers: Answers) -> Data:
    """Record how another paper of the case was served, or the receipt that came back later."""
    document = acting.session.get(Document, answers["document"])
    if document is None or document.case_id != acting.case.id:
        raise RuleBroken("请选择本案的文书", field="document")
    serving.refuse_unmade(document, "document")
    party = parties.party_in(acting, answers["party"])
    serving.register(acting, document, party, answers)
    return {}
