"""The town is built once and copied for every test that walks through it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from app import clock, create_app
from app.models import connection, db
from tests.access.town import Town, populate
from tests.conftest import Today, config


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, template_database: Path) -> tuple[Path, Town]:
    """Return the folder of a town that stands, and what there is in it."""
    folder = tmp_path_factory.mktemp("town")
    shutil.copy(template_database, folder / "peiyou.db")
    Today().is_at("2026-03-02 10:00")
    connection.reading.set(False)
    application = create_app(config(folder))
    with application.app_context():
        town = populate(application, db.session())
        db.session.remove()
        db.engine.dispose()
    clock.set_shift(timedelta(0))
    return folder, town


@pytest.fixture
def town(built: tuple[Path, Town], tmp_path: Path) -> Town:
    """Return a copy of the town for this test alone."""
    shutil.copytree(built[0], tmp_path, dirs_exist_ok=True)
    return built[1]


@pytest.fixture
def app(town: Town, tmp_path: Path, today: Today) -> Iterator[Flask]:
    """Return the application on this test's town, a minute after it was built."""
    today.moves(minutes=5)
    application = create_app(config(tmp_path))
    with application.app_context():
        yield application
        db.session.remove()
        db.engine.dispose()
