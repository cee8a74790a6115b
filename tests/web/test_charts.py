"""The charts of the supervisor's room: what they count, and that the table beside each has the same numbers."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select, update
from sqlalchemy.orm import Session

from app import clock
from app.domain.calendar import Calendar
from app.domain.states import COURSES
from app.models import Case, Deadline, DeclaredRelation, Event, MessageOutbox, User, db
from app.queries import deadlines, figures, reminders
from app.services.changing import changing
from app.web import charts
from tests.conftest import Today
from tests.flows.office import PASSWORD, Office, build
from tests.web.browser import Browser

OVERVIEW, FIGURES, SENT = "/supervision/overview", "/supervision/figures", "/supervision/sent"


@pytest.fixture
def office(either_app: Flask) -> Office:
    """Return a small office on SQLite, and again on PostgreSQL."""
    either_app.config["SESSION_IDLE_MINUTES"] = 60 * 24 * 60
    return build(either_app, db.session())


def watcher(office: Office) -> User:
    db.session.rollback()
    return db.session.get_one(User, office.supervisor.id)


@pytest.fixture
def supervisor(office: Office) -> Browser:
    browser = Browser(office.app)
    browser.logs_in(office.supervisor.username, PASSWORD)
    return browser


def drawn(page: str) -> list[dict[str, Any]]:
    """Return what the charts of a page are told to draw."""
    return [json.loads(unescape(told)) for told in re.findall(r"data-chart='([^']*)'", page)]


def table(page: str, caption: str) -> list[list[str]]:
    """Return the rows of a table as plain words, without its head."""
    body = re.search(rf"<caption[^>]*>{caption}</caption>.*?<tbody>(.*?)</tbody>", page, re.DOTALL)
    assert body
    rows = re.findall(r"<tr.*?</tr>", body[1], re.DOTALL)
    return [
        [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(r"<td.*?</td>", row, re.DOTALL)]
        for row in rows
    ]


def columns(rows: list[list[str]], *which: int) -> list[list[int]]:
    return [[int(row[n]) for row in rows] for n in which]


def values(chart: dict[str, Any]) -> list[list[int]]:
    return [series["values"] for series in chart["series"]]


LAID = (
    ("mediation.statement", "2026-03-01", "2026-02-27", "running"),  # red
    ("mediation.statement", "2026-03-02", "2026-02-27", "running"),  # yellow, today
    ("mediation.docket", "2026-03-04", "2026-03-02", "running"),  # yellow
    ("mediation.docket", "2026-03-04", "2026-03-03", "running"),  # green
    ("mediation.docket", "2026-03-05", "2026-03-03", "paused"),
    ("mediation.docket", "2026-03-15", "2026-03-12", "running"),  # green, the last of fourteen days
    ("mediation.docket", "2026-03-16", "2026-03-12", "running"),  # green, beyond them
    ("fast.contact", "2026-03-04", "2026-03-03", "running"),
    ("fast.finish", "2026-03-10", "2026-03-09", "running"),
)


@pytest.fixture
def laid(office: Office, today: Today) -> Office:
    """Return the office on Monday 2 March 2026 with the periods above and no others."""
    case = db.session.get_one(Case, office.files().id)
    over = {"state": "cancelled", "ended_at": case.opened_at, "wake_at": None}
    with changing(db.session):
        db.session.execute(update(Deadline).values(over))
        for rule, due, warn, state in LAID:
            days = {
                "start_on": date(2026, 2, 2),
                "due_on": date.fromisoformat(due),
                "warn_on": date.fromisoformat(warn),
            }
            common = {"case_id": case.id, "regime": case.regime, "opened_at": case.opened_at}
            db.session.add(Deadline(rule=rule, state=state, **days, **common))
    return office


# -- what is ahead -----------------------------------------------------------------------------------------------------


def test_each_of_the_next_fourteen_days_counts_what_runs_out_on_it(laid: Office) -> None:
    days = deadlines.coming(db.session(), watcher(laid))
    assert [line.day for line in days] == [date(2026, 3, 2) + timedelta(days=n) for n in range(14)]
    found = {line.day.day: (line.case, line.internal) for line in days if line.case or line.internal}
    assert found == {2: (1, 0), 4: (2, 1), 10: (0, 1), 15: (1, 0)}


def test_days_off_are_shaded_and_say_so_make_up_days_are_not(app: Flask) -> None:
    with app.test_request_context():
        days = [deadlines.Coming(date(2026, 2, day)) for day in (13, 14, 15, 16, 28)]  # round the spring festival
        chart = charts.coming(days, Calendar())
        notes = [charts.note(line.day, Calendar()) for line in days]
    assert chart.shaded == [False, False, True, True, False]
    assert chart.places[2:4] == ["2月15日\n周日\n休", "2月16日\n周一\n休"]
    assert chart.places[0] == "2月13日\n周五"
    assert notes == [
        "星期五",
        "星期六 · 调休上班（春节）",
        "星期日 · 春节放假 · 休息日",
        "星期一 · 春节放假 · 休息日",
        "星期六 · 调休上班（春节）",
    ]


def test_the_drawing_of_the_days_and_the_table_beside_it_agree(laid: Office, supervisor: Browser) -> None:
    page = supervisor.gets(OVERVIEW).text
    rows = table(page, "今天起十四日内到期")
    assert values(drawn(page)[0]) == columns(rows[:-1], 1, 2)
    assert rows[0] == ["3月2日 星期一", "1", "0"]
    assert rows[5] == ["3月7日 星期六 · 休息日", "0", "0"]
    assert rows[-1] == ["合计", "4", "2"]
    assert drawn(page)[0]["shaded"] == ["休息日" in row[0] for row in rows[:-1]]


def test_a_number_of_the_table_leads_to_as_many_periods(laid: Office, supervisor: Browser) -> None:
    page = supervisor.gets(OVERVIEW).text
    links = re.findall(r'<a href="(/supervision\?[^"]*due=[^"]*)">(\d+)</a>', page)
    assert [number for _, number in links] == ["1", "2", "1", "1", "1"]
    for link, number in links:
        listed = supervisor.gets(unescape(link)).text
        assert len(re.findall(r'<tr id="deadline-\d+"', listed)) == int(number)
        assert 'name="due"' in listed


def test_what_is_no_day_is_refused(supervisor: Browser) -> None:
    supervisor.gets("/supervision?due=tomorrow", expects=422)


# -- who bears it ------------------------------------------------------------------------------------------------------


def test_the_lamps_of_a_unit_are_drawn_as_they_are_counted(laid: Office, supervisor: Browser) -> None:
    page = supervisor.gets(OVERVIEW).text
    [row] = table(page, "各单位的案件与期限")
    chart = drawn(page)[1]
    assert chart["places"] == [row[0]] == ["佛山市市场监督管理局"]
    assert values(chart) == [[3], [2], [1], [1]] == columns([row], 2, 3, 4, 5)
    assert [one["look"] for one in chart["series"]] == ["green", "yellow", "red", "paused"]


def test_tasks_and_cases_of_each_person_are_drawn_as_the_table_has_them(
    office: Office, supervisor: Browser, today: Today
) -> None:
    office.docketed()
    office.docketed()
    office.docketed()
    db.session.rollback()
    db.session.get_one(User, office.mediator.id).capacity = 1
    db.session.commit()
    today.moves(days=40)
    page = supervisor.gets(OVERVIEW).text
    rows = {row[0]: row[1:] for row in table(page, "每人的任务")}
    _, _, tasks, loads = drawn(page)
    assert tasks["places"] == list(rows)
    in_time, late = values(tasks)
    assert [a + b for a, b in zip(in_time, late, strict=True)] == [int(row[0]) for row in rows.values()]
    assert late == [int(row[1]) for row in rows.values()]
    assert sum(late) > 0
    assert rows["何伟杰"][3] == "3 / 1 超负荷"
    assert loads["places"] == ["何伟杰"]
    assert values(loads) == [[1], [2], [1]]
    assert "超负荷 1 人：何伟杰" in page


def test_where_nobody_is_overloaded_that_is_said(office: Office, supervisor: Browser) -> None:
    office.docketed()
    assert "没有人超负荷" in supervisor.gets(OVERVIEW).text


def test_the_overview_can_be_shown_before_there_is_anything_to_count(office: Office, supervisor: Browser) -> None:
    page = supervisor.gets(OVERVIEW).text
    assert "还没有在办案件" in page
    assert "还没有任务" in page
    assert len(drawn(page)) == 1


# -- how it went -------------------------------------------------------------------------------------------------------


def test_the_days_that_cases_took_are_the_median_of_those_closed_in_a_month(office: Office, today: Today) -> None:
    cases = [office.files() for _ in range(3)]
    for days, case in zip((2, 8, 40), cases, strict=True):
        today.is_at("2026-03-02 10:00")
        today.moves(days=days)
        office.requester.acts(case, "withdraw", reason="双方已自行协商")
    found = figures.lengths(db.session(), watcher(office))
    assert found["adjudication"] == [None] * 12
    assert found["mediation"][:-2] == [None] * 10
    march, april = found["mediation"][-2:]
    assert march is not None and april is not None
    assert (round(march.days, 1), march.number) == (5.0, 2)
    assert (round(april.days, 1), april.number) == (40.0, 1)
    overall = figures.overall(db.session(), watcher(office))
    assert {process: (round(m.days, 1), m.number) for process, m in overall.items()} == {"mediation": (8.0, 3)}


def test_the_drawings_of_the_months_and_their_table_agree(office: Office, supervisor: Browser, today: Today) -> None:
    case = office.files()
    office.files()
    today.moves(days=31)
    office.requester.acts(case, "withdraw", reason="双方已自行协商")
    page = supervisor.gets(FIGURES).text
    *rows, total = table(page, "近十二个月收案、结案与用时")
    months, lengths = drawn(page)
    assert values(months) == columns(rows, 1, 2)
    assert [series["name"] for series in lengths["series"]][:3] == ["快速调解", "行政裁决", "奖励申报"]
    assert len({series["look"] for series in lengths["series"]}) == len(COURSES)
    for place, series in enumerate(lengths["series"], 3):
        assert ["—" if value is None else f"{value} 天" for value in series["values"]] == [row[place] for row in rows]
    assert total == ["合计", "2", "1", "31.0 天", *["—"] * (len(COURSES) - 1)]
    assert months["places"][-1] == "4月\n2026"


# -- what was sent -----------------------------------------------------------------------------------------------------


def test_reminders_and_urges_of_thirty_days_are_counted_and_have_a_record(
    office: Office, supervisor: Browser, today: Today
) -> None:
    case = office.served()
    office.let_pass(today, 13)
    user = watcher(office)
    kinds = db.session.scalars(
        select(MessageOutbox.kind).where(MessageOutbox.channel == "in_app", MessageOutbox.kind.startswith("deadline_"))
    ).all()
    warned, missed = kinds.count("deadline_warning"), kinds.count("deadline_overdue")
    assert warned > 0
    assert missed > 0
    assert reminders.sent(db.session(), user) == reminders.Sent(warned, missed, 0)
    period = db.session.scalars(select(Deadline.id).where(Deadline.rule == "mediation.statement")).one()
    supervisor.posts("/supervision/urge", {"deadline": period, "text": "请立即联系当事人"})
    db.session.rollback()
    urged = len(db.session.scalars(select(Event.id).where(Event.kind == "urged")).all())
    assert urged == 1
    page = supervisor.gets(OVERVIEW).text
    assert f"提醒即将到期 {warned} 人次，提醒已逾期 {missed} 人次，催办 1 次。" in page
    [row] = table(supervisor.gets(SENT).text, "近三十日的催办")
    assert row[1] == case.number
    assert row[3:] == ["请立即联系当事人", office.supervisor.name]
    rows = table(supervisor.gets(f"{SENT}?what=reminders").text, "近三十日的提醒")
    assert len(rows) == warned + missed
    assert {row[3] for row in rows} == {"即将到期", "已逾期"}
    today.moves(days=31)
    assert reminders.sent(db.session(), watcher(office)) == reminders.Sent(0, 0, 0)


def test_the_record_goes_on_where_its_first_page_ended(
    office: Office, supervisor: Browser, today: Today, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.served()
    office.let_pass(today, 13)
    address, caption = f"{SENT}?what=reminders", "近三十日的提醒"
    whole = table(supervisor.gets(address).text, caption)
    monkeypatch.setattr(reminders, "PAGE", len(whole) - 1)
    first = supervisor.gets(address).text
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following
    assert table(first, caption) + table(supervisor.gets(unescape(following[1])).text, caption) == whole


def test_nothing_of_a_case_that_a_conflict_hides_is_counted(office: Office, supervisor: Browser, today: Today) -> None:
    office.served()
    office.let_pass(today, 13)
    office.adds(
        DeclaredRelation(
            user_id=office.supervisor.id, organization_id=office.responding.id, nature="亲属", declared_at=clock.now()
        )
    )
    user = watcher(office)
    assert reminders.sent(db.session(), user) == reminders.Sent(0, 0, 0)
    assert all((line.case, line.internal) == (0, 0) for line in deadlines.coming(db.session(), user))
    assert "近三十日没有提醒" in supervisor.gets(f"{SENT}?what=reminders").text
    assert "近三十日没有催办" in supervisor.gets(SENT).text


def test_a_record_that_is_not_kept_is_refused(supervisor: Browser) -> None:
    supervisor.gets(f"{SENT}?what=all", expects=422)


def test_what_was_sent_is_found_by_its_indexes(app: Flask, session: Session) -> None:
    office = build(app, session)
    asked: list[tuple[str, Any]] = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: asked.append((args[2], args[3])))
    reminders.sent(session, watcher(office))
    counts = [one for one in asked if "count(" in one[0]]
    explained = [session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", given) for sql, given in counts]
    plans = [str(lines.all()) for lines in explained]
    assert any("ix_outbox_reminders" in plan for plan in plans)
    assert any("ix_event_urged" in plan for plan in plans)
