"""Archiving a closed case (立卷归档): cover, index and note (D45), with every paper and its pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, undefer

from app.domain.errors import RuleBroken
from app.domain.events import CaseArchived
from app.domain.roles import SEATED
from app.domain.states import State
from app.models import Document
from app.queries import sight
from app.services import authorship, papers, settings
from app.services.acting import Acting, Answers, Data, act


@act("file_case")  # the name that diagrams of running cases declare
def archive_case(acting: Acting, answers: Answers) -> Data:
    """Put the file of a closed case in order: the cover, the index with page numbers, and the note at the end."""
    documents = _documents(acting)
    if any(d.file is None for d in documents):
        raise RuleBroken("还有文书正在制作，请稍后再立卷")
    if papers.latest(acting.session, acting.case, "case_file_cover") is not None:
        raise RuleBroken("本案已经立卷")
    items, pages = _index(documents, authorship.authors(acting))
    holders = [s.user.name for role in sorted(SEATED) for s in acting.case.seats(role)]
    docketed_on = acting.case.dispute.docketed_on if acting.case.dispute else None
    closed_at = acting.case.closed_at
    assert acting.by is not None and closed_at is not None
    papers.issue(
        acting,
        "case_file_cover",
        seen_by="office",
        volume="正卷",
        mediator="、".join(holders),
        docketed_on=docketed_on.isoformat() if docketed_on else "",
        closed_on=closed_at.date().isoformat(),
        result=State(acting.case.state).label,
        pages=pages,
        retention=f"{settings.get(acting.session, 'retention.mediation_years')} 年",
        archive_number="",
    )
    papers.issue(acting, "file_index", seen_by="office", items=items)
    papers.issue(
        acting,
        "file_note",
        seen_by="office",
        note=answers.get("note") or "",
        count=len(items),
        pages=pages,
        made_by=acting.by.name,
        checked_by=answers.get("checked_by") or "",
    )
    acting.record(CaseArchived(papers=len(items), pages=pages))
    return {}


def _documents(acting: Acting) -> list[Document]:
    """Return the papers of the case; a draft that waits with its author is none of them."""
    assert acting.by is not None
    rows = select(Document).where(Document.case_id == acting.case.id, sight.own_papers(acting.by, acting.case))
    return list(
        acting.session.scalars(
            rows.options(joinedload(Document.file), undefer(Document.facts)).order_by(Document.place)
        )
    )


def _index(documents: list[Document], author: Callable[[Document], str]) -> tuple[list[dict[str, Any]], int]:
    """Return the lines of the index, each with the page it begins on, and the number of pages in all.

    A paper whose pages nobody can count (a spreadsheet, a picture) takes one.
    """
    items, page = [], 1
    for document in documents:
        items.append(
            {
                "number": document.number or "",
                "author": author(document),
                "title": document.title,
                "date": document.made_on.isoformat(),
                "page": page,
            }
        )
        page += (document.file.pages if document.file else None) or 1
    return items, page - 1
