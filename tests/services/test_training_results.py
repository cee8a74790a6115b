"""Who came to a course and how they did, from the page and from a spreadsheet; certificates that follow from it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from app.domain.errors import NotAllowed, NotFound, RuleBroken, Stale
from app.models import AccessLog, MessageOutbox, TrainingSeat, db
from app.queries import training as queries
from app.services import sheets
from app.services.changing import changing
from app.services.roster import training_results
from app.services.roster.training_results import COLUMNS, Result
from tests.conftest import Today
from tests.flows.office import Office
from tests.flows.training import School, attendee, open_school


@pytest.fixture
def school(either_office: Office) -> School:
    return open_school(either_office)


@pytest.fixture
def held(school: School, today: Today) -> tuple[int, list[int]]:
    """Return a course that has ended, with a pass mark and three people, one of whom only waited."""
    course_id = school.publishes(places=2, pass_mark=60)
    seats = school.signs_up(course_id, "甲", attendee(1)) + school.signs_up(course_id, "乙", attendee(2), attendee(3))
    today.moves(days=11)
    return course_id, seats


def records(school: School, course_id: int, *results: Result, who: str = "lin") -> int:
    with changing(db.session):
        return training_results.record(db.session(), school.course(course_id), results, by=school.user(who))


def concludes(school: School, course_id: int) -> int:
    with changing(db.session):
        return training_results.conclude(db.session(), school.course(course_id), by=school.user("lin"))


def loads(school: School, course_id: int, *rows: tuple[Any, ...]) -> tuple[int, list[tuple[int, str]]]:
    data = sheets.write("签到表", COLUMNS, rows)
    with changing(db.session):
        changed, bad = training_results.load(db.session(), school.course(course_id), data, by=school.user("lin"))
    return changed, [(one.number, str(one.refusal)) for one in bad]


def seat(seat_id: int) -> TrainingSeat:
    db.session.expire_all()
    return db.session.get_one(TrainingSeat, seat_id)


def test_who_came_and_passed_gets_a_certificate(school: School, held: tuple[int, list[int]]) -> None:
    course_id, (one, two, _) = held
    assert records(school, course_id, Result(one, True, 60)) == 1
    assert records(school, course_id, Result(one, True, 60)) == 0
    with pytest.raises(RuleBroken, match="还有 1 人没有登记出勤"):
        concludes(school, course_id)
    records(school, course_id, Result(two, True, 59))
    assert concludes(school, course_id) == 1
    number = seat(one).certificate
    assert number is not None and number.startswith("PX2026-") and seat(two).certificate is None
    assert queries.verified(db.session(), number.lower()).id == one
    assert queries.certificate_for(db.session(), school.user("甲"), number).id == one
    assert queries.certificate_for(db.session(), school.user("wu"), number).id == one
    with pytest.raises(NotFound):
        queries.certificate_for(db.session(), school.user("乙"), number)
    told = db.session.scalars(select(MessageOutbox.user_id).where(MessageOutbox.kind == "training_certified"))
    assert set(told) == {school.people["甲"]}
    with pytest.raises(Stale):
        concludes(school, course_id)
    with pytest.raises(RuleBroken, match="没有这一编号的证书"):
        queries.verified(db.session(), "PX2026-22222222")


def test_a_correction_revokes_a_certificate_and_gives_one_out(school: School, held: tuple[int, list[int]]) -> None:
    course_id, (one, two, _) = held
    records(school, course_id, Result(one, True, 60), Result(two, False))
    concludes(school, course_id)
    number = seat(one).certificate
    assert number is not None
    records(school, course_id, Result(one, False), Result(two, True, 90))
    assert (seat(one).is_certified, seat(one).certificate, seat(two).is_certified) == (False, number, True)
    assert queries.verified(db.session(), number).revoked_at is not None
    with pytest.raises(NotFound):
        queries.certificate_for(db.session(), school.user("甲"), number)
    records(school, course_id, Result(one, True, 70))
    assert (seat(one).is_certified, seat(one).certificate) == (True, number)


def test_nothing_is_recorded_before_a_course_begins_nor_of_who_has_no_place(school: School, today: Today) -> None:
    course_id = school.publishes(places=1)
    one, waiting = school.signs_up(course_id, "甲", attendee(1), attendee(2))
    with pytest.raises(Stale, match="还没有开始"):
        records(school, course_id, Result(one, True))
    today.moves(days=10, hours=1)
    with pytest.raises(RuleBroken, match="名单已经变动"):
        records(school, course_id, Result(one, True), Result(waiting, True))
    assert seat(one).attended is None
    with pytest.raises(NotAllowed):
        records(school, course_id, Result(one, True), who="甲")
    records(school, course_id, Result(one, True))
    with pytest.raises(Stale, match="还没有结束"):
        concludes(school, course_id)


def test_the_list_is_filled_in_and_loaded(school: School, held: tuple[int, list[int]]) -> None:
    course_id, (one, two, _) = held
    records(school, course_id, Result(two, False))
    data = training_results.written(db.session(), school.course(course_id), by=school.user("lin"))
    book = load_workbook(BytesIO(data))
    rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    assert rows == [
        list(COLUMNS),
        [one, "学员1", "甲公司", None, None],
        [two, "学员2", "乙公司", "否", None],
    ]
    sheet = book.worksheets[0]
    sheet["D2"], sheet["E2"] = "是", 88
    out = BytesIO()
    book.save(out)
    with changing(db.session):
        told = training_results.load(db.session(), school.course(course_id), out.getvalue(), by=school.user("lin"))
    assert told == (1, [])
    assert (seat(one).attended, seat(one).points, seat(two).attended) == (True, 88, False)


def test_every_bad_row_is_told_and_nothing_is_recorded(school: School, held: tuple[int, list[int]]) -> None:
    course_id, (one, two, waiting) = held
    changed, bad = loads(
        school,
        course_id,
        (one, "学员1", "甲公司", "是", 88),
        (one, "学员1", "甲公司", "是", 88),
        (two, "别人", "乙公司", "是", None),
        (waiting, "学员3", "乙公司", "是", None),
        (two, "学员2", "乙公司", "来了", None),
        (two, "学员2", "乙公司", "否", 10),
        (two, "学员2", "乙公司", "是", "很好"),
        (two, "学员2", "乙公司", "是", 101),
        ("甲", "学员2", "乙公司", "是", None),
    )
    assert changed == 0
    assert [number for number, _ in bad] == list(range(3, 11))
    assert [told for _, told in bad] == [
        "与前面的一行重复",
        "报名号与姓名不一致",
        f"报名号 {waiting} 不在这门课程的名单中",
        "到场一栏应当填写“是”或者“否”",
        "没有到场的，不能有考核得分",
        "考核得分应当是整数",
        "考核得分应当在 0 至 100 之间",
        "报名号应当是整数",
    ]
    assert seat(one).attended is None
    with pytest.raises(RuleBroken, match="没有登记任何人"):
        loads(school, course_id, (one, "学员1", "甲公司", "", None))


def test_who_looks_at_a_phone_number_is_written_down(school: School) -> None:
    (seat_id,) = school.signs_up(school.publishes(), "甲", attendee(1))
    with pytest.raises(NotAllowed), changing(db.session):
        training_results.phone(db.session(), seat(seat_id), reason="联系", by=school.user("甲"))
    with changing(db.session):
        shown = training_results.phone(db.session(), seat(seat_id), reason="通知改期", by=school.user("lin"))
    assert shown == "13800130001"
    entry = db.session.scalars(select(AccessLog).where(AccessLog.kind == "training_phone_revealed")).one()
    assert (entry.user_id, entry.detail["reason"]) == (school.people["lin"], "通知改期")
