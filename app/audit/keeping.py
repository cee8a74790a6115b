"""What a case keeps beside its history is under its seal too: answers, files of papers, periods, records of service.

Answers and files are counted by whoever keeps them. Periods move for many reasons (a pause, an extension, a service that
is recorded late, another calendar), so their count follows whatever is written of them, and so that of services.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import event, func, inspect, select
from sqlalchemy.orm import Session

from app.audit import history
from app.audit.history import Flaw, instant, sealed, set_seal
from app.models import Case, Deadline, Document, ServiceRecord, Submission
from app.models.types import Unreadable, canonical_json

Kept = Submission | Document | Deadline | ServiceRecord
OF_A_PERIOD = ("rule", "party_id", "start_on", "length", "due_on", "state")
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
    periods = select(Deadline).where(Deadline.case_id == case.id, Deadline.kept)
    services = select(ServiceRecord).where(ServiceRecord.case_id == case.id, ServiceRecord.kept)
    found = (session.scalars(rows) for rows in (answers, papers, periods, services))
    return _sum(case, (row for rows in found for row in rows), 0)


def _sum(case: Case, rows: Iterable[Kept], before: int) -> str:
    """Return the sum of what each row is worth, in whichever order they came; only who has the seal's key can tell it."""
    return f"{(before + sum(_worth(case, row) for row in rows)) % ROOM:064x}"


def _worth(case: Case, row: Kept) -> int:
    content: list[Any]
    if isinstance(row, Submission):
        content = ["answers", row.form, row.task_id, row.by_id, row.acting_for_id, instant(row.at), row.answers]
    elif isinstance(row, Document):
        content = ["paper", row.place, row.kind, row.file.sha256 if row.file else ""]
    elif isinstance(row, ServiceRecord):
        days = [row.sent_on.isoformat(), row.received_on.isoformat() if row.received_on else None, instant(row.at)]
        what = [row.party_id, row.method, row.result, row.receiver, row.note, row.by_id]
        content = ["service", row.document.place, *what, *days, row.proof.sha256 if row.proof else ""]
    else:
        return _worth_of_period(case, {name: getattr(row, name) for name in OF_A_PERIOD})
    return int(sealed(canonical_json([case.number, *content])), 16)


def _worth_of_period(case: Case, period: dict[str, Any]) -> int:
    content = [str(period[name]) for name in OF_A_PERIOD]  # a day as it is written: nothing is computed from it here
    return int(sealed(canonical_json([case.number, "period", *content])), 16)


@event.listens_for(Session, "before_flush")
def _follow(session: Session, *_context: object) -> None:
    """Bring the count of each case into line with what is about to be written of its periods and services."""
    counted_now: set[Any] = set()
    for row in (*session.new, *session.dirty):
        if isinstance(row, Deadline | ServiceRecord) and row not in counted_now:
            case = session.get_one(Case, row.case_id)
            if case.kept is None:  # it is from before there was a count
                continue
            if row in session.dirty and not row.kept:
                counted_now |= _count_those_before(session, case)
            else:
                _count_again(case, row)


def _count_those_before(session: Session, case: Case) -> set[Deadline | ServiceRecord]:
    """Count what was written before periods and services were counted, all at once: such rows stand first, or nowhere."""
    periods = select(Deadline).where(Deadline.case_id == case.id, ~Deadline.kept)
    services = select(ServiceRecord).where(ServiceRecord.case_id == case.id, ~ServiceRecord.kept)
    with session.no_autoflush:
        before = {*session.scalars(periods), *session.scalars(services)}
    for row in before:
        _count_again(case, row)
    return before


def _count_again(case: Case, row: Deadline | ServiceRecord) -> None:
    count = int(str(case.kept), 16)
    if row.kept:
        before = _written_before(row)
        if before is None:
            return
        count -= _worth_of_period(case, before)
    row.kept = True
    case.kept = _sum(case, [row], count)
    set_seal(case)


def _written_before(row: Deadline | ServiceRecord) -> dict[str, Any] | None:
    """Return a period as the database has it; ``None`` where nothing of it changes that is under the seal."""
    if isinstance(row, ServiceRecord):  # written once
        return None
    was = {name: inspect(row).attrs[name].history for name in OF_A_PERIOD}
    if not any(history.has_changes() for history in was.values()):
        return None
    return {name: (history.deleted or history.unchanged or [None])[0] for name, history in was.items()}


def _slipped_in(session: Session, case: Case) -> bool:
    """Say whether a period or a service that nobody counted came in after one that was counted."""
    for table in (Deadline, ServiceRecord):
        first = select(func.min(table.id)).where(table.case_id == case.id, table.kept).scalar_subquery()
        later = select(table.id).where(table.case_id == case.id, ~table.kept, table.id > first)
        if session.scalar(later.limit(1)) is not None:
            return True
    return False


def verify(session: Session, case: Case) -> Flaw | None:
    """Return the first flaw in what is stored of ``case``: in its history, or else in what it keeps beside it."""
    flaw = history.verify(session, case)
    if flaw is not None or case.kept is None:
        return flaw
    try:
        same = counted(session, case) == case.kept and not _slipped_in(session, case)
    except (ValueError, TypeError, Unreadable):  # something cannot even be read any more
        same = False
    return None if same else Flaw(0, "填报内容、材料、期限或者送达记录与写入时不一致")
