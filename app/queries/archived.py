"""What of a case has been archived, and what came to its file since."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from app.domain.events import CaseArchived
from app.models import Case, Document, Event


def times(session: Session, case: Case) -> list[Event]:
    """Return each archiving of the case, the first one first."""
    rows = select(Event).where(Event.case_id == case.id, Event.kind == CaseArchived.kind)
    return list(session.scalars(rows.order_by(Event.seq)))


def kept(archivings: list[Event]) -> Mapping[str, Any] | None:
    """Return what the last archiving said of how long the file is kept; the first files were kept without saying so."""
    return next((one.data for one in reversed(archivings) if one.data.get("retention")), None)


def to_come(case: Case) -> Select[Document]:
    """Return the statement for the papers that are in no volume; a draft that waits with its author is none of them."""
    archived = select(func.coalesce(func.max(Document.place), 0)).where(
        Document.case_id == case.id, Document.kind.in_(("file_index", "archive_package"))
    )
    return select(Document).where(
        Document.case_id == case.id,
        Document.place > archived.scalar_subquery(),
        or_(Document.seen_by != "party", Document.issued.is_(False)),
    )
