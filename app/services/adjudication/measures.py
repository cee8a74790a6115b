"""How the office gets evidence: asked for, proposed, reviewed, approved (order 81, arts. 43-53; order 71, arts. 37-42)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from app import clock
from app.domain.adjudication import Measure
from app.domain.errors import RuleBroken
from app.domain.events import (
    MeasureDecided,
    MeasureProposed,
    MeasureRequested,
    MeasureReviewed,
    RegistrationSettled,
)
from app.domain.roles import PartyRole
from app.models import Document, EvidenceMeasure, Party, Task
from app.services import clocks, papers, parties, pauses
from app.services.acting import Acting, Answers, Data, act, step
from app.services.adjudication import evidence
from app.services.adjudication.cancellation import is_own, speaking

REGISTRATION = "evidence.registration"


@act("request_measure")
def request_measure(acting: Acting, answers: Answers) -> Data | None:
    """Ask for evidence that a party cannot get itself (D16)."""
    party = speaking(acting, answers, *PartyRole)
    signed = papers.receive(acting, "measure_attachment", answers.get("files") or [], party=party)
    if not signed and not is_own(acting, party):
        raise RuleBroken("代当事人登记的，请上传当事人签章的材料", field="files")
    names = ("investigated", "address", "evidence", "kept_at", "reason")
    acting.record(MeasureRequested(party=party.name, of=answers["investigated"], reason=answers["reason"]))
    papers.issue(acting, "investigation_request", seen_by="office", party=party.name, **_texts(answers, *names))
    return None


def _texts(answers: Answers, *names: str) -> dict[str, Any]:
    return {name: answers.get(name) or "" for name in names}


@act("propose_measure")
def propose_measure(acting: Acting, answers: Answers) -> Data:
    """Put a measure to the head of the department, for the panel."""
    assert acting.by is not None
    kind = Measure(answers["kind"])
    acting.session.add(
        EvidenceMeasure(
            case_id=acting.case.id,
            kind=kind.value,
            of=answers["of"],
            party_id=parties.party_in(acting, answers["party"]).id if answers.get("party") else None,
            reason=answers["reason"],
            facts={"matters": list(answers.get("matters") or []), "finish_by": answers.get("finish_by") or ""},
            proposed_by_id=acting.by.id,
            proposed_on=acting.today,
        )
    )
    acting.record(MeasureProposed(measure=kind.label, of=answers["of"], reason=answers["reason"]))
    return {}


def _waiting(acting: Acting) -> EvidenceMeasure:
    rows = select(EvidenceMeasure).where(EvidenceMeasure.case_id == acting.case.id, EvidenceMeasure.granted.is_(None))
    return acting.session.scalars(rows.order_by(EvidenceMeasure.id.desc()).limit(1)).one()


@step("review_measure")
def review_measure(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Put the measure on to the head of the department, or turn it down."""
    row = _waiting(acting)
    row.review, row.reviewed_by, row.reviewed_on = answers["opinion"], acting.by, acting.today
    if answers["measure_review"] == "agree":
        acting.record(MeasureReviewed(measure=Measure(row.kind).label, opinion=answers["opinion"]))
        return {"measure_review": "agree"}
    _decided(acting, row, granted=False, opinion="")
    return {"measure_review": "refused"}


def _decided(acting: Acting, row: EvidenceMeasure, *, granted: bool, opinion: str) -> None:
    """Keep what was decided, with the form on which it was (D17): a section head who does not agree goes no further."""
    assert acting.by is not None
    kind, by_head = Measure(row.kind), bool(opinion)
    row.granted, row.decided_by_id, row.decided_on = granted, acting.by.id, acting.today
    acting.record(MeasureDecided(measure=kind.label, granted=granted, opinion=opinion or row.review))
    papers.issue(
        acting,
        "investigation_approval_form",
        seen_by="office",
        measure=kind.label,
        of=concerned(row),
        things=things_of(row),
        reason=row.reason,
        proposed_by=row.proposed_by.name,
        proposed_on=row.proposed_on.isoformat(),
        section_opinion=row.review,
        section_head=row.reviewed_by.name if row.reviewed_by else "",
        reviewed_on=row.reviewed_on.isoformat() if row.reviewed_on else "",
        director_opinion=opinion,
        director=acting.by.name if by_head else "",
        decided_on=acting.today.isoformat() if by_head else "",
        granted=granted if by_head else None,
    )


