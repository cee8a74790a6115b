"""Somebody takes the place of a party that died or came to an end (order 81, art. 28)."""

from __future__ import annotations

from sqlalchemy import select

from app import clock
from app.domain.errors import RuleBroken
from app.domain.events import PartySucceeded
from app.models import Party, Task
from app.services import filing, naming, papers, parties
from app.services.acting import Acting, Answers, Data, act


@act("succeed_party")
def succeed_party(acting: Acting, answers: Answers) -> Data | None:
    """Let an heir or whoever took over the rights and duties stand where the party stood; everybody is told.

    What the party did stays done, and its periods run on. Its agents and its consent to electronic service go with it.
    """
    party = parties.party_in(acting, answers["party"])
    if not party.takes_part or party.left_at is not None:
        raise RuleBroken("这一方已经退出本案", field="party")
    organization = filing.organization_named(acting, answers)
    if any(p.organization is organization for p in acting.case.parties):
        raise RuleBroken("%(name)s已经是本案当事人", field="name", name=answers["name"])
    was = party.name
    party.formerly = [*party.formerly, {"name": was, "until": clock.now().isoformat()}]
    party.organization, party.stated = organization, filing.stated_of(organization, answers)
    party.own_words = party.files_itself = party.files_on_paper = party.e_service_consent = False
    _end_powers(party)
    acting.session.flush()  # the tasks go to the newcomer by id
    for task in acting.session.scalars(select(Task).where(Task.party_id == party.id, Task.state == "open")):
        task.organization_id = organization.id
    naming.name_case(acting.case)
    acting.record(PartySucceeded(was=was, party=party.name, reason=answers["reason"]))
    papers.receive(acting, "succession_proof", answers["files"], party=party)
    papers.issue(
        acting,
        "succession_notice",
        to=[p for p in acting.case.parties if p.takes_part],
        was=was,
        party=party.name,
        reason=answers["reason"],
    )
    return None


def _end_powers(party: Party) -> None:
    """A power of attorney ends with whoever gave it."""
    for agent in party.agents:
        agent.until = agent.until or clock.now()
