"""Process versions: which one new cases begin with, and each compiled once a worker."""

from __future__ import annotations

from sqlalchemy import bindparam, inspect, select
from sqlalchemy.orm import Session

from app import engine
from app.models import ProcessVersion

_CURRENT = select(ProcessVersion).where(ProcessVersion.key == bindparam("process"), ProcessVersion.current)


def current(session: Session, process: str) -> ProcessVersion | None:
    """Return the version that new cases of ``process`` begin with; ``None`` where it is not offered.

    Whoever asks while it is still held in the same transaction is given the same one without asking the database.
    """
    for row in session.identity_map.values():
        if isinstance(row, ProcessVersion) and not inspect(row).expired and row.current and row.key == process:
            return row
    return session.scalar(_CURRENT, {"process": process})


def version_of(session: Session, digest: str) -> engine.ProcessVersion:
    """Return the compiled process version; its files are read from the table the first time only."""

    def load() -> dict[str, bytes]:
        row = session.scalar(select(ProcessVersion.files).where(ProcessVersion.digest == digest))
        if row is None:
            raise LookupError(f"process version {digest} is not stored")
        return {name: text.encode() for name, text in row.items()}

    return engine.version(digest, load)


def offered(session: Session) -> list[ProcessVersion]:
    """Return the versions that new cases begin with."""
    return list(session.scalars(select(ProcessVersion).where(ProcessVersion.current).order_by(ProcessVersion.key)))


def start_form_of(session: Session, process: str) -> str | None:
    """Return the key of the form that starts ``process``, or ``None`` where it is not offered."""
    version = current(session, process)
    return version_of(session, version.digest).start_form if version else None
