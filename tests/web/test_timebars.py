"""The periods of a case on one scale: where bars begin and end, what does not count, and today."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import ClockPause, Deadline
from app.web import timebars
from tests.conftest import Today
from tests.flows.office import PASSWORD, Case
from tests.flows.tribunal import Tribunal, build_tribunal
from tests.web.browser import Browser


@pytest.fixture
def tribunal(app: Flask, session: Session) -> Tribunal:
    """Return the office with those who decide on infringements."""
    return build_tribunal(app, session)


def suspended(tribunal: Tribunal) -> Case:
    """Return a case that stands still from today on."""
    case = tribunal.has_answered()
    tribunal.presiding.acts(case, "suspend", ground="invalidation", reason="无效宣告请求已受理")
    tribunal.director.answers(case, "decide_suspension", decision="granted", reason="应当中止")
    return case


def scale(tribunal: Tribunal, case: Case) -> timebars.TimeScale:
    """Return the bars of a case as its page draws them."""
    periods = list(tribunal.session.scalars(select(Deadline).where(Deadline.case_id == case.id)))
    pauses = list(tribunal.session.scalars(select(ClockPause).where(ClockPause.case_id == case.id)))
    with tribunal.app.test_request_context():
        found = timebars.scale_of(periods, pauses)
    assert found
    return found


def test_a_pause_lies_where_its_days_are_and_on_every_period_it_stops(tribunal: Tribunal, today: Today) -> None:
    case = suspended(tribunal)
    today.moves(days=9)
    found = scale(tribunal, case)
    assert (found.first, found.last) == (date(2026, 3, 2), date.fromisoformat(case.due("adjudication.close")))
    days = (found.last - found.first).days + 1
    pause = (0.0, round(100 * 10 / days, 2), "pause")
    (bar,) = found.pauses
    assert (bar.title, bar.days, bar.segments[0]) == ("中止", "3月2日起", pause)
    closing = next(b for b in found.periods if b.title == "结案")
    assert pause in closing.segments
    docketing = next(b for b in found.periods if b.title == "决定立案或者不予受理")
    assert "pause" not in {kind for _start, _width, kind in docketing.segments}


def test_days_beyond_the_last_one_are_late_and_today_has_its_mark(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.asks()
    today.moves(days=10)
    found = scale(tribunal, case)
    last = date.fromisoformat(case.due("adjudication.docket"))
    (bar,) = found.periods
    whole = (found.last - found.first).days + 1
    late = next(s for s in bar.segments if s[2] == "late")
    assert late == (
        round(100 * ((last - found.first).days + 1) / whole, 2),
        round(100 * (date(2026, 3, 12) - last).days / whole, 2),
        "late",
    )
    assert bar.segments[-1][::2] == (round(100 * (whole - 1) / whole, 2), "today")


def test_a_case_without_periods_has_no_scale(tribunal: Tribunal) -> None:
    assert timebars.scale_of([], []) is None


def test_the_page_says_why_days_do_not_count_and_by_which_paper(tribunal: Tribunal) -> None:
    case = suspended(tribunal)
    browser = Browser(tribunal.app)
    browser.logs_in(tribunal.requester.username, PASSWORD)
    told = browser.gets(f"/cases/{case.id}?tab=clocks").text
    assert "不计入的期间" in told and "时间轴" in told
    assert told.count('class="pause"') >= 2
