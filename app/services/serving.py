"""Service of papers (送达): what was sent to whom, how, when it arrived, and which clock that starts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.documents import catalogue, letters, pages
from app.domain import service
from app.domain.disputes import ServiceMethod
from app.domain.errors import RuleBroken
from app.domain.events import DocumentSent, DocumentServed, ServiceFailed
from app.domain.texts import Text
from app.models import Document, Party, ServiceRecord, StoredFile
from app.queries import serving
from app.services import papers, pauses, settings
from app.services.acting import AFTER_SERVICE, ANNOUNCES, Acting

# Which milestone the arrival of a paper sets: the start of the periods that run from service.
STARTS_FROM = {
    "statement_notice": "request_served",
    "answer_notice": "request_served",
    "panel_notice": "list_known",
    "resign_notice": "resign_notified",
    "evidence_notice": "evidence_notified",
    "hearing_notice": "hearing_notified",
    "pre_decision_notice": "findings_notified",
    "adjudication_decision": "decision_served",
    "adjudication_refusal_notice": "refusal_served",
    "cancellation_decision": "refusal_served",
    "exhortation_letter": "exhortation_served",
    "mediation_agreement": "agreement_served",
    "correction_notice": "correction_notified",
    "mediator_notice": "list_known",
}

# What the receipt of a service says that nobody saw to; it stays with the office.
BY_ITSELF = "文书已进入系统并可查阅，到达即为送达，由系统登记。"


def keep_and_serve(session: Session, document_id: int, data: bytes, number: int | None) -> StoredFile | None:
    """Keep the file of an issued document and serve it on those who agreed to electronic service (order 81, art. 10).

    A letter is readable and has arrived at one moment, and so both are one change: whatever comes between, neither has
    happened. ``None`` where somebody else has kept the file meanwhile, and with it has served it.
    """
    document = papers.keep_rendered(session, document_id, data, number)
    if document is None:
        return None
    if service.goes_by_itself(document.kind) and (reached := serving.reads_in_the_system(session, document)):
        acting = Acting(session, document.case, None)
        today = acting.today.isoformat()
        entry = {"method": ServiceMethod.ELECTRONIC, "sent_on": today, "result": "received", "received_on": today}
        for party in reached:
            register(acting, document, party, {**entry, "note": BY_ITSELF})
    return document.file


def make(session: Session, document_id: int) -> StoredFile | None:
    """Render an issued document, keep its file and serve it, within one transaction; ``None`` where it is rendered."""
    wanted = papers.to_render(session, document_id)
    if wanted is None:
        return None
    data = letters.render(*wanted)
    return keep_and_serve(session, document_id, data, pages.count(data))


def register(
    acting: Acting, document: Document, party: Party, entry: Mapping[str, Any], *, within: str = ""
) -> ServiceRecord:
    """Record one attempt to serve ``document`` on ``party`` (送达回证, D37).

    ``entry``: method, sent_on, result, received_on, receiver, note, proof (file ids); days as ISO dates. ``within``
    names the row of the form in which it stands (``records-0-``), so that a refusal stands beside its field. Refuses a
    method that the paper must not be served by, a paper that is not made yet or a day before it was, and electronic
    service without the receiver's consent (order 81, art. 10).
    """
    method = ServiceMethod(entry["method"])
    sent_on = date.fromisoformat(entry["sent_on"])
    received_on = date.fromisoformat(entry["received_on"]) if entry.get("received_on") else None
    result = entry["result"]
    refuse_bad_service(acting, document, party, method, sent_on, received_on, within=within)
    if method == ServiceMethod.NOTICE:
        _put_up(acting, document, party)
    proofs = papers.receive(acting, "service_receipt", entry.get("proof") or [], seen_by="office")
    record = ServiceRecord(
        case_id=acting.case.id,
        document=document,
        party=party,
        party_id=party.id,
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
    if method == ServiceMethod.NOTICE:
        _announced(acting, document, record)
    if result != "pending":
        _announced_no_more(acting, record)
    if record.received_on is not None:
        acting.record(DocumentServed(document=document.title, party=name, method=method.value, on=record.received_on))
        milestone = STARTS_FROM.get(document.kind)
        if milestone and not (document.replaces_id and acting.milestone_of(milestone, party)):
            acting.milestone(milestone, record.received_on, party)  # a corrected copy starts nothing anew
        _served(document, party, record.received_on)
        if follows := AFTER_SERVICE.get(document.kind):
            follows(acting, document, party, record.received_on)
    elif result == "pending":
        acting.record(DocumentSent(document=document.title, party=name, method=method.value, on=sent_on))
    else:
        acting.record(ServiceFailed(document=document.title, party=name, method=method.value, reason=record.note))
    return record


def _put_up(acting: Acting, document: Document, party: Party) -> None:
    """Make the public notice itself, once, where the process has one."""
    if any(r.method == ServiceMethod.NOTICE and r.party_id == party.id for r in document.services):
        return
    if put_up := ANNOUNCES.get(acting.case.kind):
        copies = [f"《{copy.title}》副本" for copy in _copies_with(acting, document)]
        titles = "、".join([f"《{document.title}》", *copies])
        put_up(acting, document, party, titles, public_notice_days(acting))


def _announced(acting: Acting, document: Document, record: ServiceRecord) -> None:
    """The days of a public notice do not count towards what a notice stops (order 81, art. 37; order 71, art. 21)."""
    if record.result == "failed" or not pauses.stops_anything(acting, "announcement"):
        return
    if not pauses.lasts(acting, "announcement"):
        pauses.pause(acting, "announcement", f"公告送达《{document.title}》", first=record.sent_on + timedelta(days=1))


def _announced_no_more(acting: Acting, record: ServiceRecord) -> None:
    """A public notice is over when its paper has arrived, by whichever way, or when it was given up."""
    if not pauses.lasts(acting, "announcement"):
        return
    acting.session.flush()  # the attempt just recorded is the last one
    if not serving.is_announced(acting.session, acting.case):
        pauses.resume(acting, "announcement", last=record.received_on)


def _served(document: Document, party: Party, on: date) -> None:
    """Take the paper off the list of what is still to be served on ``party``."""
    for addressee in document.addressees:
        if addressee.party_id == party.id:
            addressee.served_on = on


def _receipt(acting: Acting, document: Document, party: Party, record: ServiceRecord) -> None:
    """Make the service receipt (D37) of this attempt, with all that went together; it stays with the office."""
    agents = ["　".join(filter(None, (a.firm, a.name))) for a in party.agents if a.until is None]
    copies = _copies_with(acting, document)
    pages = [one.file.pages if one.file else None for one in (*copies, document)]
    papers.issue(
        acting,
        "service_receipt",
        seen_by="office",
        document={
            "title": "、".join([*(f"{copy.title}副本" for copy in copies), document.title]),
            "title_en": ", ".join(
                [*(f"Copy of {copy.title_en or copy.title}" for copy in copies), document.title_en or document.title]
            ),
            "number": document.number or "",
            "pages": str(sum(filter(None, pages))) if all(pages) else "",
        },
        receiver_party=party.name,
        address=party.reached("address"),
        agent="、".join(agents),
        method=record.method,
        sent_on=record.sent_on.isoformat(),
        received_on=record.received_on.isoformat() if record.received_on else "",
        receiver=record.receiver,
        note=record.note,
        server=acting.by.name if acting.by else "本局案件系统",
    )


def _copies_with(acting: Acting, document: Document) -> list[Document]:
    """Return the papers of which a copy goes with ``document``, as they stand."""
    found = [papers.latest(acting.session, acting.case, kind) for kind in service.COPIES_WITH.get(document.kind, ())]
    return [paper for paper in found if paper is not None]


def refuse_bad_service(
    acting: Acting,
    document: Document,
    party: Party,
    method: ServiceMethod,
    sent_on: date,
    received_on: date | None,
    *,
    within: str,
) -> None:
    """Raise ``RuleBroken`` where the paper is not there yet, or where this way or these days cannot be."""
    refuse_unmade(document, "records" if within else "document")
    title = _quoted(document)
    if on := next((a.served_on for a in document.addressees if a.party_id == party.id), None):
        raise RuleBroken(
            "《%(title)s》已于%(on)s送达%(name)s，不用再登记",
            field=f"{within}party",
            title=title,
            name=party.name,
            on=on,
        )
    if method.value not in catalogue.KINDS[document.kind].served:
        raise RuleBroken("《%(title)s》不能用“%(method)s”", field=f"{within}method", title=title, method=method.label)
    if method == ServiceMethod.ELECTRONIC and not party.e_service_consent:
        raise RuleBroken("%(name)s没有同意电子送达", field=f"{within}method", name=party.name)
    if sent_on < document.made_on:
        raise RuleBroken("送达日期不能早于文书日期 %(on)s", field=f"{within}sent_on", on=document.made_on)
    if sent_on > acting.today or (received_on is not None and received_on > acting.today):
        raise RuleBroken(
            "送达日期不能晚于今天", field=f"{within}{'sent_on' if sent_on > acting.today else 'received_on'}"
        )
    if method == ServiceMethod.NOTICE and received_on is not None:
        days = public_notice_days(acting)
        ends = acting.calendar.on_or_after(sent_on + timedelta(days=days))
        if received_on < ends:
            raise RuleBroken(
                "公告发出满 %(days)s 日才视为送达，期满之日是%(ends)s",
                field=f"{within}received_on",
                days=days,
                ends=ends,
            )
    if received_on is not None and received_on < sent_on:
        raise RuleBroken("签收日期不能早于发出日期", field=f"{within}received_on")


def refuse_unmade(document: Document, field: str) -> None:
    """Raise ``RuleBroken`` beside ``field`` where the paper is not made yet: what is not there cannot have arrived."""
    if document.file is None:
        raise RuleBroken("《%(title)s》还在制作，做好以后再登记送达", field=field, title=_quoted(document))


def _quoted(document: Document) -> Text:
    return Text(document.title, document.title_en or document.title)


def public_notice_days(acting: Acting) -> int:
    """Return after how many days a paper served by public notice counts as received (60 or 30, as configured)."""
    return int(settings.get(acting.session, "service.public_notice_days"))


def unserved(acting: Acting, document: Document, receivers: list[Party]) -> list[Party]:
    """Return which of ``receivers`` the document has not reached yet."""
    received = set(
        acting.session.scalars(
            select(ServiceRecord.party_id).where(
                ServiceRecord.document_id == document.id, ServiceRecord.result == "received"
            )
        )
    )
    return [p for p in receivers if p.id not in received]
