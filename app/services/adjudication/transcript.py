"""The transcript of a hearing (D26): made when it is over, confirmed page by page by those who were there."""

from __future__ import annotations

from sqlalchemy import select

from app import clock
from app.domain.errors import NotFound, RuleBroken
from app.domain.events import TranscriptSigned
from app.domain.roles import PartyRole
from app.models import Document, Hearing, Party, Task
from app.queries import hearings
from app.services import papers
from app.services.acting import Acting, Answers, Data, step
from app.services.adjudication import current, printed

SIGNED = {"signed": "逐页签名，无异议", "corrected": "更正后逐页签名", "refused": "拒绝签名"}


def make(acting: Acting, row: Hearing, signed: list[dict[str, str]] | None = None) -> None:
    """Make the transcript (D26); the one with the signatures names the one before."""
    adjudication = current.adjudication(acting)
    panel = printed.panel_at(acting.session, acting.case, adjudication, row.at)
    there = [p for p in acting.case.parties if p.id in row.attended]
    papers.issue(
        acting,
        "hearing_transcript",
        replaces=_unsigned(acting, row) if signed else None,
        place=row.place,
        at=row.at.isoformat(),
        ended=row.ended.isoformat() if row.ended else "",
        venue=row.venue,
        online=row.online,
        closed=row.closed,
        attended=[_named(row, p) for p in there],
        sides=list(dict.fromkeys(PartyRole(p.role).label for p in there)),
        absent=[p.name for p in acting.case.parties if p not in there and p.takes_part],
        panel=panel,
        recorder=panel["recorder"] if panel else "",
        date=row.at.astimezone(clock.ZONE).date().isoformat(),
        script=row.script,
        signed=signed or [],
    )


def _named(row: Hearing, party: Party) -> str:
    """Return a party that was there, with the people who were there for it."""
    people = [f"{one['name']}，{one['capacity']}" for one in row.present if one["party"] == party.id]
    return f"{party.name}（{'；'.join(people)}）" if people else party.name


def _unsigned(acting: Acting, row: Hearing) -> Document | None:
    """Return the transcript of a sitting that was laid before those who were there."""
    made = select(Document).where(Document.case_id == acting.case.id, Document.kind == "hearing_transcript")
    for document in acting.session.scalars(made.order_by(Document.place)):
        if papers.facts_behind(acting.session, document)["place"] == row.place:
            return document
    return None


@step("sign_transcript")
def sign_transcript(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Record how each who was there confirmed the transcripts of every sitting, with what was signed; the trial is over."""
    sittings = hearings.held(acting.session, acting.case)
    if not sittings:
        raise NotFound("hearing")
    entries = answers.get("signatures") or []
    if sorted(e["party"] for e in entries) != sorted({n for row in sittings for n in row.attended}):
        raise RuleBroken("到场的每一方当事人应当各登记一次怎样确认笔录", field="signatures")
    names = {p.id: p.name for p in acting.case.parties}
    for row in sittings:
        row.signed = [
            {"name": names[e["party"]], "how": "：".join(filter(None, (SIGNED[e["how"]], e.get("note"))))}
            for e in entries
            if e["party"] in row.attended
        ]
        make(acting, row, row.signed)
        acting.record(TranscriptSigned(place=row.place))
    papers.receive(acting, "signed_transcript", answers["files"])
    return {}
