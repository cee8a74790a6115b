"""Public notices: put up once, open to the last second, closed by the clock, followed by what their subject registered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.errors import NotAllowed, RuleBroken, Stale
from app.domain.notices import Ground, Line, ObjectionState, Subject
from app.domain.roles import Role
from app.jobs import run_due
from app.models import AccessLog, Incident, Notice, OrgUnit, db
from app.queries import notices as queries
from app.queries import objections as received
from app.services import attempts, notices, objections
from app.services.changing import changing
from tests.conftest import Today
from tests.factories import notices as some
from tests.flows.moment import at_once
from tests.flows.office import Office, account


@pytest.fixture
def office(either_office: Office) -> Office:
    """Return the office with those who handle objections."""
    some.staff(either_office)
    return either_office


@pytest.fixture
def happened(monkeypatch: pytest.MonkeyPatch) -> some.Happened:
    """Return what the subjects of this test were told."""
    return some.follows(monkeypatch)


def work(office: Office) -> Any:
    return run_due(db.session(), office.app.config["PEIYOU"])


def does(what: Callable[..., Any], row: Any, **how: Any) -> None:
    with changing(db.session):
        what(db.session(), row, **how)


def test_a_notice_has_a_number_and_its_days(office: Office, happened: some.Happened) -> None:
    first, second = some.put_up(), some.put_up(by="wu", subject=Subject.ROSTER_BATCH)
    assert (first.number, second.number) == ("佛知公示〔2026〕1号", "佛知公示〔2026〕2号")
    assert (first.first_day, first.last_day) == (date(2026, 3, 2), date(2026, 3, 6))
    found = queries.notice(db.session(), "2026-1")
    assert found.id == first.id and found.lines == list(some.LINES) and found.unit_id == office.unit.id
    kinds = db.session.scalars(select(AccessLog.kind).where(AccessLog.kind.like("notice%"))).all()
    assert kinds == ["notice_put_up"] * 2


def test_one_batch_is_on_notice_once(office: Office, happened: some.Happened) -> None:
    some.put_up()
    with pytest.raises(Stale, match="已在公示"):
        some.put_up()
    assert some.put_up(subject_id=8).place == 2


def test_two_who_put_up_the_same_batch_at_once_put_up_one_notice(office: Office, happened: some.Happened) -> None:
    def puts_up(n: int) -> str:
        try:
            return str(some.put_up(by=("xie", "li")[n]).number)
        except Stale:
            return "stale"

    assert sorted(at_once(office.app, 2, puts_up)) == ["stale", "佛知公示〔2026〕1号"]


@pytest.mark.parametrize(("by", "subject"), [("wu", "award_batch"), ("xie", "roster_batch"), ("clerk", "award_batch")])
def test_who_does_not_handle_a_subject_puts_up_nothing(
    office: Office, happened: some.Happened, by: str, subject: str
) -> None:
    with pytest.raises(NotAllowed):
        some.put_up(by=by, subject=subject)


@pytest.mark.parametrize("by", ["li", "director"])
def test_who_leads_in_the_city_bureau_handles_both(office: Office, happened: some.Happened, by: str) -> None:
    for subject in Subject:
        some.put_up(by=by, subject=subject)


def test_a_director_elsewhere_handles_neither(office: Office, happened: some.Happened) -> None:
    unit = OrgUnit(code="sd", name="顺德区局", name_en="Shunde", kind="district_bureau")
    db.session.add_all([unit, account("he", "何志强", Role.DIRECTOR, unit)])
    db.session.commit()
    with pytest.raises(NotAllowed):
        some.put_up(by="he")


def test_a_table_that_cannot_be_is_not_put_up(office: Office, happened: some.Happened) -> None:
    with pytest.raises(RuleBroken, match="没有可以公示"):
        some.put_up(rows=())
    with pytest.raises(ValueError, match="same key"):
        some.put_up(rows=(some.LINES[0], some.LINES[0]))
    with pytest.raises(ValueError, match="cells"):
        some.put_up(rows=(Line("k", ("1",)),))
    assert db.session.scalars(select(Notice)).all() == []


def test_what_nothing_follows_is_not_put_up(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(notices.FOLLOWS, Subject.AWARD_BATCH)
    with pytest.raises(LookupError, match="award_batch"):
        some.put_up()


def test_a_notice_is_open_to_the_last_second_whether_or_not_the_clock_has_closed_it(
    office: Office, happened: some.Happened, today: Today
) -> None:
    notice = some.put_up()
    today.is_at("2026-03-06 23:59:59")
    assert notices.is_open(notice)
    some.files_one(notice)
    assert not work(office).done["notices"]
    today.is_at("2026-03-07 00:00:00")
    assert not notices.is_open(notice)
    with pytest.raises(RuleBroken, match="届满"):
        some.files_one(notice, name="另一家公司")
    assert happened == []


def test_the_clock_closes_it_once_and_tells_the_subject_what_is_left(
    office: Office, happened: some.Happened, today: Today
) -> None:
    notice = some.put_up()
    waits = some.files_one(notice)
    taken, dropped, right, wrong = (some.files_one(notice, name=f"佛山市第{n}陶瓷有限公司") for n in range(4))
    rows = {row.id: row for row in received.of_notice(db.session(), notice.id, tuple(ObjectionState))}
    by = some.user("xie")
    for number in (taken, right, wrong):
        does(objections.accept, rows[number], by=by)
    does(objections.turn_down, rows[dropped], ground=Ground.UNSIGNED, answer="没有盖章", by=by)
    does(objections.decide, rows[right], outcome=ObjectionState.UPHELD, answer="属实", by=by)
    does(objections.decide, rows[wrong], outcome=ObjectionState.DISMISSED, answer="不属实", by=by)
    [(batch, upheld)] = happened
    assert batch == 7 and isinstance(upheld, notices.Upheld) and upheld.objection.id == right
    today.is_at("2026-03-07 00:05")
    assert work(office).done["notices"] == 1
    assert not work(office).done["notices"]
    [_, (batch, closed)] = happened
    assert batch == 7 and isinstance(closed, notices.Closed)
    assert [one.id for one in closed.undecided] == [waits, taken]
    assert [one.id for one in closed.upheld] == [right]
    kept = db.session.get_one(Notice, notice.id)
    assert (kept.state, kept.closes_at) == ("closed", None) and kept.closed_at is not None


def test_what_breaks_when_a_notice_closes_waits_for_an_administrator(
    office: Office, monkeypatch: pytest.MonkeyPatch, today: Today
) -> None:
    broken = True

    def breaks(*_of: Any) -> None:
        if broken:
            raise ZeroDivisionError

    happened = some.follows(monkeypatch, breaks)
    notice_id = some.put_up().id
    some.put_up(subject_id=8)
    today.is_at("2026-03-09 09:00")
    assert work(office).left["notices"] >= 1
    assert db.session.get_one(Notice, notice_id).state == "open"
    incidents = db.session.scalars(select(Incident).where(Incident.what == "close_notice")).all()
    assert len(incidents) == 2
    broken = False
    for one in [incident.id for incident in incidents]:
        attempts.retry(db.session(), one, by=some.user("admin"))
    db.session.expire_all()
    assert db.session.get_one(Notice, notice_id).state == "closed"
    assert [batch for batch, _ in happened][-2:] == [7, 8]


def test_a_notice_is_closed_by_nobody_before_its_time(office: Office, happened: some.Happened) -> None:
    notice = some.put_up()
    with changing(db.session):
        assert not notices.close(db.session(), notice)
    assert notice.state == "open" and happened == []


def test_two_who_close_it_at_once_close_it_once(office: Office, happened: some.Happened, today: Today) -> None:
    notice_id = some.put_up().id
    today.is_at("2026-03-07 00:05")

    def closes(_n: int) -> bool:
        with changing(db.session):
            return notices.close_over(db.session(), notice_id)

    assert sorted(at_once(office.app, 2, closes)) == [False, True]
    assert len(happened) == 1


def test_a_withdrawn_notice_takes_no_objections_and_makes_room_for_another(
    office: Office, happened: some.Happened, today: Today
) -> None:
    notice = some.put_up()
    with pytest.raises(NotAllowed):
        does(notices.withdraw, notice, reason="有误", by=some.user("wu"))
    does(notices.withdraw, notice, reason="金额有误，更正后重新公示", by=some.user("xie"))
    with pytest.raises(Stale):
        does(notices.withdraw, notice, reason="再撤", by=some.user("xie"))
    with pytest.raises(RuleBroken, match="已经撤回"):
        some.files_one(notice)
    assert some.put_up().number == "佛知公示〔2026〕2号"
    today.is_at("2026-03-09 09:00")
    work(office)
    assert [batch for batch, _ in happened] == [7]


def test_open_ones_stand_in_front_and_the_others_are_found_by_year_and_subject(
    office: Office, happened: some.Happened, today: Today
) -> None:
    today.is_at("2025-12-01 10:00")
    old = [some.put_up(subject_id=n).id for n in range(queries.PAGE + 1)]
    today.is_at("2026-03-02 10:00")
    long, short = some.put_up(subject_id=107, days=10), some.put_up(subject_id=108, by="li")
    roster = some.put_up(by="wu", subject=Subject.ROSTER_BATCH)
    page = queries.page(db.session(), queries.Wanted())
    assert [one.id for one in page.open] == [short.id, roster.id, long.id]
    assert [one.id for one in page.over] == old[:0:-1] and page.next and page.years == [2025]
    rest = queries.page(db.session(), queries.Wanted(cursor=page.next))
    assert [one.id for one in rest.over] == [old[0]]
    only = queries.page(db.session(), queries.Wanted(subject="roster_batch", year=2026))
    assert [one.id for one in only.open] == [roster.id] and only.over == []
    assert len(queries.page(db.session(), queries.Wanted(year=2025)).over) == queries.PAGE


def test_what_follows_a_subject_is_registered_once_and_by_a_word_that_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "FOLLOWS", {})

    def follow(_session: Any, _notice: Notice, _what: notices.Closed | notices.Upheld) -> None:
        """Nothing."""

    assert notices.subject("award_batch")(follow) is follow
    with pytest.raises(ValueError, match="twice"):
        notices.subject("award_batch")(follow)
    with pytest.raises(ValueError, match="tea"):
        notices.subject("tea")(follow)
