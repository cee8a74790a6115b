"""Archiving a closed case (立卷归档): two volumes, each with cover and index (D45), and one package that proves itself."""

from __future__ import annotations

from datetime import date

from sqlalchemy import or_, select
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
from app.services import authorship, binding, papers, serving, settings
from app.services.acting import Acting, Answers, Data, act
from app.services.binding import Bound, Item


@act("file_case")  # the name that diagrams of running cases declare
def archive_case(acting: Acting, answers: Answers) -> Data:
    """Put the file of a closed case in order and keep it as it is now: all of it, or nothing where the disk fails."""
    documents = _documents(acting)
    if any(d.file is None for d in documents):
        raise RuleBroken("还有文书正在制作，请稍后再立卷")
    if papers.latest(acting.session, acting.case, "case_file_cover") is not None:
        raise RuleBroken("本案已经立卷")
    years = _years(acting, answers)
    acting.session.flush()
    if audit.verify(acting.session, acting.case) is not None:
        raise RuleBroken("本案的记录或者材料与写入时不一致，请系统管理员核查后再立卷")
    volumes = _volumes(acting, documents, answers, years)
    try:
        package = binding.bind(acting, volumes, about=_about(acting, answers, years))
    except StoreFailed as failed:
        raise RuleBroken("文件没有保存成功，请稍后再试") from failed
    acting.record(
        CaseArchived(
            papers=sum(len(v.items) for v in volumes),
            pages=sum(v.pages for v in volumes),
            retention=Retention.PERMANENT.value if years is None else str(years),
            reason=answers.get("retention_reason") or None,
            until=archives.kept_until(acting.today, years),
            package=package.sha256,
        )
    )
    return {}


def _years(acting: Acting, answers: Answers) -> int | None:
    """Return for how many years the file is kept: as chosen for this case, else as the office has set."""
    chosen = answers.get("retention")
    if not chosen:
        return int(settings.get(acting.session, f"retention.{acting.case.kind}_years"))
    if not answers.get("retention_reason"):
        raise RuleBroken("请说明选择保管期限的理由", field="retention_reason")
    return Retention(chosen).years


def _documents(acting: Acting) -> list[Document]:
    """Return the papers of the case; a draft that waits with its author is none of them."""
    rows = select(Document).where(
        Document.case_id == acting.case.id, or_(Document.seen_by != "party", Document.issued.is_(False))
    )
    return list(
        acting.session.scalars(
            rows.options(joinedload(Document.file), undefer(Document.facts)).order_by(Document.place)
        )
    )


def _volumes(acting: Acting, documents: list[Document], answers: Answers, years: int | None) -> list[Bound]:
    author = authorship.authors(acting)
    bound = []
    for volume in Volume:
        own = [d for d in documents if archives.volume_of(d.seen_by) is volume]
        items = binding.numbered(own, author)
        if volume is Volume.SECONDARY:
            items.append(_note(acting, answers, items, documents))
        bound.append(_with_cover(acting, volume, items, years))
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


def _with_cover(acting: Acting, volume: Volume, items: list[Item], years: int | None) -> Bound:
    case = acting.case
    holders = [s.user.name for role in sorted(SEATED) for s in case.seats(role)]
    docketed_on = case.dispute.docketed_on if case.dispute else None
    assert case.closed_at is not None
    cover = papers.issue(
        acting,
        "case_file_cover",
        seen_by="office",
        volume=volume.label,
        mediator="、".join(holders),
        docketed_on=docketed_on.isoformat() if docketed_on else "",
        closed_on=case.closed_at.date().isoformat(),
        result=State(case.state).label,
        pages=sum(binding.pages_of(i.document) for i in items),
        retention=archives.in_words(years),
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


def _about(acting: Acting, answers: Answers, years: int | None) -> dict[str, str | None]:
    """Return what the manifest says of the archive as a whole."""
    assert acting.by is not None
    until: date | None = archives.kept_until(acting.today, years)
    return {
        "case": acting.case.number,
        "archivist": acting.by.name,
        "archived_on": acting.today.isoformat(),
        "retention": archives.in_words(years),
        "retention_reason": answers.get("retention_reason") or "",
        "retention_until": until.isoformat() if until else None,
    }
