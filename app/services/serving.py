"""Service of papers (送达): what was sent to whom, how, when it arrived, and which clock that starts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from app import clock
from app.documents import catalogue
from app.domain.errors import RuleBroken
from app.domain.events import DocumentSent, DocumentServed, ServiceFailed
from app.domain.mediation import ServiceMethod
from app.domain.texts import Text
from app.models import Document, Party, ServiceRecord, Task
from app.services import clocks, papers, settings
from app.services.acting import Acting

# Which milestone the arrival of a paper sets: the start of the periods that run from service.
STARTS_FROM = {
    "statement_notice": "request_served",
    "mediation_agreement": "agreement_served",
    "correction_notice": "correction_notified",
    "mediator_notice": "list_known",
}


def register(acting: Acting, document: Document, party: Party, entry: Mapping[str, Any]) -> ServiceRecord:
    """Record one attempt to serve ``document`` on ``party`` (送达回证, D37).

    ``entry``: method, sent_on, result, received_on, receiver, note, proof (file ids); days as ISO dates. Refuses a
    method that the paper must not be served by, a day before the paper existed, and electronic service without the
    receiver's consent (order 81, art. 10).
    """
    method = ServiceMethod(entry["method"])
    sent_on = date.fromisoformat(entry["sent_on"])
    received_on = date.fromisoformat(entry["received_on"]) if entry.get("received_on") else None
    result = entry["result"]
    refuse_bad_service(acting, document, party, method, sent_on, received_on)
    proofs = papers.receive(acting, "service_receipt", entry.get("proof") or [], seen_by="office")
    record = ServiceRecord(
        case_id=acting.case.id,
        document=document,
        party=party,
        method=method.value,
        sent_on=sent_on,
        received_on=received_on if result == "received" else None,
        result=result,
        receiver=entry.get("receiver") or "",
        note=entry.get("note") or "",
        proof=proofs[0].file if proofs else None,
        by_id=acting.by.id if acting.by else None,
        at=clock.now(),
    )
    acting.session.add(record)
    if result != "pending":  # the receipt of what was posted is made when it has arrived or come back
        _receipt(acting, document, party, record)
    name = party.name
    if record.received_on is not None:
        acting.record(DocumentServed(document=document.title, party=name, method=method.value, on=record.received_on))
        if milestone := STARTS_FROM.get(document.kind):
            acting.milestone(milestone, record.received_on, party)
        if document.kind == "mediator_notice":
            clocks.start(acting, "recusal.request", party=party)
        if document.kind == "correction_notice":
            _correction_runs(acting, document, party, record.received_on)
        _served(document, party, record.received_on)
    elif result == "pending":
        acting.record(DocumentSent(document=document.title, party=name, method=method.value, on=sent_on))
    else:
        acting.record(ServiceFailed(document=document.title, party=name, method=method.value, reason=record.note))
    return record


def _served(document: Document, party: Party, on: date) -> None:
    """Take the paper off the list of what is still to be served on ``party``."""
    for addressee in document.addressees:
        if addressee.party_id == party.id:
            addressee.served_on = on


def _correction_runs(acting: Acting, document: Document, party: Party, on: date) -> None:
    """Count the correction period of ``party`` from the day on which the notice reached it."""
    asked = select(Task).where(
        Task.case_id == acting.case.id,
        Task.party_id == party.id,
        Task.key == "correct_materials",
        Task.state == "open",
    )
    for task in acting.session.scalars(asked):
        acting.lengths["mediation.correction"] = int((document.facts or {})["days"])
        clocks.start_for_tasks(acting, [task], {task.key: {"due": "mediation.correction"}})
    clocks.start_again(acting, "mediation.correction", on, party)


def _receipt(acting: Acting, document: Document, party: Party, record: ServiceRecord) -> None:
    """Make the service receipt (D37) of this attempt; it stays with the office."""
    agents = ["　".join(filter(None, (a.firm, a.name))) for a in party.agents if a.until is None]
    pages = document.file.pages if document.file else None
    papers.issue(
        acting,
        "service_receipt",
        seen_by="office",
        document={"title": document.title, "number": document.number or "", "pages": str(pages or "")},
        receiver_party=party.name,
        address=party.reached("address"),
        agent="、".join(agents),
        method=record.method,
        sent_on=record.sent_on.isoformat(),
        received_on=record.received_on.isoformat() if record.received_on else "",
        receiver=record.receiver,
        note=record.note,
    )


def refuse_bad_service(
    acting: Acting, document: Document, party: Party, method: ServiceMethod, sent_on: date, received_on: date | None
) -> None:
    """Raise ``RuleBroken`` where this way or these days cannot be."""
    if method.value not in catalogue.KINDS[document.kind].served:
        title = Text(document.title, document.title_en or document.title)
        raise RuleBroken("《%(title)s》不能用“%(method)s”", field="records", title=title, method=method.label)
    if method == ServiceMethod.ELECTRONIC and not party.e_service_consent:
        raise RuleBroken("%(name)s没有同意电子送达", field="records", name=party.name)
    if sent_on < document.made_on:
        raise RuleBroken("送达日期不能早于文书日期 %(on)s", field="records", on=document.made_on.isoformat())
    if sent_on > acting.today or (received_on is not None and received_on > acting.today):
        raise RuleBroken("送达日期不能晚于今天", field="records")
    if method == ServiceMethod.NOTICE and received_on is not None:
        days = public_notice_days(acting)
        if received_on < sent_on + timedelta(days=days):
            raise RuleBroken("公告发出满 %(days)s 日才视为送达", field="records", days=days)
    if received_on is not None and received_on < sent_on:
        raise RuleBroken("签收日期不能早于发出日期", field="records")


def public_notice_days(acting: Acting) -> int:
    """Return after how many days a paper served by public notice counts as received (60 or 30, as configured)."""
    return int(settings.get(acting.session, "service.public_notice_days"))
