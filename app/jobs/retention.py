"""What is not kept: counters of tries, expired tokens, uploads that nobody used (PIPL art. 19: no longer than needed)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, exists, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from app import clock
from app.models import ApiToken, Base, Draft, EndedSession, Incident, StoredFile, Submission
from app.services import files, throttling
from app.services.changing import changing
from app.services.looking import looking

LONGEST_SESSION = timedelta(days=1)  # a cookie is good for half a day; its mark need not be remembered longer
UNUSED_UPLOADS = timedelta(days=30)
BROUGHT_AND_LEFT = timedelta(days=2)  # by a browser without an account, whose session has ended long before
AT_ONCE = 500


def clear_out(session: Session) -> dict[str, int]:
    """Remove what is not needed any more and return how many uploads and tokens went. Commits."""
    with changing(session):
        throttling.clear_out(session)
        session.execute(delete(EndedSession).where(EndedSession.ended_at < clock.now() - LONGEST_SESSION))
        tokens = session.execute(
            delete(ApiToken).where(ApiToken.expires_at < clock.now()).returning(ApiToken.id)
        ).fetchall()
    return {"tokens": len(tokens), "uploads": _clear_uploads(session)}


def _clear_uploads(session: Session) -> int:
    gone = 0
    last = 0
    while True:
        with looking(session):
            found = session.execute(_unused(last)).all()
            kept = _mentioned(session, {owner for _, owner in found})
        if not found:
            return gone
        last = found[-1][0]
        ids = [file_id for file_id, _ in found if file_id not in kept]
        with changing(session):  # asked again: somebody may have used one meanwhile
            rows = delete(StoredFile).where(StoredFile.id.in_(ids), *_nobody_points_at_it())
            contents = session.scalars(rows.returning(StoredFile.sha256)).all()
        gone += len(contents)
        _discard(session, set(contents))


def _discard(session: Session, contents: set[str]) -> None:
    """Give the bytes up after the commit: cut short, they lie there until ``filecheck`` finds them."""
    for content in sorted(contents):
        with changing(session):
            files.discard(session, content)


def _unused(after: int) -> Any:
    return (
        select(StoredFile.id, StoredFile.uploaded_by_id)
        .where(
            StoredFile.id > after,
            or_(
                StoredFile.uploaded_by_id.is_not(None) & (StoredFile.uploaded_at < clock.now() - UNUSED_UPLOADS),
                StoredFile.brought_by.is_not(None) & (StoredFile.uploaded_at < clock.now() - BROUGHT_AND_LEFT),
            ),
            *_nobody_points_at_it(),
        )
        .order_by(StoredFile.id)
        .limit(AT_ONCE)
    )


def _nobody_points_at_it() -> list[ColumnElement[bool]]:
    """Return that no column of any table refers to the file; a new table is seen by itself."""
    return [
        ~exists().where(column == StoredFile.id)
        for table in Base.metadata.tables.values()
        for column in table.columns
        for key in column.foreign_keys
        if key.column is StoredFile.__table__.c.id
    ]


def _mentioned(session: Session, owners: set[int]) -> set[int]:
    """Return the numbers that stand in anything these people typed, sent or tried: any of them may be a file's."""
    texts = [
        *session.scalars(select(Draft.answers).where(Draft.user_id.in_(owners))),
        *session.scalars(select(Submission.answers).where(Submission.by_id.in_(owners))),
        *session.scalars(select(Incident.attempt).where(Incident.by_id.in_(owners), Incident.settled_at.is_(None))),
    ]
    return {number for text in texts for number in _numbers(text)}


def _numbers(value: Any) -> Iterator[int]:
    if isinstance(value, dict):
        for item in value.values():
            yield from _numbers(item)
    elif isinstance(value, list):
        for item in value:
            yield from _numbers(item)
    elif isinstance(value, int):
        yield value
    elif isinstance(value, str) and value.isdecimal() and len(value) < 19:
        yield int(value)
