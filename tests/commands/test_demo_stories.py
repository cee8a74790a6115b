"""The adjudications of the demonstration stand where their stories say."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.commands.workflows import ROOT, wiring
from app.demo import adjudications, people
from app.demo.load import Teller
from app.demo.stories import STORIES
from app.queries import periods
from app.services import processes
from app.services.changing import changing

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
        processes.publish_folders(session, ROOT, wiring())
    with changing(session):
        city = people.build(session)
    return Teller(session, city, periods.calendar_of(session))


@pytest.mark.parametrize(("name", "state"), STANDS.items())
def test_each_adjudication_stands_where_its_story_says(teller: Teller, name: str, state: str) -> None:
    names = [one for one, times, _ in STORIES for _ in range(times)]
    teller.told = names.index(name)
    chapters = next(chapters for one, _, chapters in adjudications.STORIES if one == name)
    assert str(teller.tell(chapters).state) == state


def test_every_story_is_known() -> None:
    assert [name for name, _, _ in adjudications.STORIES] == list(STANDS)
