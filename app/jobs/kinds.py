"""The kinds of jobs: how often each looks, what it finds, and what it does with one row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.jobs import (
    announcing,
    casecheck,
    deadlines,
    district_tasks,
    documents,
    filecheck,
    notices,
    outbox,
    retention,
    roster_bars,
)
from app.services import attempts
from app.services.notices import close_over
from app.services.roster import barring
from config import Config


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job: ``due`` returns so many ids at most, ``do`` carries out one and says whether something was done.

    ``urgency`` decides whose turn it is when several wait.
    """

    name: str
    every: int  # seconds
    urgency: int
    due: Callable[[Session, int], list[int]]
    do: Callable[[Session, int, Config], bool]


KINDS = (
    Kind("deadlines", 15, 3, deadlines.due, lambda session, row_id, _: deadlines.do(session, row_id)),
    Kind("notices", 15, 3, notices.due, lambda session, row_id, _: notices.do(session, row_id)),
    Kind("documents", 3, 2, documents.due, lambda session, row_id, _: documents.do(session, row_id)),
    Kind("district_tasks", 60, 1, district_tasks.due, lambda session, row_id, _: district_tasks.do(session, row_id)),
    Kind("roster_bars", 60, 1, roster_bars.due, lambda session, row_id, _: roster_bars.do(session, row_id)),
    Kind("announcements", 5, 1, announcing.due, lambda session, row_id, _: announcing.do(session, row_id)),
    Kind("outbox", 5, 1, outbox.due, outbox.do),
)

# Once a day, in this order; each returns what it found or removed.
NIGHTLY: dict[str, Callable[[Session], dict[str, int]]] = {
    "reconcile": casecheck.reconcile,
    "verify": casecheck.verify,
    "retention": retention.clear_out,
    "files": filecheck.reconcile,
}

# What an administrator's retry does with the incidents that jobs leave.
attempts.KINDS |= {
    "render": documents.render,
    "announce": announcing.announce,
    notices.CLOSE: close_over,
    "district_task": district_tasks.remind,
    "roster_bar": barring.look,
    "deliver": outbox.send_again,
    "reconcile": casecheck.reconcile_one,
    "verify": casecheck.verify_one,
    filecheck.MISSING: filecheck.find_again,
    filecheck.STRAY: filecheck.discard_strays,
    "register": casecheck.verify_register,
}
