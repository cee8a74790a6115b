"""The migrations lead to exactly the tables that the code has, on both databases, and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Engine, inspect, text

from app import create_app
from app.models import Base, db
from tests.conftest import config
from tests.postgres import fresh_database

ROOT = Path(__file__).parents[2]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty_app(request: pytest.FixtureRequest, tmp_path: Path) -> Flask:
    """Return an application on a database without tables."""
    if request.param == "sqlite":
        return create_app(config(tmp_path))
    return create_app(config(tmp_path, fresh_database(request.getfixturevalue("postgres_url"))))


def test_the_migrations_lead_to_the_tables_of_the_code_and_back(empty_app: Flask) -> None:
    with empty_app.app_context():
        upgrade(str(ROOT / "migrations"))
        with db.engine.connect() as connection:
            differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)
        assert differences == []
        downgrade(str(ROOT / "migrations"), revision="base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        db.engine.dispose()


def checks(engine: Engine) -> set[tuple[str, str, str]]:
    """Return table, name and condition of every check."""
    found = inspect(engine)
    return {
        (table, str(check["name"]), " ".join(check["sqltext"].split()))
        for table in found.get_table_names()
        for check in found.get_check_constraints(table)
    }


def test_the_migrations_lead_to_the_checks_of_the_code(empty_app: Flask) -> None:
    with empty_app.app_context():
        upgrade(str(ROOT / "migrations"))
        migrated = checks(db.engine)
        Base.metadata.drop_all(db.engine)
        Base.metadata.create_all(db.engine)
        assert migrated == checks(db.engine)
        db.engine.dispose()


def test_what_the_court_did_survives_the_way_back(empty_app: Flask) -> None:
    words = {"accepted": "applied", "not_accepted": "dismissed", "excluded": "not_wanted", "confirmed": "confirmed"}
    columns = "right_type, right_number, right_name, right_holder, requester_standing, dispute_kind, requests, facts"
    with empty_app.app_context():
        upgrade(str(ROOT / "migrations"), revision="0002")
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            without_cases = {
                "postgresql": "ALTER TABLE mediation DROP CONSTRAINT fk_mediation_case_id",
                "sqlite": "PRAGMA foreign_keys = off",
            }
            connection.execute(text(without_cases[connection.dialect.name]))
            for n, word in enumerate(words, start=1):
                values = ", ".join("'x'" for _ in columns.split(", "))
                connection.execute(
                    text(
                        f"INSERT INTO mediation (case_id, {columns}, major, no_suit_declared, corrected, partial, "  # noqa: S608
                        f"judicial_confirmation) VALUES ({n}, {values}, false, true, false, false, '{word}')"
                    )
                )
        downgrade(str(ROOT / "migrations"), revision="0001")
        with db.engine.connect() as connection:
            found = connection.execute(text("SELECT judicial_confirmation FROM mediation ORDER BY case_id"))
            assert found.scalars().all() == list(words.values())
        db.engine.dispose()
