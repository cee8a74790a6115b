"""A connection that was cut while it rested is replaced before anybody meets it; one that has just worked is not asked."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from app.models import connection
from tests.postgres import fresh_database

pytestmark = pytest.mark.postgres

WHICH = text("SELECT pg_backend_pid()")


@pytest.fixture
def engine(postgres_url: str) -> Iterator[Engine]:
    """Return a database whose connections are set up as the product's are."""
    url = make_url(fresh_database(postgres_url)).set(drivername="postgresql+psycopg")
    engine = create_engine(url, **connection.options(url.drivername))
    connection.set_up(engine)
    yield engine
    engine.dispose()


def test_all_are_replaced_where_one_was_cut_while_it_rested(
    engine: Engine, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "RESTED", 0)
    with engine.connect() as one, engine.connect() as other:
        before = {one.scalar(WHICH), other.scalar(WHICH)}
    with psycopg.connect(postgres_url) as administrator:
        for cut in before:
            administrator.execute("SELECT pg_terminate_backend(%s)", [cut])
    with engine.connect() as one, engine.connect() as other:
        assert before.isdisjoint({one.scalar(WHICH), other.scalar(WHICH)})


def test_one_that_has_just_worked_is_not_asked(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(engine.dialect, "do_ping", asked.append)
    found = set()
    for _ in range(3):
        with engine.connect() as one:
            found.add(one.scalar(WHICH))
    assert (len(found), asked) == (1, [])


def test_one_that_has_rested_is_asked(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "RESTED", 0)
    asked: list[object] = []
    monkeypatch.setattr(engine.dialect, "do_ping", asked.append)
    for _ in range(3):
        with engine.connect():
            pass
    assert len(asked) == 2
