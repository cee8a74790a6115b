"""A form is answered once: the second equal submission finds what the first has brought about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from app import clock
from app.domain.errors import RuleBroken, Stale
from app.models import Case, Draft, Submission, User
from app.models.types import fingerprint

LONGEST = 64
MINUTE = 60


_SENT_BEFORE = (
    select(Case.id, Case.receipt_number)
    .join(Submission, Submission.case_id == Case.id)
    .where(Submission.by_id == bindparam("by"), Submission.once.in_(bindparam("keys", expanding=True)))
)


class Repeated(Stale):
    """This form has been submitted already, into the case ``case_id``."""

    def __init__(self, case_id: int, number: str) -> None:
        super().__init__("这份表单已经提交，受理号 %(number)s，没有重复办理", number=number)
        self.case_id = case_id


def refuse_repeated(
    session: Session, key: str, form: str, answers: Mapping[str, Any], *, by: User, case_id: int | None = None
) -> str:
    """Return the key of a form to keep; raise ``Repeated`` where this person sent it before.

    What comes without a key is the same form when it has the same answers within this minute or the one before, and
    nobody else has done anything in the case in between: a program that tries again after a broken connection. Whoever
    means the same twice sends two keys, or waits.

    Call it while holding the lock that an equal submission waits for.
    """
    if len(key) > LONGEST or not key.isascii() or not key.isprintable():
        raise RuleBroken("表单编号无效，请重新打开页面")
    keys = [key] if key else _keys(form, answers, case_id, _answered_by_others(session, by, case_id))
    with session.no_autoflush:  # what the act has written so far is no answer yet
        found = session.execute(_SENT_BEFORE, {"by": by.id, "keys": keys}).first()
    if found is not None:
        raise Repeated(*found)
    return keys[0]


def key_of_draft(session: Session, draft: Draft, form: str) -> str:
    """Return the key under which a draft is filed: the same in every window that shows it, until it is used up.

    The number of a row alone may come again once the row is gone; what this person has filed before only grows.
    """
    before = select(func.max(Submission.id)).where(Submission.by_id == draft.user_id, Submission.form == form)
    return f"draft-{draft.id}-after-{session.scalar(before) or 0}"


def _answered_by_others(session: Session, by: User, case_id: int | None) -> int | None:
    last = select(func.max(Submission.id)).where(Submission.case_id == case_id, Submission.by_id != by.id)
    return session.scalar(last) if case_id is not None else None


def _keys(form: str, answers: Mapping[str, Any], *where: int | None) -> list[str]:
    """Return the key that these answers have in this minute, and the one they had in the minute before."""
    content = fingerprint([form, dict(answers), *where])[:40]
    minute = int(clock.now().timestamp()) // MINUTE
    return [f"{content}@{minute}", f"{content}@{minute - 1}"]


def refuse_sent_again(
    session: Session, form: str, answers: Mapping[str, Any], *, by: User, since: datetime, case_id: int | None
) -> None:
    """Raise ``Repeated`` where this person has sent the same words since then, whichever files came with them."""
    later = select(Submission, Case.receipt_number).join(Case, Case.id == Submission.case_id)
    later = later.where(Submission.by_id == by.id, Submission.at >= since, Submission.form == form)
    if case_id is not None:
        later = later.where(Submission.case_id == case_id)
    for row, number in session.execute(later):
        if _without_files(row.answers) == _without_files(answers):
            raise Repeated(row.case_id, number)


def _without_files(value: Any) -> Any:
    """Return answers without the lists of numbers in them: a file that is uploaded again has another number."""
    if isinstance(value, Mapping):
        return {name: _without_files(part) for name, part in value.items() if not _is_numbers(part)}
    return [_without_files(part) for part in value] if isinstance(value, list) else value


def _is_numbers(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, int) for one in value)
