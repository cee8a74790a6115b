"""Fixtures that every room shares: a clock that stands, a database of each kind, an application."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck
from hypothesis import settings as of_examples
from sqlalchemy import make_url
from sqlalchemy.orm import Session

from app import clock, create_app
from app.models import Base, connection, db
from config import Config
from tests import haste

ROOT = Path(__file__).parents[1]

haste.make()

# How long a busy machine takes over an example says nothing about the code.
of_examples.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
of_examples.load_profile("unhurried")


def config(folder: Path, url: str = "sqlite:///peiyou.db", **changes: object) -> Config:
    """Return a configuration for tests in ``folder``."""
    values: dict[str, object] = {
        "SECRET_KEY": "s" * 40,
        "EVENTS_KEY": "e" * 40,
        "FIELD_KEYS": "k1=" + base64.b64encode(b"f" * 32).decode(),
        "DATABASE_URL": url,
        "INSTANCE": folder,
        "MODE": "test",
        "SECURE_COOKIES": False,
    }
    return Config(**{**values, **changes})  # type: ignore[arg-type]


class Today:
    """The clock of a test: it stands where it is put and moves when told."""

    def is_at(self, moment: str) -> None:
        """Let it be that moment, in Asia/Shanghai (``2026-03-02 10:00``)."""
        wanted = datetime.fromisoformat(moment).replace(tzinfo=clock.ZONE)
        clock.set_shift(timedelta(0))
        clock.set_shift(wanted - clock.now())

    def moves(self, **by: int) -> None:
        """Let time pass (``days=3``)."""
        clock.set_shift(clock.shift() + timedelta(**by))


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> Iterator[Today]:
    """Return a clock that begins on a quiet Monday morning, and on which no two instants are the same."""
    clock.set_shift(timedelta(0))
    began, asked = clock.now(), count()
    monkeypatch.setattr(clock, "_instant", lambda: began + timedelta(microseconds=next(asked)))
    standing = Today()
    standing.is_at("2026-03-02 10:00")
    yield standing
    clock.set_shift(timedelta(0))


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """Return the address of a real PostgreSQL that lives as long as the tests."""
    from tests.postgres import server

    with server(durable=False) as url:
        yield url


@pytest.fixture(scope="session")
def template_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an empty SQLite database with every table and the published processes, to be copied for each test."""
    folder = tmp_path_factory.mktemp("template")
    application = create_app(config(folder))
    with application.app_context():
        prepare(db.session())
        db.session.remove()
        db.engine.dispose()
    return folder / "peiyou.db"


def prepare(session: Session) -> None:
    """Make every table and publish the processes."""
    from app.commands.workflows import publish_what_is_new

    Base.metadata.create_all(session.get_bind())
    publish_what_is_new(session)
    session.commit()


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the name of such a database on PostgreSQL."""
    from tests.postgres import fresh_database

    url = fresh_database(postgres_url)
    application = create_app(config(tmp_path_factory.mktemp("template"), url))
    with application.app_context():
        prepare(db.session())
        db.session.remove()
        db.engine.dispose()  # only what nobody is connected to can be copied
    return str(make_url(url).database)


@pytest.fixture
def app(tmp_path: Path, template_database: Path, today: Today) -> Iterator[Flask]:
    """Return an application on a fresh SQLite database of its own."""
    shutil.copy(template_database, tmp_path / "peiyou.db")
    application = create_app(config(tmp_path))
    with application.app_context():
        yield application
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def either_app(request: pytest.FixtureRequest, tmp_path: Path, today: Today) -> Iterator[Flask]:
    """Return an application on SQLite, and again on PostgreSQL."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("template_database"), tmp_path / "peiyou.db")
        url = "sqlite:///peiyou.db"
    else:
        from tests.postgres import fresh_database

        like = request.getfixturevalue("postgres_template")
        url = fresh_database(request.getfixturevalue("postgres_url"), like)
    application = create_app(config(tmp_path, url))
    with application.app_context():
        yield application
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def session(app: Flask) -> Session:
    """Return the session of the application."""
    return db.session()


@pytest.fixture(autouse=True)
def writes_first() -> None:
    """Every test begins as something that may write, whatever the test before it asked last."""
    connection.reading.set(False)
