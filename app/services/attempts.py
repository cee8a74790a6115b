"""Carry out an act at the edge; where it breaks, nothing has happened and an incident remembers it whole."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock, policy
from app.domain.errors import NotAllowed, NotFound, Refusal, Stale
from app.models import Deadline, Document, Incident, Task, User
from app.queries import processes
from app.services import cases, lapses, once, tasks
from app.services.changing import changing
from app.services.incidents import incident, said

log = logging.getLogger(__name__)

KINDS: dict[str, Callable[..., Any]] = {
    "complete": tasks.complete,
    "act": cases.act,
    "open": cases.open_case,
    "lapse": lapses.lapse,
}


class Failed(Exception):
    """An act broke in an automatic step. Nothing has changed; ``reference`` names the incident."""

    def __init__(self, reference: str) -> None:
        super().__init__(reference)
        self.reference = reference


def carry_out(
    session: Session, what: str, *args: Any, by: User | None, shown: Callable[[Any], Any] = lambda done: done
) -> Any:
    """Carry out one act in one transaction.

    ``shown`` turns the result into plain values before the commit, because rows expire then.

    A refusal is raised as it is. Any other error is rolled back, kept as an incident in a transaction of its own, and
    raised as ``Failed``.
    """
    by_id = by.id if by else None
    try:
        with changing(session):
            return shown(KINDS[what](session, *args, by=by))
    except Refusal:
        raise
    except Exception as error:
        log.exception("an act broke: %s %s", what, args[:1])
        raise Failed(_remember(session, what, args, by_id, error)) from error


def rehearse(session: Session, what: str, *args: Any, by: User) -> list[tuple[str, dict[str, Any]]]:
    """Return the kind and the facts of each letter that an act would issue; nothing of it is kept.

    A letter has no number yet: others may be issued first.
    """
    case_id = _case_of(session, what, args)
    last = session.scalar(select(func.max(Document.id)).where(Document.case_id == case_id)) or 0
    try:
        KINDS[what](session, *args, by=by)
        session.flush()
        issued = select(Document).where(Document.case_id == case_id, Document.id > last, Document.issued)
        return [(d.kind, {**(d.facts or {}), "number": None}) for d in session.scalars(issued.order_by(Document.id))]
    finally:
        session.rollback()


def _remember(session: Session, what: str, args: tuple[Any, ...], by_id: int | None, error: Exception) -> str:
    with changing(session):
        element = getattr(error, "element", "") or ""
        kept = incident(what, args, error, case_id=_case_of(session, what, args), by_id=by_id, element=element)
        session.add(kept)
        return kept.reference


def _case_of(session: Session, what: str, args: tuple[Any, ...]) -> int | None:
    """Return the case that an act was about, where it was about one that is there."""
    if what == "complete":
        return session.scalar(select(Task.case_id).where(Task.id == args[0]))
    if what == "lapse":
        return session.scalar(select(Deadline.case_id).where(Deadline.id == args[0]))
    return int(args[0]) if what == "act" else None


def retry(session: Session, incident_id: int, *, by: User) -> Incident:
    """Try a broken act again, as the person who tried it first; who retries needs to be an administrator.

    The rules are asked again: an act that is no longer allowed or no longer open is refused and the incident stays,
    except that a step which somebody has taken meanwhile settles it, and so does the same form sent again since.
    """
    if not policy.may(by, "incident.retry"):
        raise NotAllowed("只有系统管理员可以重试")
    row = session.get(Incident, incident_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound("incident")
    if row.settled_at is not None:
        raise Stale("这一事件已经处理")
    author = session.get(User, row.by_id) if row.by_id else None
    what, args = row.what, tuple(row.attempt["args"])
    how = "retried"
    try:
        with changing(session):
            _refuse_sent_again(session, row, author)
            KINDS[what](session, *args, by=author)
            _settle(session, incident_id, by.id, how)
    except Stale:
        with changing(session):
            _settle(session, incident_id, by.id, "overtaken")
    except Refusal:
        raise
    except Exception as error:
        log.exception("an act broke again: %s", what)
        with changing(session):
            again = session.get(Incident, incident_id)
            assert again is not None
            again.tries += 1
            again.error = said(error)
        raise Failed(row.reference) from error
    return row


def _refuse_sent_again(session: Session, incident: Incident, author: User | None) -> None:
    if author is None or incident.what not in ("open", "act"):
        return
    args = incident.attempt["args"]
    if incident.what == "open":
        form, case_id, answers = processes.start_form_of(session, args[0]), None, args[1]
    else:
        form, case_id, answers = f"act:{args[1]}", args[0], args[2]
    if form is not None:
        once.refuse_sent_again(session, form, answers, by=author, since=incident.at, case_id=case_id)


def _settle(session: Session, incident_id: int, by_id: int, how: str) -> None:
    row = session.get(Incident, incident_id)
    assert row is not None
    row.settled_at, row.settled_by_id, row.settled_how = clock.now(), by_id, how
