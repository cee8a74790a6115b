"""The nightly look at the folder of files: rows whose bytes are gone, bytes that no row names, writings cut short.

Nothing whole is removed on the way: a database put back from an older day must not cost anybody a file. Who retries
the incident about strays lets them go.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.documents import store
from app.jobs import incidents
from app.models import Document, StoredFile
from app.services import files
from app.services.changing import changing
from app.services.looking import looking

GRACE = timedelta(days=1)  # bytes lie there before the row of their upload is committed
MISSING, STRAY = "file_missing", "file_stray"


@dataclass(frozen=True, slots=True)
class Row:
    """What the database says of a file."""

    id: int
    sha256: str
    size: int

    def lies_in(self, folder: dict[str, store.Lying]) -> bool:
        """Say whether the bytes are there in their whole length."""
        return self.sha256 in folder and folder[self.sha256].size == self.size


def reconcile(session: Session) -> dict[str, int]:
    """Compare rows and bytes: each row without its bytes is an incident, bytes without a row are one together."""
    seen, missing, strays = 0, set[int](), 0
    for prefix in store.PREFIXES:
        rows = _rows(session, prefix)
        folder = store.lying(prefix)
        seen += len(rows)
        missing |= {row.id for row in rows if not row.lies_in(folder)}
        strays += len(_strays(rows, folder))
    missing &= _still_named(session, missing)
    _report_missing(session, missing)
    _report_strays(session, strays)
    unfinished = store.clear_unfinished(_a_while_ago())
    return {"files": seen, "missing": len(missing), "stray": strays, "unfinished": unfinished}


def _rows(session: Session, prefix: str) -> list[Row]:
    of_prefix = (StoredFile.sha256 >= prefix, StoredFile.sha256 < prefix + "g")  # an address is hexadecimal
    with looking(session):
        found = session.execute(select(StoredFile.id, StoredFile.sha256, StoredFile.size).where(*of_prefix))
        return [Row(*row) for row in found]


def _strays(rows: list[Row], folder: dict[str, store.Lying]) -> set[str]:
    old = {address for address, file in folder.items() if file.written_at < _a_while_ago()}
    return old - {row.sha256 for row in rows}


def _a_while_ago() -> datetime:
    """Files are dated by the clock on the wall, which a demonstration does not move."""
    return clock.now() - clock.shift() - GRACE


def _still_named(session: Session, file_ids: set[int]) -> set[int]:
    """Return those whose row is still there: one may have been given up between the two looks."""
    with looking(session):
        return set(session.scalars(select(StoredFile.id).where(StoredFile.id.in_(file_ids))))


def _report_missing(session: Session, file_ids: set[int]) -> None:
    for file_id in sorted(file_ids):
        with looking(session):
            name = session.get_one(StoredFile, file_id).name
            case_id = session.scalar(select(Document.case_id).where(Document.file_id == file_id).limit(1))
        incidents.remember(session, MISSING, file_id, error=f"文件“{name}”的内容不在了", case_id=case_id)
    with changing(session):
        for file_id in incidents.stuck(session, MISSING) - file_ids:
            incidents.settle(session, MISSING, file_id)


def _report_strays(session: Session, count: int) -> None:
    if count:
        incidents.remember(session, STRAY, error=f"有 {count} 份内容没有任何记录提到；重试会把它们删除")
        return
    with changing(session):
        incidents.settle(session, STRAY)


def find_again(session: Session, file_id: int, **_by: object) -> None:
    """Look for the bytes of one file again; raises ``incidents.Disagrees`` while they are not there."""
    row = session.get(StoredFile, file_id)
    if row is not None and not store.verify(row.sha256):
        raise incidents.Disagrees(f"文件“{row.name}”的内容不在了")


def discard_strays(session: Session, **_by: object) -> None:
    """Let all bytes go that no row names: what an administrator's retry does."""
    for address in _old_addresses():
        files.discard(session, address)


def _old_addresses() -> Iterator[str]:
    for prefix in store.PREFIXES:
        yield from _strays([], store.lying(prefix))
