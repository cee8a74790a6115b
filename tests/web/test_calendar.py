"""A change of the calendar: what it would move is read before it is made, and stays on record."""

from __future__ import annotations

from sqlalchemy import func, select

from app.models import CalendarChange, CalendarDay, db
from tests.flows.office import PASSWORD, Office
from tests.web.browser import Browser

OFF = {"days": "2026-03-05", "kind": "off", "reason": "市政府通知"}


def administrator(office: Office) -> Browser:
    browser = Browser(office.app)
    browser.logs_in("admin", PASSWORD)
    return browser


def test_what_a_change_would_move_is_shown_before_anything_is_changed(office: Office) -> None:
    case = office.accepted()  # to be served within five working days
    admin = administrator(office)
    told = admin.posts("/administration/calendar", OFF, expects=200).text
    assert case.number in told and "3月9日" in told and "3月10日" in told
    assert "还没有保存" in told
    assert db.session.scalar(select(func.count()).select_from(CalendarDay)) == 0
    assert case.due("mediation.serve") == "2026-03-09"
    assert "市政府通知" in admin.posts("/administration/calendar", {**OFF, "edit": "1"}, expects=200).text


def test_who_changed_the_calendar_when_and_what_it_moved_stays_on_record(office: Office) -> None:
    case = office.accepted()
    admin = administrator(office)
    done = admin.posts("/administration/calendar", {**OFF, "confirmed": "1"})
    row = db.session.scalar(select(CalendarChange))
    assert done.location == f"/administration/calendar/changes/{row.id}"
    told = admin.gets(done.location).text
    assert all(word in told for word in (case.number, "3月9日", "3月10日", "市政府通知", "管理员", "3月2日 10:00"))
    assert case.due("mediation.serve") == "2026-03-10"
    admin.gets("/administration/calendar/changes/999", expects=404)


def test_a_day_that_moves_nothing_says_so(office: Office) -> None:
    assert "没有期限变动" in administrator(office).posts("/administration/calendar", OFF, expects=200).text
