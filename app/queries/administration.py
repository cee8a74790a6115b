"""What an administrator looks at: the calendar, process versions, incidents, jobs. No case content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app.domain.errors import NotFound
from app.models import (
    AccessLog,
    CalendarChange,
    CalendarDay,
    Case,
    Document,
    Incident,
    JobRun,
    MessageOutbox,
    ProcessVersion,
    User,
)


def overrides(session: Session, year: int) -> list[CalendarDay]:
    """Return the office's own days of a year."""
    return list(
        session.scalars(
            select(CalendarDay)
            .where(CalendarDay.day >= date(year, 1, 1), CalendarDay.day <= date(year, 12, 31))
            .order_by(CalendarDay.day)
        )
    )


def changes(session: Session) -> list[CalendarChange]:
    """Return the latest changes of the calendar with the due dates each moved."""
    return list(session.scalars(select(CalendarChange).order_by(CalendarChange.id.desc()).limit(20)))


def change(session: Session, change_id: int) -> CalendarChange:
    """Return one change of the calendar with who made it, or raise ``NotFound``."""
    row = session.get(CalendarChange, change_id, options=[joinedload(CalendarChange.by)])
    if row is None:
        raise NotFound("calendar change")
    return row


def setting_changes(session: Session) -> list[tuple[AccessLog, str]]:
    """Return the latest changes of the office's settings, each with the name of who made it."""
    rows = select(AccessLog, func.coalesce(User.name, AccessLog.username)).outerjoin(User, User.id == AccessLog.user_id)
    rows = rows.where(AccessLog.kind == "setting_changed").order_by(AccessLog.id.desc()).limit(50)
    return [(change, name) for change, name in session.execute(rows)]


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A process version and how many cases are pinned to it, all and open."""

    version: ProcessVersion
    cases: int
    open: int


def versions(session: Session) -> list[VersionLine]:
    """Return the process versions, the latest first."""
    rows = session.execute(
        select(ProcessVersion, func.count(Case.id), func.count(Case.id).filter(Case.closed_at.is_(None)))
        .outerjoin(Case, Case.process_digest == ProcessVersion.digest)
        .group_by(ProcessVersion.digest)
        .order_by(ProcessVersion.key, ProcessVersion.published_at.desc())
    )
    return [VersionLine(version, total, running) for version, total, running in rows]


def version(session: Session, digest: str) -> ProcessVersion:
    """Return one process version, or raise ``NotFound``."""
    row = session.get(ProcessVersion, digest)
    if row is None:
        raise NotFound("process version")
    return row


def incidents(session: Session, settled: bool) -> list[Incident]:
    """Return the incidents that wait, or those that are settled, the latest first."""
    condition = Incident.settled_at.is_not(None) if settled else Incident.settled_at.is_(None)
    return list(
        session.scalars(
            select(Incident).where(condition).options(joinedload(Incident.case)).order_by(Incident.id.desc()).limit(100)
        )
    )


def waiting_incidents(session: Session) -> int:
    """Return how many incidents wait."""
    return session.scalar(select(func.count()).where(Incident.settled_at.is_(None))) or 0


@dataclass(frozen=True, slots=True)
class Backlog:
    """What the jobs still have before them, and when each kind last ran."""

    messages_waiting: int
    messages_failed: int
    documents: int
    runs: list[JobRun]


def backlog(session: Session) -> Backlog:
    """Return how far the jobs are."""
    waiting = session.scalar(select(func.count()).where(MessageOutbox.state == "waiting")) or 0
    failed = session.scalar(select(func.count()).where(MessageOutbox.state == "failed")) or 0
    documents = session.scalar(select(func.count()).where(Document.issued, Document.file_id.is_(None))) or 0
    return Backlog(waiting, failed, documents, list(session.scalars(select(JobRun).order_by(JobRun.name))))
