"""The bytes of files and the rows that name them: kept together, given up together."""

from __future__ import annotations

import hashlib

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from app.documents import store
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


def _hold(session: Session, sha256: str) -> None:
    """Let nobody else keep or give up this content until the transaction ends; SQLite has one writer at a time anyway."""
    session.connection()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(int(sha256[:15], 16))))
