"""Objections to public notices: filed by anybody in their own name, accepted or turned down, upheld or dismissed."""

from __future__ import annotations

import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock, notifications, policy
from app.domain.errors import NotFound, RuleBroken, Stale
from app.domain.identifiers import receipt_number
from app.domain.masking import Protected
from app.domain.notices import DECIDED, Ground, Need, NoticeState, ObjectionState, Objector, Paper, Statement
from app.models import Notice, Objection, ObjectionPaper, StoredFile, User
from app.models.types import fingerprint
from app.queries.objections import RECEIPT
from app.services import access_log, notices

DIGITS = 10**6


def refuse_late(notice: Notice) -> None:
    """Raise ``RuleBroken`` where objections to the notice are not taken any more; it says since when."""
    if notice.state == NoticeState.WITHDRAWN:
        raise RuleBroken("这份公示已经撤回，不再受理异议")
    if not notices.is_open(notice):
        raise RuleBroken("公示期已于%(last)s届满，不能再提出异议", last=notice.last_day)


def file(
    session: Session, notice: Notice, statement: Statement, *, mark: str, language: str = "zh_CN", address: str = ""
) -> Objection:
    """Take an objection in: in the period, in writing, in one's own name, with proof and a way to reach who objects.

    ``mark`` is that of the browser that brought the files. The same said again by the same objector is ``Stale`` while
    the first stands; one that was turned down may come again, with what was missing.
    """
    session.refresh(notice, with_for_update=True)  # an equal objection waits here
    refuse_late(notice)
    if lacking := statement.lacking():
        raise RuleBroken(lacking[0].label, field=lacking[0].value)
    if notice.line(statement.row) is None:
        raise RuleBroken(Need.ROW.label, field=Need.ROW.value)
    content = _content(statement)
    _refuse_repeated(session, notice, content)
    objection = Objection(
        receipt_number=_receipt_number(session),
        notice=notice,
        row_key=statement.row,
        kind=statement.kind,
        name=statement.name,
        **_identity(statement),
        phone=statement.phone,
        email=statement.email or None,
        language=language,
        reasons=statement.reasons,
        content=content,
        state=ObjectionState.RECEIVED.value,
        received_at=clock.now(),
        papers=_papers(session, statement, mark),
    )
    session.add(objection)
    access_log.record(session, "objection_filed", address=address, number=objection.receipt_number)
    notifications.objection_received(session, objection)
    return objection


def accept(session: Session, objection: Objection, *, by: User, address: str = "") -> None:
    """Accept an objection: it has all that it needs and will be decided."""
    _check_state(session, objection, ObjectionState.RECEIVED, by)
    _handle(session, objection, ObjectionState.ACCEPTED, by, address)


def turn_down(
    session: Session, objection: Objection, *, ground: Ground, answer: str, by: User, address: str = ""
) -> None:
    """Do not accept an objection, on one of the grounds, with what is to be said to who filed it."""
    _check_state(session, objection, ObjectionState.RECEIVED, by)
    objection.ground, objection.answer = ground.value, answer
    _handle(session, objection, ObjectionState.NOT_ACCEPTED, by, address)


def decide(
    session: Session, objection: Objection, outcome: ObjectionState, *, answer: str, by: User, address: str = ""
) -> None:
    """Uphold or dismiss an accepted objection, with an answer; what follows from upholding it is the subject's own."""
    if outcome not in DECIDED:
        raise ValueError(f"{outcome} decides nothing")
    _check_state(session, objection, ObjectionState.ACCEPTED, by)
    objection.answer = answer
    objection.decided_by_id, objection.decided_at = by.id, clock.now()
    _move(session, objection, outcome, by, address)
    if outcome is ObjectionState.UPHELD:
        session.flush()  # what follows may ask the database which objections were upheld
        notices.upheld(session, objection, by=by)


def reveal(session: Session, objection: Objection, what: str, *, reason: str, by: User, address: str = "") -> str:
    """Return a protected value of who objects in full; who looked, at what and why stays in the access log."""
    policy.check(by, "objection.handle", objection.notice.subject)
    shown = {Protected.PHONE.value: objection.phone, Protected.RESIDENT_ID.value: objection.resident_id}
    if what not in shown:
        raise NotFound("objection")
    number = objection.receipt_number
    access_log.record(session, "objection_revealed", user=by, address=address, number=number, what=what, reason=reason)
    return shown[what] or ""


def _check_state(session: Session, objection: Objection, state: ObjectionState, by: User) -> None:
    policy.check(by, "objection.handle", objection.notice.subject)
    session.refresh(objection, with_for_update=True)
    if objection.state != state:
        raise Stale("刚才已有人办理了这一事项，请刷新后查看")


def _handle(session: Session, objection: Objection, state: ObjectionState, by: User, address: str) -> None:
    objection.handled_by_id, objection.handled_at = by.id, clock.now()
    _move(session, objection, state, by, address)


def _move(session: Session, objection: Objection, state: ObjectionState, by: User, address: str) -> None:
    objection.state = state.value
    number = objection.receipt_number
    access_log.record(session, f"objection_{state.value}", user=by, address=address, number=number)
    notifications.objection_moved(session, objection)


def _identity(statement: Statement) -> dict[str, str | None]:
    """Return by what who objects is known: a unit by its code and somebody there, an individual by the resident number."""
    if statement.kind == Objector.UNIT:
        return {"uscc": statement.uscc, "contact": statement.contact, "resident_id": None}
    return {"uscc": None, "contact": "", "resident_id": statement.resident_id}


def _content(statement: Statement) -> str:
    who = (statement.kind, statement.name, *_identity(statement).values(), statement.phone)
    return fingerprint([statement.row, *who, statement.reasons])


def _refuse_repeated(session: Session, notice: Notice, content: str) -> None:
    same = (Objection.notice_id == notice.id, Objection.content == content)
    standing = Objection.state != ObjectionState.NOT_ACCEPTED
    number = session.scalar(select(Objection.receipt_number).where(*same, standing))
    if number is not None:
        raise Stale("同样的异议已经提交，回执号 %(number)s，没有重复受理", number=number)


def _receipt_number(session: Session) -> str:
    """Return a receipt number that is free; it is drawn, so that nobody reads from one how many others there are."""
    while True:
        number = receipt_number(clock.today(), secrets.randbelow(DIGITS), RECEIPT)
        if session.scalar(select(Objection.id).where(Objection.receipt_number == number)) is None:
            return number


def _papers(session: Session, statement: Statement, mark: str) -> list[ObjectionPaper]:
    """Return the papers of an objection; a file is taken only from the browser that brought it."""
    kinds = {file_id: kind for kind in reversed(Paper) for file_id in statement.papers.get(kind, ())}
    own = select(StoredFile).where(StoredFile.id.in_(kinds), StoredFile.brought_by == mark)
    found = {one.id: one for one in session.scalars(own)} if mark else {}
    for paper in Paper:
        named = set(statement.papers.get(paper, ()))
        if missing := named - set(found):
            raise RuleBroken("有 %(n)s 份文件没有上传成功，请重新上传", field=paper.value, n=len(missing))
    return [ObjectionPaper(file=found[file_id], kind=kinds[file_id].value) for file_id in sorted(kinds)]
