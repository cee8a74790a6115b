"""Archiving a closed case (立卷归档): two volumes, each with cover and index (D45), and one package that proves itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import joinedload, undefer

from app import audit
from app.documents.store import StoreFailed
from app.domain import archives
from app.domain.archives import Retention, Volume
from app.domain.errors import RuleBroken
from app.domain.events import CaseArchived
from app.domain.roles import SEATED
from app.domain.states import State
from app.models import Document
from app.queries import archived
from app.queries.serving import to_serve_in
from app.services import authorship, binding, papers, serving, settings
from app.services.acting import Acting, Answers, Data, act
from app.services.binding import Bound, Item


@dataclass(frozen=True, slots=True)
class Keeping:
    """For how many years a file is kept (``None`` for ever), why where that was chosen, and until which day."""

    years: int | None
    reason: str
    until: date | None


@act("file_case")  # the name that diagrams of running cases declare
def archive_case(acting: Acting, answers: Answers) -> Data:
    """Put the file of a closed case in order and keep it as it is now: all of it, or nothing where the disk fails.

    What comes to a file that is archived already (the ruling of a court, a corrected decision) makes a supplement,
    which is kept as long as the file itself.
    """
    before = archived.times(acting.session, acting.case)
    documents = list(acting.session.scalars(_in_full(archived.to_come(acting.case))))
    if not documents:
        raise RuleBroken("本案已经立卷，此后没有新的材料")
    if any(d.file is None for d in documents):
        raise RuleBroken("还有文书正在制作，请稍后再立卷")
    told = archived.kept(before)
    keeping = _as_before(told, answers) if told else _keeping(acting, answers)
    _refuse_unserved(acting, answers)
    acting.session.flush()
    if audit.verify(acting.session, acting.case) is not None:
        raise RuleBroken("本案的记录或者材料与写入时不一致，请系统管理员核查后再立卷")
    volumes = _volumes(acting, documents, answers, keeping, supplement=len(before))
    about = _about(acting, keeping, supplement=len(before))
    try:
        package = binding.bind(acting, volumes, supplement=len(before), about=about)
    except StoreFailed as failed:
        raise RuleBroken("文件没有保存成功，请稍后再试") from failed
    acting.record(
        CaseArchived(
            papers=sum(len(v.items) for v in volumes),
            pages=sum(v.pages for v in volumes),
            retention=Retention.PERMANENT.value if keeping.years is None else str(keeping.years),
            reason=keeping.reason or None,
            until=keeping.until,
            package=package.sha256,
            supplement=len(before),
        )
    )
    return {}


def _refuse_unserved(acting: Acting, answers: Answers) -> None:
    """What has not reached everybody yet is archived only with a word on it; its receipts then make a supplement."""
    unserved = [f"《{document.title}》" for document, _waiting in to_serve_in(acting.session, acting.case)]
    if unserved and not answers.get("note"):
        raise RuleBroken(
            "%(papers)s还没有送达各方；请送达后再立卷，或者在本卷情况说明中写明情况",
            field="note",
            papers="、".join(dict.fromkeys(unserved)),
        )


def _keeping(acting: Acting, answers: Answers) -> Keeping:
    """Return how long the file is kept: as chosen for this case, else as the office has set."""
    chosen, reason = answers.get("retention"), str(answers.get("retention_reason") or "")
    if chosen and not reason:
        raise RuleBroken("请说明选择保管期限的理由", field="retention_reason")
    usual = f"retention.{acting.case.kind}_years"
    years = Retention(chosen).years if chosen else int(settings.get(acting.session, usual))
    return Keeping(years, reason, archives.kept_until(acting.today, years))


def _as_before(told: Mapping[str, Any], answers: Answers) -> Keeping:
    """Return how long a supplement is kept: as the file that it belongs to."""
    if answers.get("retention"):
        raise RuleBroken("补充立卷的材料与原案卷一同保管，不另选保管期限", field="retention")
    until = date.fromisoformat(told["until"]) if told["until"] else None
    years = None if told["retention"] == Retention.PERMANENT.value else int(told["retention"])
    return Keeping(years, told["reason"] or "", until)


def _in_full(rows: Select[Document]) -> Select[Document]:
    return rows.options(joinedload(Document.file), undefer(Document.facts)).order_by(Document.place)


def _volumes(
    acting: Acting, documents: list[Document], answers: Answers, keeping: Keeping, *, supplement: int
) -> list[Bound]:
    """Return both volumes; a supplement has no main volume where nothing came that the parties may read."""
    author = authorship.authors(acting)
    bound = []
    for volume in Volume:
        own = [d for d in documents if archives.volume_of(d.seen_by) is volume]
        items = binding.numbered(own, author)
        if volume is Volume.SECONDARY:
            items.append(_note(acting, answers, items, documents))
        if items:
            bound.append(_with_cover(acting, volume, items, keeping, supplement=supplement))
    return bound


def _note(acting: Acting, answers: Answers, before: list[Item], documents: list[Document]) -> Item:
    """Return the note on the file, which ends the second volume and counts what came before it in both."""
    assert acting.by is not None
    note = papers.issue(
        acting,
        "file_note",
        seen_by="office",
        note=answers.get("note") or "",
        count=len(documents),
        pages=sum(binding.pages_of(d) for d in documents),
        made_by=acting.by.name,
        checked_by=answers.get("checked_by") or "",
    )
    _made(acting, note)
    page = before[-1].page + binding.pages_of(before[-1].document) if before else 1
    return Item(len(before) + 1, page, note, str(settings.get(acting.session, "office.name")))


def _with_cover(acting: Acting, volume: Volume, items: list[Item], keeping: Keeping, *, supplement: int) -> Bound:
    case = acting.case
    holders = [s.user.name for role in sorted(SEATED) for s in case.seats(role)]
    docketed_on = case.dispute.docketed_on if case.dispute else None
    assert case.closed_at is not None
    cover = papers.issue(
        acting,
        "case_file_cover",
        seen_by="office",
        volume=archives.with_supplement(volume.label, supplement),
        mediator="、".join(holders),
        docketed_on=docketed_on.isoformat() if docketed_on else "",
        closed_on=case.closed_at.date().isoformat(),
        result=State(case.state).label,
        pages=sum(binding.pages_of(i.document) for i in items),
        retention=archives.in_words(keeping.years),
        archive_number="",
    )
    apart = [i.apart() for i in items if not i.is_set]
    index = papers.issue(acting, "file_index", seen_by="office", items=[i.line() for i in items], apart=apart)
    for paper in (cover, index):
        _made(acting, paper)
    return Bound(volume, cover, index, items)


def _made(acting: Acting, paper: Document) -> None:
    acting.session.flush()
    serving.make(acting.session, paper.id)


def _about(acting: Acting, keeping: Keeping, *, supplement: int) -> dict[str, str | int | None]:
    """Return what the manifest says of the archive as a whole."""
    assert acting.by is not None
    return {
        "case": acting.case.number,
        "supplement": supplement,
        "archivist": acting.by.name,
        "archived_on": acting.today.isoformat(),
        "retention": archives.in_words(keeping.years),
        "retention_reason": keeping.reason,
        "retention_until": keeping.until.isoformat() if keeping.until else None,
    }
