"""Process versions: which one new cases begin with, and each compiled once a worker."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app import engine
from app.models import ProcessVersion

_CURRENT = select(ProcessVersion.digest).where(ProcessVersion.key == bindparam("process"), ProcessVersion.current)


def current(session: Session, process: str) -> str | None:
    """Return the digest of the version that new cases of ``process`` begin with; ``None`` where it is not offered."""
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
    digest = current(session, process)
    return version_of(session, digest).start_form if digest else None
