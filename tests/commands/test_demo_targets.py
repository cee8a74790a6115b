"""The programme of the demonstration: several years, five districts, something in every state."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock
from app.commands.workflows import publish_what_is_new
from app.demo import people, targets
from app.domain.district_tasks import TaskState
from app.domain.targets import Standing, ValueState
from app.models import DistrictTask, Support, TargetValue
from app.queries import periods
from app.queries import targets as queries
from app.services.changing import changing
from tests.conftest import Today


@pytest.mark.parametrize("moment", ["2026-03-02 10:00", "2026-01-05 10:00", "2026-11-28 10:00"])
def test_the_programme_has_something_in_every_state(app: Flask, session: Session, today: Today, moment: str) -> None:
    today.is_at(moment)
    with changing(session):
        publish_what_is_new(session)
    with changing(session):
        city = people.build(session)
    targets.load(session, city, periods.calendar_of(session))
    assert clock.now().isoformat()[:10] == moment[:10]
    states = dict(session.execute(select(TargetValue.state, func.count()).group_by(TargetValue.state)).all())
    assert set(states) == set(ValueState) and states["confirmed"] > 300
    assert set(session.scalars(select(DistrictTask.state).distinct())) == set(TaskState)
    assert session.scalar(select(func.count()).where(Support.in_force)) == 6
    sheets = {sheet.target.id: sheet for sheet in queries.sheets(session)}
    assert len(sheets) == 16
    assert {queries.years(session)[0], queries.usual_year(session)} == {2019, 2025}
    found = {sheet.judgement(None, 2022).standing for sheet in sheets.values()}
    assert {Standing.REACHED, Standing.NEAR} <= found
    assert sheets["K04"].figure(None, 2025).missing == 3
    assert sheets["K04"].figure(None, 2022) == (32_400, 0)
