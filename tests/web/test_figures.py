"""The figures of the supervisor's room, and where cases are stuck in the diagram."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Case, Deadline, ProcessVersion, Task, User, db
from app.queries import bottlenecks, durations, figures
from tests.conftest import Today
from tests.flows.office import PASSWORD, POINTS, Office, build
from tests.flows.tribunal import build_tribunal
from tests.web.browser import Browser

ACCEPT = {"check": "accept", "points": POINTS}


@pytest.fixture
def office(either_app: Flask) -> Office:
    """Return a small office on SQLite, and again on PostgreSQL."""
    either_app.config["SESSION_IDLE_MINUTES"] = 60 * 24 * 30
    return build(either_app, db.session())


def watcher(office: Office) -> User:
    db.session.rollback()
    return db.session.get_one(User, office.supervisor.id)


def browser_of(office: Office) -> Browser:
    browser = Browser(office.app)
    browser.logs_in(office.supervisor.username, PASSWORD)
    return browser


def about(days: float, number: int) -> durations.Median:
    """Return a median as a clock measures it that goes on while the test runs."""
    return durations.Median(pytest.approx(days, abs=0.01), number)


# -- how long things took ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("hours", "middle"), [([24], 1.0), ([24, 72], 2.0), ([240, 24, 48], 2.0)])
def test_a_median_is_the_middle_one_or_the_mean_of_the_two_in_the_middle(
    office: Office, today: Today, hours: list[int], middle: float
) -> None:
    for _ in hours:
        office.files()
    db.session.rollback()
    tasks = db.session.scalars(select(Task).where(Task.key == "formality_check").order_by(Task.id)).all()
    for task, taken in zip(tasks, hours, strict=True):
        task.done_at = task.opened_at + timedelta(hours=taken)
        task.state = "done"
    db.session.flush()  # the statement below reads them
    found = durations.medians(db.session(), select(Task.key, durations.seconds(Task.opened_at, Task.done_at)))
    assert found["formality_check"] == durations.Median(middle, len(hours))


def test_a_stage_is_counted_once_the_case_has_left_it_with_all_its_visits(office: Office, today: Today) -> None:
    case = office.files()
    today.moves(days=2)
    correct = {"check": "correct", "points": ["claims"], "items": ["缺登记簿副本第 2 页"], "days": 10}
    office.clerk.answers(case, "formality_check", **correct)
    assert dict(figures.by_stage(db.session(), watcher(office), "mediation"))["形式审查"] is None
    today.moves(days=3)
    office.requester.answers(case, "correct_materials", items=[{"item": 1, "answer": "补交第 2 页"}])
    today.moves(days=1)
    office.clerk.answers(case, "formality_check", **ACCEPT)
    assert dict(figures.by_stage(db.session(), watcher(office), "mediation"))["形式审查"] == about(6.0, 1)


def test_the_stages_of_an_adjudication_have_a_table_of_their_own(app: Flask, session: Session, today: Today) -> None:
    tribunal = build_tribunal(app, session)
    case = tribunal.asks()
    today.moves(days=3)
    tribunal.examines(case)
    tribunal.reviews(case)
    tribunal.decides_docketing(case)
    assert dict(figures.by_stage(db.session(), watcher(tribunal), "adjudication"))["立案审查"] == about(3.0, 1)
    page = browser_of(tribunal).gets("/supervision/figures").text
    assert "行政裁决各阶段用时" in page and "快速调解各阶段用时" in page and "3.0 天" in page


# -- what comes and goes -----------------------------------------------------------------------------------------------


def test_each_month_counts_what_came_and_what_was_closed_in_it(office: Office, today: Today) -> None:
    case = office.files()
    office.files()
    today.is_at("2026-04-02 10:00")
    office.requester.acts(case, "withdraw", reason="双方已自行协商")
    months = {m.first: (m.received, m.closed) for m in figures.by_month(db.session(), watcher(office))}
    assert len(months) == 12
    assert (months[date(2026, 3, 1)], months[date(2026, 4, 1)]) == ((2, 0), (0, 1))
    assert min(months) == date(2025, 5, 1)
    assert figures.outcomes(db.session(), watcher(office)) == [("withdrawn", 1)]


def test_what_has_waited_longest_comes_first_and_a_case_is_named_once(office: Office, today: Today) -> None:
    first = office.files()
    today.moves(days=2)
    second = office.files()
    office.clerk.answers(first, "formality_check", **ACCEPT)
    assert [t.case_id for t in figures.longest(db.session(), watcher(office))] == [second.id, first.id]


# -- who has how much --------------------------------------------------------------------------------------------------


def test_a_unit_counts_its_cases_its_periods_by_lamp_and_what_nobody_has_taken(office: Office, today: Today) -> None:
    office.served()
    office.files()
    today.moves(days=12)
    [line] = figures.by_unit(db.session(), watcher(office))
    period = db.session.scalars(select(Deadline).where(Deadline.rule == "mediation.statement")).one()
    assert (period.due_on - date(2026, 3, 14)).days == 3
    assert (line.cases, line.green, line.yellow, line.red, line.three, line.seven) == (2, 0, 1, 1, 1, 1)
    assert line.unclaimed == 1


def test_a_mediator_with_more_cases_than_they_can_take_is_marked(office: Office) -> None:
    office.docketed()
    db.session.rollback()
    db.session.get_one(User, office.mediator.id).capacity = 0
    db.session.commit()
    people = {p.user_id: p for p in figures.by_person(db.session(), watcher(office))}
    mediator, clerk = people[office.mediator.id], people[office.clerk.id]
    assert (mediator.cases, mediator.capacity, mediator.overloaded) == (1, 0, True)
    assert (clerk.capacity, clerk.overloaded) == (None, False)
    assert clerk.done > 0
    assert "超负荷" in browser_of(office).gets("/supervision/overview").text


def test_the_figures_can_be_shown_before_there_is_anything_to_count(office: Office) -> None:
    page = browser_of(office).gets("/supervision/figures").text
    for words in ("没有等待的案件", "还没有结案"):
        assert words in page


# -- where cases are stuck ---------------------------------------------------------------------------------------------


def test_each_step_says_how_many_cases_wait_in_it_how_many_of_them_late_and_how_long(
    office: Office, today: Today
) -> None:
    office.files()
    today.moves(days=4)
    office.files()
    case = office.served()
    digest = db.session.scalars(select(Case.process_digest).where(Case.id == case.id)).one()
    lines = bottlenecks.steps(db.session(), watcher(office), digest)
    check = lines["formality_check"]
    assert (check.cases, check.late) == (2, 1)
    assert check.waiting == about(2.0, 2)
    assert check.usual == about(0.0, 1)
    assert lines["statement"].cases == 1
    browser = browser_of(office)
    assert browser.gets(f"/supervision/bottlenecks/{digest}.json").json == {
        "counts": {"formality_check": 2, "statement": 1}
    }
    page = browser.gets("/supervision/bottlenecks").text
    row = re.search(r"<tr><td><div>形式审查<.*?</tr>", page, re.DOTALL)
    assert row
    assert re.findall(r"\d+(?:\.\d+)?", re.sub(r"<[^>]+>", " ", row[0])) == ["2", "1", "2.0", "0.0"]
    assert row[0] in browser.gets(f"/supervision/bottlenecks/{digest}").text
    assert "送达请求书副本" in browser.gets(f"/supervision/bottlenecks/{digest}.bpmn").text


def test_a_version_that_is_not_there_is_not_found(office: Office) -> None:
    browser = browser_of(office)
    for end in ("", ".json", ".bpmn"):
        browser.gets(f"/supervision/bottlenecks/{'0' * 64}{end}", expects=404)


def test_without_a_process_the_page_says_what_will_come(app: Flask, session: Session) -> None:
    office = build(app, session)
    for version in session.scalars(select(ProcessVersion)):
        version.current = False
    assert "还没有流程" in browser_of(office).gets("/supervision/bottlenecks").text