@step("decide_measure")
def decide_measure(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Allow the measure with its approval form (D17), or not; what is registered must be dealt with in seven days."""
    row = _waiting(acting)
    kind, granted = Measure(row.kind), answers["decision"] == "granted"
    things = answers.get("things") or []
    if kind is Measure.REGISTRATION and granted and not things:
        raise RuleBroken("批准登记保存的，请列出物品", field="things")
    _decided(acting, row, granted=granted, opinion=answers["opinion"])
    if not granted:
        return {"measure": "refused"}
    document = _issue(acting, row, things)
    if document is not None:
        acting.session.flush()  # the measure names its paper
        row.document_id = document.id
    return {"measure": "registered" if kind is Measure.REGISTRATION else "granted"}


def _issue(acting: Acting, row: EvidenceMeasure, things: list[dict[str, Any]]) -> Document | None:
    """Issue what the measure begins with: the decision to sample or to register, or the commission of the appraisal."""
    if row.kind == Measure.SAMPLING:
        return papers.issue(
            acting, "sampling_decision", seen_by="office", of=concerned(row), things=things_of(row), reason=row.reason
        )
    if row.kind == Measure.REGISTRATION:
        row.carried_out_on = acting.today
        row.facts = {**row.facts, "items": things}
        acting.milestone("evidence_registered", acting.today)
        days = clocks.length_of(acting, REGISTRATION)
        document = papers.issue(
            acting,
            "preservation_decision",
            to=whom(row),
            of=concerned(row),
            things=things_of(row),
            reason=row.reason,
            days=days,
            **_at(clock.now()),
        )
        papers.issue(acting, "preservation_list", of=concerned(row), items=things)
        return document
    if row.kind == Measure.APPRAISAL:
        row.carried_out_on = acting.today
        document = papers.issue(
            acting,
            "appraisal_commission",
            institution=row.of,
            matters=row.facts["matters"],
            demands=row.reason,
            finish_by=row.facts["finish_by"],
            copies=2,
        )
        if not pauses.lasts(acting, "appraisal"):
            pauses.pause(acting, "appraisal", f"委托{row.of}鉴定", decided_in=document)
        return document
    return None


def concerned(row: EvidenceMeasure) -> str:
    """Return the name of whom a measure concerns: the party, or somebody else as they were written down."""
    return row.party.name if row.party is not None else row.of


def things_of(row: EvidenceMeasure) -> str:
    """Return what of a party a measure is about; of somebody else only their name was written down."""
    return row.of if row.party is not None else ""


def whom(row: EvidenceMeasure) -> list[Party]:
    """Return the party on which the papers of a measure are served; on others they are left with the signed record."""
    return [row.party] if row.party is not None and row.party.takes_part else []


def _at(moment: datetime) -> dict[str, Any]:
    """Return the moment from which a paper counts, under the name that its letter has for it."""
    return {"from": moment.astimezone(clock.ZONE).isoformat(timespec="minutes")}


@step("settle_registration")
def settle_registration(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Release what was registered, to be fetched within three months (D22), or keep it as evidence."""
    rows = select(EvidenceMeasure).where(
        EvidenceMeasure.case_id == acting.case.id,
        EvidenceMeasure.kind == Measure.REGISTRATION,
        EvidenceMeasure.granted.is_(True),
        EvidenceMeasure.ended_on.is_(None),
    )
    row = acting.session.scalars(rows.order_by(EvidenceMeasure.id).limit(1)).one()
    row.ended_on = acting.today
    released = answers["outcome"] == "released"
    acting.record(RegistrationSettled(released=released, reason=answers["reason"]))
    items = [{**item, "released": released} for item in row.facts["items"]]
    if not released:
        evidence.enter(acting, None, [{"title": i["name"]} for i in items], on=acting.today, late=False)
        return {}
    assert row.decided_on is not None
    papers.issue(
        acting,
        "release_decision",
        to=whom(row),
        of=concerned(row),
        decided_on=row.decided_on.isoformat(),
        number_of_decision=row.document.number if row.document and row.document.number else "",
        outcome=answers["reason"],
        **_at(clock.now()),
    )
    papers.issue(acting, "release_list", of=concerned(row), items=items)
    acting.milestone("evidence_released", acting.today)
    clocks.start(acting, "evidence.collection")
    return {}
