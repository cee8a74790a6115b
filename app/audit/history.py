"""Write the history of a case and find out whether anybody has changed it."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.domain.events import Happening
from app.models import Case, Event, User, append
from app.models.types import canonical_json

_seal_key = b""


def set_seal_key(key: bytes) -> None:
    """Set the secret that seals the end of each history; without it a truncated history could be sealed anew."""
    global _seal_key
    _seal_key = key


def record(session: Session, case: Case, event: Happening, by: User | None, *, acting_for: User | None = None) -> Event:
    """Append ``event`` to the history of ``case`` and let the case's state follow from it.

    ``by`` is who did it (``None``: the clock); ``acting_for`` the absent colleague they stood in for.
    """
    at = clock.now()
    row = Event(
        case_id=case.id,
        seq=case.event_count + 1,
        kind=event.kind,
        data=event.data(),
        at=at,
        by_id=by.id if by else None,
        acting_for_id=acting_for.id if acting_for else None,
        previous=case.event_head,
    )
    row.hash = _digest(case.number, row)
    append(session, row)
    case.event_count = row.seq
    case.event_head = row.hash
    if event.state is not None:
        case.state = event.state
    set_seal(case)
    return row


def set_seal(case: Case) -> None:
    """Seal the case as it is now; to be done again whenever something that is under the seal changes."""
    case.event_seal = _seal(case)


def _digest(number: str, row: Event) -> str:
    return hashlib.sha256(_content(number, row).encode()).hexdigest()


def _content(number: str, row: Event) -> str:
    content = [number, row.seq, row.kind, row.data, instant(row.at), row.by_id, row.acting_for_id, row.previous]
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def written_out(session: Session, case: Case) -> list[dict[str, str]]:
    """Return every event of ``case`` in order: the very text that was hashed, the hash before it, and its own."""
    rows = session.scalars(select(Event).where(Event.case_id == case.id).order_by(Event.seq))
    return [{"content": _content(case.number, row), "previous": row.previous, "hash": row.hash} for row in rows]


def instant(at: datetime) -> str:
    """Return a moment as one text, however the database gives it back."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _seal(case: Case) -> str:
    text = f"{case.number}|{case.event_count}|{case.event_head}|{case.state}"
    return sealed(text if case.kept is None else f"{text}|{case.kept}|{_written(case)}")


def _written(case: Case) -> str:
    """Return what stands in the row of a case and is looked at without asking the events."""
    closed_at = instant(case.closed_at) if case.closed_at else None
    days = [case.received_on.isoformat(), case.first_filed_on.isoformat(), instant(case.opened_at), closed_at]
    return canonical_json([case.kind, case.receipt_number, case.regime, case.process_digest, case.outcome, *days])


def sealed(text: str) -> str:
    """Return the seal of ``text``: nobody can make it who has the database only."""
    return hmac.new(_seal_key, text.encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class Flaw:
    """The first event that does not fit: its place in the history (0: the case itself) and what is wrong with it."""

    seq: int
    what: str

    def as_json(self) -> dict[str, Any]:
        """Return the flaw as plain data."""
        return {"seq": self.seq, "what": self.what}

    def in_words(self) -> str:
        """Return the flaw as one line for the office's own people."""
        return f"第 {self.seq} 条，{self.what}" if self.seq else self.what


def verify(session: Session, case: Case) -> Flaw | None:
    """Return the first flaw in the history of ``case``, or ``None`` if every row is as it was written.

    Finds an edited, removed, inserted, reordered or truncated row.
    """
    events = select(Event).where(Event.case_id == case.id).order_by(Event.seq)
    try:
        return _first_flaw(case, session.scalars(events))
    except (ValueError, TypeError):  # something is no longer of its kind, so that it cannot even be read
        return _first_flaw(case, _one_by_one(session, case))


def _first_flaw(case: Case, rows: Iterable[Event | Flaw]) -> Flaw | None:
    expected, previous = 1, ""
    for row in rows:
        if isinstance(row, Flaw):
            return row
        if row.seq != expected:
            return Flaw(expected, f"第 {expected} 条记录缺失")
        if row.previous != previous:
            return Flaw(row.seq, "与上一条记录不衔接")
        if row.hash != _digest(case.number, row):
            return Flaw(row.seq, "内容与写入时不一致")
        expected, previous = row.seq + 1, row.hash
    if expected - 1 != case.event_count or previous != case.event_head:
        return Flaw(expected, "末尾的记录缺失")
    if not hmac.compare_digest(str(case.event_seal).encode("utf-8", "surrogatepass"), _seal(case).encode()):
        return Flaw(case.event_count, "案件的封存值不符")
    return None


def _one_by_one(session: Session, case: Case) -> Iterator[Event | Flaw]:
    """Return each event of ``case`` by itself, and a flaw in the place of one that cannot be read."""
    for event_id, seq in session.execute(
        select(Event.id, Event.seq).where(Event.case_id == case.id).order_by(Event.seq)
    ):
        try:
            row = session.get_one(Event, event_id, populate_existing=True)
            _digest(case.number, row)
            yield row
        except (ValueError, TypeError):
            yield Flaw(seq, "内容与写入时不一致")
