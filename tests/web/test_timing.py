"""Each answer says where its time went, in bench and debug mode only."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.edge import timing
from app.models import db
from tests.conftest import config
from tests.flows.office import POINTS, build

HEADER = re.compile(
    r'sql;desc="(?P<statements>\d+)";dur=(?P<sql>[\d.]+), commit;desc="(?P<commits>\d+)", '
    r"engine;dur=(?P<engine>[\d.]+), total;dur=(?P<total>[\d.]+)"
)


@pytest.fixture
def timed_app(tmp_path: Path, template_database: Path, today) -> Iterator[Flask]:
    shutil.copy(template_database, tmp_path / "peiyou.db")
    application = create_app(config(tmp_path, SERVER_TIMING=True))
    timing.install(application)
    with application.app_context():
        yield application
        db.session.remove()
        db.engine.dispose()


def of(answer) -> dict[str, float]:
    found = HEADER.fullmatch(answer.headers["Server-Timing"])
    assert found, answer.headers["Server-Timing"]
    return {name: float(value) for name, value in found.groupdict().items()}


def test_nothing_is_timed_unless_asked_for(app):
    assert "Server-Timing" not in app.test_client().get("/api/v1/openapi.json").headers


def test_a_page_without_data_asks_the_database_nothing(timed_app):
    spent = of(timed_app.test_client().get("/api/v1/openapi.json"))
    assert (spent["statements"], spent["commits"], spent["engine"]) == (0, 0, 0)
    assert spent["total"] > 0


def test_one_act_is_one_commit_and_its_parts_are_within_the_whole(timed_app):
    office = build(timed_app, db.session())
    task = office.files().task("formality_check", office.clerk)
    given = {"answers": {"check": "accept", "points": POINTS}}
    answer = timed_app.test_client().post(f"/api/v1/tasks/{task}/complete", json=given, headers=office.clerk.headers())
    assert answer.status_code == 200
    spent = of(answer)
    assert spent["commits"] == 1
    assert spent["statements"] > 3
    assert spent["engine"] > 0
    assert max(spent["sql"], spent["engine"]) < spent["total"]


def test_a_refused_request_is_timed_as_well(timed_app):
    assert of(timed_app.test_client().get("/api/v1/tasks"))["total"] > 0
