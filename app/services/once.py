"""A form is answered once: the second equal submission finds what the first has brought about."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import RuleBroken, Stale
from app.models import Case, Submission, User

LONGEST = 64


class Repeated(Stale):
    """This form has been submitted already, into the case ``case_id``."""

    def __init__(self, case_id: int, number: str) -> None:
        super().__init__("这份表单已经提交，受理号 %(number)s，没有重复办理", number=number)
        self.case_id = case_id


def refuse_repeated(session: Session, key: str, *, by: User) -> str | None:
    """Return the key of a form to keep, ``None`` where it has none; raise ``Repeated`` where this person sent it before.

    Asked when a lock is held for which an equal submission has to wait: only then has it been committed or not.
    """
    if len(key) > LONGEST or not key.isascii() or not key.isprintable():
        raise RuleBroken("表单编号无效，请重新打开页面")
    if not key:
        return None
    before = select(Case.id, Case.receipt_number).join(Submission, Submission.case_id == Case.id)
    found = session.execute(before.where(Submission.by_id == by.id, Submission.once == key)).first()
    if found is not None:
        raise Repeated(*found)
    return key
