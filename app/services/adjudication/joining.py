"""A third party joins the case before the hearing (order 81, art. 24)."""

from __future__ import annotations

from app.domain.adjudication import AFTER_THE_TRIAL
from app.domain.errors import RuleBroken
from app.domain.events import PartyJoined
from app.domain.roles import PartyRole
from app.models import Party
from app.queries import hearings
from app.services import clocks, filing, naming, papers
from app.services.acting import Acting, Answers, Data, act
from app.services.adjudication import current, evidence, hearing, panel


@act("join_party")
def join_party(acting: Acting, answers: Answers) -> Data:
    """Enter a third party and tell everybody; a respondent is joined by a request of its own (one case, one respondent)."""
    if acting.case.state in AFTER_THE_TRIAL or hearings.held(acting.session, acting.case):
        raise RuleBroken("追加当事人应当在口头审理前提出", field="name")
    hearing.refuse_to_join_late(acting)
    if papers.latest(acting.session, acting.case, "pre_decision_notice") is not None:
        raise RuleBroken("裁决前已经书面告知各方，不能再追加当事人", field="name")
    organization = filing.organization_named(acting, answers)
    if any(p.organization is organization for p in acting.case.parties):
        raise RuleBroken("%(name)s已经是本案当事人", field="name", name=answers["name"])
    party = Party(
        organization=organization,
        role=PartyRole.THIRD_PARTY.value,
        place=max(p.place for p in acting.case.parties) + 1,
        sees=True,
        stated=filing.stated_of(organization, answers),
    )
    acting.case.parties.append(party)
    acting.session.flush()  # papers are addressed to the party by id
    naming.name_case(acting.case)
    acting.record(PartyJoined(party=party.name, role=PartyRole.THIRD_PARTY.label, reason=answers["reason"]))
    papers.receive(acting, "joinder_attachment", answers.get("files") or [], party=party)
    papers.issue(
        acting,
        "joinder_notice",
        to=[p for p in acting.case.parties if p.takes_part],
        party=party.name,
        role=PartyRole.THIRD_PARTY.label,
        reason=answers["reason"],
    )
    panel.tell(acting, to=[party])
    evidence.ask_late(acting, party)
    hearing.tell_late(acting, party)
    if current.adjudication(acting).major:
        clocks.start_again(acting, "adjudication.close", acting.today, None, "重大纠纷追加当事人，重新计算")
    return {}
