"""Who came to a course and how they did, recorded on the page or from a spreadsheet; and the certificates that follow."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from sqlalchemy.orm import Session

from app import clock, notifications, policy
from app.domain.awards.payments import BadRow
from app.domain.errors import NotNow, RuleBroken
from app.domain.roster import training as rules
from app.domain.roster.training import CourseState
from app.models import TrainingCourse, TrainingSeat, User
from app.queries import training as queries
from app.services import access_log, sheets
from app.services.roster.training import lock

COLUMNS = ("报名号", "姓名", "单位", "到场（是或者否）", "考核得分")
CAME = {"是": True, "否": False}


@dataclass(frozen=True, slots=True)
class Result:
    """What is recorded of one who had a place, by the id of the seat."""

    seat_id: int
    attended: bool
    points: int | None = None


def record(session: Session, course: TrainingCourse, results: Sequence[Result], *, by: User) -> int:
    """Record who came and their points, from the beginning of a course on; return of how many something is new.

    After the course was closed this is a correction: a certificate that is not earned any more is revoked, one that is
    earned is given out.
    """
    policy.check(by, "training_course.record", course)
    lock(session, course, CourseState.OPEN, CourseState.HELD)
    if course.begins_at > clock.now():
        raise NotNow("课程还没有开始")
    known = {seat.id: seat for seat in queries.seated(session, course)}
    changed = 0
    for one in results:
        seat = known.get(one.seat_id)
        if seat is None:
            raise RuleBroken("名单已经变动，请刷新后重新登记")
        rules.check_result(one.attended, one.points)
        if (seat.attended, seat.points) != (one.attended, one.points):
            seat.attended, seat.points = one.attended, one.points
            seat.recorded_by_id, seat.recorded_at = by.id, clock.now()
            changed += 1
            if course.state == CourseState.HELD:
                _bring_into_line(course, seat)
    session.flush()
    return changed


def conclude(session: Session, course: TrainingCourse, *, by: User) -> int:
    """Close a course that is over: who earned a certificate gets one; return how many."""
    policy.check(by, "training_course.record", course)
    lock(session, course, CourseState.OPEN)
    if course.ends_at > clock.now():
        raise NotNow("课程还没有结束")
    seats = queries.seated(session, course)
    if missing := sum(seat.attended is None for seat in seats):
        raise RuleBroken("还有 %(n)s 人没有登记出勤", n=missing)
    course.state = CourseState.HELD.value
    course.ended_by_id, course.ended_at = by.id, clock.now()
    for seat in seats:
        _bring_into_line(course, seat)
    session.flush()
    certified = [seat for seat in seats if seat.is_certified]
    notifications.training_certified(session, course, {seat.signed_up_by_id for seat in certified})
    return len(certified)


def _bring_into_line(course: TrainingCourse, seat: TrainingSeat) -> None:
    """Let the certificate of somebody say what is recorded of them."""
    if not rules.earns_certificate(seat.attended, seat.points, course.pass_mark):
        if seat.certificate is not None:
            seat.revoked_at = clock.now()
        return
    seat.revoked_at = None
    if seat.certificate is None:
        code = "".join(secrets.choice(rules.ALPHABET) for _ in range(rules.CODE))
        seat.certificate, seat.certified_at = rules.certificate_number(course.ends_at.year, code), clock.now()


def phone(session: Session, seat: TrainingSeat, *, reason: str, by: User, address: str = "") -> str:
    """Return the phone number of somebody in full; who looked and why stays in the access log."""
    policy.check(by, "training_course.record", seat.course)
    access_log.record(
        session, "training_phone_revealed", user=by, address=address, course=seat.course_id, seat=seat.id, reason=reason
    )
    return seat.phone


# -- spreadsheets ------------------------------------------------------------------------------------------------------


def written(session: Session, course: TrainingCourse, *, by: User) -> bytes:
    """Return the list of who has a place, with what is recorded, to be signed at the door and filled in."""
    policy.check(by, "training_course.record", course)
    words: dict[bool | None, str] = {came: word for word, came in CAME.items()}
    lines = (
        (seat.id, seat.name, seat.organization.name, words.get(seat.attended, ""), seat.points)
        for seat in queries.seated(session, course)
    )
    return sheets.write("签到表", COLUMNS, lines)


def load(session: Session, course: TrainingCourse, data: bytes, *, by: User) -> tuple[int, list[BadRow]]:
    """Record what a spreadsheet says; or nothing, and return every bad row. Rows without a word are left out."""
    policy.check(by, "training_course.record", course)
    rows = sheets.read(BytesIO(data), COLUMNS, most=rules.MOST_PLACES)
    known = {seat.id: seat for seat in queries.seated(session, course)}
    results, bad = _read(known, rows)
    if bad:
        return 0, bad
    if not results:
        raise RuleBroken("表格中没有登记任何人的出勤", field="file")
    return record(session, course, results, by=by), []


def _read(known: Mapping[int, TrainingSeat], rows: Iterable[sheets.Row]) -> tuple[list[Result], list[BadRow]]:
    results: dict[int, Result] = {}
    bad: list[BadRow] = []
    for row in rows:
        try:
            one = _result(known, row.cells)
            if one is not None and one.seat_id in results:
                raise RuleBroken("与前面的一行重复")
            if one is not None:
                results[one.seat_id] = one
        except RuleBroken as refusal:
            bad.append(BadRow(row.number, refusal))
    return list(results.values()), bad


def _result(known: Mapping[int, TrainingSeat], cells: Sequence[Any]) -> Result | None:
    number, name, _unit, came, points = cells
    seat = known.get(_whole(number, "报名号应当是整数") or 0)
    if seat is None:
        raise RuleBroken("报名号 %(number)s 不在这门课程的名单中", number=str(number or "（空）"))
    if str(name or "").strip() != seat.name:
        raise RuleBroken("报名号与姓名不一致")
    said, earned = str(came or "").strip(), _whole(points, "考核得分应当是整数")
    if not said and earned is None:
        return None
    if said not in CAME:
        raise RuleBroken("到场一栏应当填写“是”或者“否”")
    rules.check_result(CAME[said], earned)
    return Result(seat.id, CAME[said], earned)


def _whole(value: Any, told: str) -> int | None:
    if value in (None, ""):
        return None
    text = str(value).strip().removesuffix(".0")
    if isinstance(value, bool) or not text.isascii() or not text.isdigit() or len(text) > 9:
        raise RuleBroken(told)
    return int(text)
