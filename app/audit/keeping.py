"""What a case keeps beside its history, the answers of its forms and the files of its papers, is under its seal too."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.audit import history
from app.audit.history import Flaw, instant, sealed, set_seal
from app.models import Case, Document, Submission
from app.models.types import Unreadable, canonical_json

Kept = Submission | Document
ROOM = 2**256
EMPTY = f"{0:064x}"


def keep(session: Session, case: Case, *rows: Kept) -> None:
    """Count what has just come into ``case`` under its seal; for a case from before there was a count, all there is."""
    if case.kept is None:
        session.flush()  # these rows are among those that are counted
        case.kept = counted(session, case)
    else:
        case.kept = _sum(case, rows, int(case.kept, 16))
    set_seal(case)


def counted(session: Session, case: Case) -> str:
    """Return the count of all that is kept in ``case`` now: an edited, removed or added row makes it another one."""
    answers = select(Submission).where(Submission.case_id == case.id)
    papers = select(Document).where(Document.case_id == case.id, Document.file_id.is_not(None))
    return _sum(case, [*session.scalars(answers), *session.scalars(papers)], 0)


def _sum(case: Case, rows: Iterable[Kept], before: int) -> str:
    """Return the sum of what each row is worth, in whichever order they came; only who has the seal's key can tell it."""
    return f"{(before + sum(_worth(case, row) for row in rows)) % ROOM:064x}"


def _worth(case: Case, row: Kept) -> int:
    if isinstance(row, Submission):
        content = ["answers", row.form, row.task_id, row.by_id, row.acting_for_id, instant(row.at), row.answers]
    else:
        content = ["paper", row.place, row.kind, row.file.sha256 if row.file else ""]
    return int(sealed(canonical_json([case.number, *content])), 16)


def verify(session: Session, case: Case) -> Flaw | None:
    """Return the first flaw in what is stored of ``case``: in its history, or else in what it keeps beside it."""
    flaw = history.verify(session, case)
    if flaw is not None or case.kept is None:
        return flaw
    try:
        same = counted(session, case) == case.kept
    except (ValueError, TypeError, Unreadable):  # something cannot even be read any more
        same = False
    return None if same else Flaw(0, "填报内容或者材料与写入时不一致")
