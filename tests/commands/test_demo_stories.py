"""The adjudications of the demonstration stand where their stories say."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.commands.workflows import publish_what_is_new
from app.demo import adjudications, people
from app.demo.days import HELD, planned
from app.demo.load import Teller
from app.demo.stories import STORIES
from app.queries import periods
from app.services import attempts, lapses
from app.services.changing import changing
from tests.conftest import Today

STANDS = {
    "adjudication just filed": "requested",
    "adjudication late to be examined": "requested",
    "adjudication in correction": "correcting",
    "adjudication to be reviewed": "docketing",
    "adjudication to be docketed": "docketing",
    "adjudication docketed, to be served": "serving",
    "adjudication waits for an answer": "answering",
    "adjudication whose jurisdiction is doubted": "answering",
    "adjudication with evidence on its way": "gathering",
    "adjudication suspended": "suspended",
    "adjudication before its hearing": "trying",
    "adjudication in deliberation": "deliberating",
    "adjudication to be signed": "deciding",
    "adjudication decided and published": "executing",
    "adjudication concluded": "concluded",
    "adjudication agreed upon": "mediated",
}


@pytest.fixture
def teller(app: Flask, session: Session) -> Teller:
    """Return who tells stories in a city without cases."""
    with changing(session):
        publish_what_is_new(session)
    with changing(session):
        city = people.build(session)
    return Teller(session, city, periods.calendar_of(session))


@pytest.mark.parametrize(("name", "state"), STANDS.items())
def test_each_adjudication_stands_where_its_story_says(teller: Teller, name: str, state: str) -> None:
    names = [one for one, times, _ in STORIES for _ in range(times)]
    teller.told = names.index(name)
    chapters = next(chapters for one, _, chapters in adjudications.STORIES if one == name)
    case = teller.tell(chapters)
    for deadline in lapses.due_now(teller.session):  # what the clock finds to do when the demonstration is opened
        attempts.carry_out(teller.session, "lapse", deadline, by=None)
    assert str(case.state) == state


@pytest.mark.parametrize("on", [date(2026, 11, 28), date(2026, 10, 8), date(2026, 2, 25), date(2026, 3, 2)])
@pytest.mark.parametrize("told", range(3))
def test_every_story_ends_about_today_whatever_the_weekends_do(
    teller: Teller, today: Today, on: date, told: int
) -> None:
    today.is_at(f"{on} 10:00")
    for _name, _times, chapters in STORIES:
        played = tuple(c for c in chapters if c.what != "file")
        days = planned(teller.calendar, played, back=told)
        assert days == sorted(days)
        assert all(teller.calendar.is_working(day) for day in days)
        assert (on - days[-1]).days <= told or teller.calendar.working_days(days[-1], on) <= 2
        assert on not in [day for chapter, day in zip(played, days[1:], strict=True) if chapter.what in HELD]


def test_every_story_is_known() -> None:
    assert [name for name, _, _ in adjudications.STORIES] == list(STANDS)
