"""The bytes of files and the rows that name them: kept together, given up together."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from app.documents import store
from app.domain.errors import RuleBroken
from app.models import StoredFile


def keep(session: Session, data: bytes) -> store.Stored:
    """Put bytes into the store for a row of this transaction; nobody gives them up before it has ended."""
    _hold(session, hashlib.sha256(data).hexdigest())
    return store.put(data)


def discard(session: Session, sha256: str) -> bool:
    """Give up the bytes under an address that no row names; say whether there were any to give up."""
    _hold(session, sha256)
    if session.scalar(select(exists().where(StoredFile.sha256 == sha256))):
        return False
    return store.remove(sha256)


def uploaded_by(session: Session, file_ids: Iterable[int], owner: int | None) -> list[StoredFile]:
    """Return the uploaded files with these ids; an id that is not this person's is refused like one that is not."""
    ids = list(dict.fromkeys(file_ids))
    if not ids:
        return []
    rows = select(StoredFile).where(StoredFile.id.in_(ids), StoredFile.uploaded_by_id == owner)
    found = {f.id: f for f in session.scalars(rows)}
    if missing := [i for i in ids if i not in found]:
        raise RuleBroken("有 %(n)s 份文件没有上传成功，请重新上传", field="files", n=len(missing))
    return [found[i] for i in ids]


def _hold(session: Session, sha256: str) -> None:
    """Let nobody else keep or give up this content until the transaction ends; SQLite has one writer at a time anyway."""
    session.connection()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(int(sha256[:15], 16))))
