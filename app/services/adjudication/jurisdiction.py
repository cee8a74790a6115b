"""The objection to jurisdiction: raised within the period to answer, decided in five working days (order 81, art. 9)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from app.domain.errors import RuleBroken
from app.domain.events import JurisdictionDecided, JurisdictionObjected
from app.domain.roles import PartyRole
from app.models import Proposal, Task
from app.services import clocks, papers, pauses
from app.services.acting import Acting, Answers, Data, act, step
from app.services.adjudication import current
from app.services.adjudication.cancellation import is_own, propose, refuse_unsettled, speaking
from app.services.adjudication.docketing import answer_variant
from app.services.adjudication.intake import hand_over


@act("object_jurisdiction")
def object_jurisdiction(acting: Acting, answers: Answers) -> Data:
    """Object in writing, within the period to answer; the days until it is decided do not count (TL09)."""
    party = speaking(acting, answers, PartyRole.RESPONDENT)
    served = acting.milestone_of("request_served", party)
    if served is None:
        raise RuleBroken("请求书副本送达后，在答辩期内提出", field="reason")
    running = [d for d in acting.deadlines if d.rule == "jurisdiction.objection" and d.party_id == party.id]
    due = (
        running[-1].due_on  # lengthened or moved on by a suspension, as the time to answer was
        if running
        else clocks.due_of(acting, "jurisdiction.objection", start=served, variant=answer_variant(acting))
    )
    received = date.fromisoformat(answers["received_on"]) if answers.get("received_on") else acting.today
    if received < served:
        raise RuleBroken("收到日期不能早于请求书送达日期 %(on)s", field="received_on", on=served)
    if received > due:
        field = "received_on" if answers.get("received_on") else "reason"
        raise RuleBroken("管辖异议应当在答辩期内（至 %(due)s）提出", field=field, due=due)
    rejected = select(Proposal.id).where(
        Proposal.case_id == acting.case.id, Proposal.kind == "jurisdiction", Proposal.granted.is_(False)
    )
    if acting.session.scalar(rejected.limit(1)) is not None:
        raise RuleBroken("管辖异议已经驳回，不能再次提出", field="reason")
    documents = papers.receive(acting, "objection_attachment", answers.get("files") or [], party=party)
    if not documents and not is_own(acting, party):
        raise RuleBroken("代当事人登记的，请上传当事人签章的材料", field="files")
    acting.record(JurisdictionObjected(party=party.name, authority=answers["authority"], reason=answers["reason"]))
    papers.issue(
        acting,
        "jurisdiction_objection",
        party=party.name,
        authority=answers["authority"],
        reason=answers["reason"],
    )
    propose(acting, "jurisdiction", answers["reason"], party=party)
    acting.milestone("objection_received", received)
    if pauses.stops_anything(acting, "jurisdiction_objection"):
        pauses.pause(acting, "jurisdiction_objection", "审查管辖异议")
    return {}


@step("decide_jurisdiction")
def decide_jurisdiction(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Uphold the objection and hand the case over (D15), or reject it and go on."""
    row = current.proposal(acting, "jurisdiction")
    upheld = answers["decision"] == "upheld"
    if upheld:
        refuse_unsettled(acting, "decision")
    row.granted, row.decided_on = upheld, acting.today
    authority = answers.get("authority") or ""
    acting.record(JurisdictionDecided(upheld=upheld, authority=authority, reason=answers["reason"]))
    pauses.resume(acting, "jurisdiction_objection")
    papers.issue(
        acting,
        "jurisdiction_decision",
        to=[p for p in acting.case.parties if p.takes_part],
        objector=row.party.name if row.party else "",
        requested_on=row.on.isoformat(),
        upheld=upheld,
        authority=authority,
        reason=answers["reason"],
    )
    if upheld:
        hand_over(acting, authority, answers["reason"])
    return {"jurisdiction": "upheld" if upheld else "rejected"}
