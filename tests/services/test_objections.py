"""Objections: taken in whole or not at all, once, and decided by those who handle the subject."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select, text

from app import notifications
from app.domain.errors import NotAllowed, NotFound, RuleBroken, Stale
from app.domain.notices import Ground, Need, ObjectionState, Paper
from app.jobs import outbox, retention, run_due
from app.models import AccessLog, MessageOutbox, Notice, Objection, ObjectionPaper, StoredFile, db
from app.queries import objections as queries
from app.services import notices, objections
from app.services.changing import changing
from tests.conftest import Today
from tests.factories import notices as some
from tests.flows.moment import at_once
from tests.flows.office import Office


@pytest.fixture
def office(either_office: Office) -> Office:
    """Return the office with those who handle objections."""
    some.staff(either_office)
    return either_office


@pytest.fixture
def happened(monkeypatch: pytest.MonkeyPatch) -> some.Happened:
    """Return what the subjects of this test were told."""
    return some.follows(monkeypatch)


@pytest.fixture
def notice(office: Office, happened: some.Happened) -> Notice:
    return some.put_up()


def filed(notice: Notice, statement: Any = None, mark: str = some.MARK) -> Objection:
    told = statement or some.statement()
    with changing(db.session):
        return objections.file(db.session(), notice, told, mark=mark, address="10.0.0.9")


def how_many() -> tuple[int | None, int | None]:
    return tuple(db.session.scalar(select(func.count()).select_from(table)) for table in (Objection, ObjectionPaper))  # type: ignore[return-value]


def test_who_objects_is_kept_sealed(notice: Notice) -> None:
    row = filed(notice, some.statement(kind="individual", resident_id=some.RESIDENT, uscc="", contact=""))
    assert row.receipt_number.startswith("YY260302") and len(row.receipt_number) == 15
    assert (row.resident_id, row.uscc, row.phone) == (some.RESIDENT, None, "13800138000")
    assert [paper.kind for paper in row.papers] == [paper.value for paper in Paper]
    raw = str(db.session.execute(text("SELECT * FROM objection")).mappings().one())
    assert some.RESIDENT not in raw and "13800138000" not in raw and "wang@example.cn" not in raw
    [kept] = db.session.scalars(select(AccessLog).where(AccessLog.kind == "objection_filed"))
    assert (kept.user_id, kept.address, kept.detail) == (None, "10.0.0.9", {"number": row.receipt_number})


def test_a_unit_is_known_by_its_code_and_no_personal_number(notice: Notice) -> None:
    row = filed(notice, some.statement(resident_id=some.RESIDENT))
    assert (row.uscc, row.contact, row.resident_id) == (some.USCC, "王小明", None)


@pytest.mark.parametrize(
    ("changes", "lacks"),
    [
        ({"name": ""}, Need.NAME),
        ({"kind": ""}, Need.KIND),
        ({"phone": ""}, Need.PHONE),
        ({"reasons": ""}, Need.REASONS),
        ({"papers": {}}, Need.APPLICATION),
        ({"row": "app-9"}, Need.ROW),
    ],
)
def test_what_lacks_something_is_refused_beside_its_field_and_nothing_is_kept(
    notice: Notice, changes: dict[str, Any], lacks: Need
) -> None:
    with pytest.raises(RuleBroken) as refused:
        filed(notice, some.statement(**changes))
    assert (refused.value.field, refused.value.message) == (lacks.value, lacks.label)
    assert how_many() == (0, 0)


def test_a_file_that_another_browser_brought_is_refused_like_one_that_is_not_there(notice: Notice) -> None:
    theirs = some.brings("another-browser")
    for files in (theirs, [901, 902, 903]):
        with pytest.raises(RuleBroken, match="没有上传成功") as refused:
            filed(notice, some.statement(files))
        assert refused.value.field == "application"
    with pytest.raises(RuleBroken, match="没有上传成功"):
        filed(notice, some.statement(theirs), mark="")
    assert how_many() == (0, 0)


def test_the_same_objection_is_received_once(notice: Notice) -> None:
    first = filed(notice).receipt_number
    with pytest.raises(Stale, match=first):
        filed(notice)
    filed(notice, some.statement(row="app-1"))
    filed(notice, some.statement(phone="13900139000"))
    assert how_many() == (3, 9)


def test_two_equal_objections_at_once_are_one(office: Office, notice: Notice) -> None:
    told, number = some.statement(), notice.id

    def files(_n: int) -> str:
        try:
            with changing(db.session):
                row = objections.file(db.session(), db.session.get_one(Notice, number), told, mark=some.MARK)
                return row.state
        except Stale:
            return "stale"

    assert sorted(at_once(office.app, 2, files)) == ["received", "stale"]
    assert how_many() == (1, 3)


def test_one_that_was_turned_down_may_come_again_in_the_period(notice: Notice) -> None:
    row = filed(notice)
    with changing(db.session):
        objections.turn_down(db.session(), row, ground=Ground.UNSIGNED, answer="异议书没有盖章", by=some.user("xie"))
    assert (row.state, row.ground, row.answer) == ("not_accepted", "unsigned", "异议书没有盖章")
    assert filed(notice).state == "received"


def test_who_comes_late_is_told_the_last_day(notice: Notice, today: Today) -> None:
    today.is_at("2026-03-07 00:00:00")
    with pytest.raises(RuleBroken, match="届满") as refused:
        filed(notice)
    assert refused.value.params == {"last": notice.last_day}
    assert how_many() == (0, 0)


def test_it_is_accepted_and_then_decided_each_once(notice: Notice, happened: some.Happened) -> None:
    row, by = filed(notice), some.user("xie")
    decide = {"answer": "经核实属实，予以更正", "by": by}
    with pytest.raises(Stale), changing(db.session):
        objections.decide(db.session(), row, ObjectionState.UPHELD, **decide)
    with changing(db.session):
        objections.accept(db.session(), row, by=by)
    with pytest.raises(Stale), changing(db.session):
        objections.accept(db.session(), row, by=by)
    with pytest.raises(ValueError, match="decides nothing"), changing(db.session):
        objections.decide(db.session(), row, ObjectionState.ACCEPTED, **decide)
    with changing(db.session):
        objections.decide(db.session(), row, ObjectionState.UPHELD, **decide)
    with pytest.raises(Stale), changing(db.session):
        objections.decide(db.session(), row, ObjectionState.DISMISSED, **decide)
    [(batch, what)] = happened
    assert batch == 7 and isinstance(what, notices.Upheld) and (what.objection.id, what.by.username) == (row.id, "xie")
    kinds = db.session.scalars(select(AccessLog.kind).where(AccessLog.kind.like("objection%")).order_by(AccessLog.id))
    assert list(kinds) == ["objection_filed", "objection_accepted", "objection_upheld"]


def test_two_who_decide_at_once_decide_once(office: Office, notice: Notice, happened: some.Happened) -> None:
    row = filed(notice)
    with changing(db.session):
        objections.accept(db.session(), row, by=some.user("xie"))
    number = row.id

    def decides(n: int) -> str:
        outcome = (ObjectionState.UPHELD, ObjectionState.DISMISSED)[n]
        try:
            with changing(db.session):
                found = db.session.get_one(Objection, number)
                objections.decide(db.session(), found, outcome, answer="已核实", by=some.user("xie"))
                return str(found.state)
        except Stale:
            return "stale"

    said = at_once(office.app, 2, decides)
    assert said.count("stale") == 1
    assert db.session.get_one(Objection, number).state in said


@pytest.mark.parametrize("who", ["wu", "clerk", "admin", "supervisor", "requester", "stranger"])
def test_for_everybody_else_it_is_not_there(office: Office, notice: Notice, who: str) -> None:
    row = filed(notice)
    number, file_id, other = row.id, row.papers[0].file_id, some.user(who)
    for look in (
        lambda: queries.objection(db.session(), other, number),
        lambda: queries.paper(db.session(), other, number, file_id),
    ):
        with pytest.raises(NotFound):
            look()
    assert queries.page(db.session(), other, queries.Wanted()).items == []
    for act in (
        lambda: objections.accept(db.session(), row, by=other),
        lambda: objections.reveal(db.session(), row, "phone", reason="核实", by=other),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert [one.id for one in queries.page(db.session(), some.user("li"), queries.Wanted()).items] == [number]


def test_what_is_protected_is_shown_with_a_reason_that_stays(notice: Notice) -> None:
    row, by = filed(notice), some.user("xie")
    with changing(db.session):
        assert objections.reveal(db.session(), row, "phone", reason="电话核实", by=by) == "13800138000"
        assert objections.reveal(db.session(), row, "resident_id", reason="核对", by=by) == ""
        with pytest.raises(NotFound):
            objections.reveal(db.session(), row, "phone_on_file", reason="核对", by=by)
    kept = db.session.scalars(select(AccessLog).where(AccessLog.kind == "objection_revealed")).first()
    assert kept is not None and kept.user_id == by.id
    assert kept.detail == {"number": row.receipt_number, "what": "phone", "reason": "电话核实"}


def test_who_knows_receipt_and_phone_finds_it_and_nobody_else(notice: Notice) -> None:
    row = filed(notice)
    number = row.receipt_number
    assert queries.is_receipt(number.lower()) and not queries.is_receipt("FS2603020000013")
    assert queries.look_up(db.session(), f" {number.lower()} ", "8000").id == row.id
    for wrong in ((number, "8001"), (number, ""), (number, "13800138000"), ("YY2603029999999", "8000")):
        with pytest.raises(RuleBroken, match="没有找到"):
            queries.look_up(db.session(), *wrong)


def test_who_gave_an_address_hears_by_e_mail(office: Office, notice: Notice) -> None:
    box = notifications.NullMailer()
    notifications.use(box)
    outbox._mail_rests_until = None
    row = filed(notice)
    filed(notice, some.statement(email="", phone="13900139000"))
    with changing(db.session):
        objections.accept(db.session(), row, by=some.user("xie"))
    run_due(db.session(), office.app.config["PEIYOU"])
    notifications.use(None)
    assert [mail.to for mail in box.sent] == ["wang@example.cn"] * 2
    received, accepted = box.sent
    assert row.receipt_number in received.subject and "王小明，您好" in received.body
    assert "已受理" in accepted.subject and "/progress" in accepted.body
    states = set(db.session.scalars(select(MessageOutbox.state).where(MessageOutbox.user_id.is_(None))))
    assert states == {"delivered"}


def test_what_was_brought_and_never_used_is_not_kept(office: Office, notice: Notice, today: Today) -> None:
    used = [paper.file_id for paper in filed(notice).papers]
    unused = some.brings("another-browser")
    today.moves(days=1)
    assert retention.clear_out(db.session())["uploads"] == 0
    today.moves(days=2)
    assert retention.clear_out(db.session())["uploads"] == 3
    left = set(db.session.scalars(select(StoredFile.id).where(StoredFile.brought_by.is_not(None))))
    assert left == set(used) and not left & set(unused)
