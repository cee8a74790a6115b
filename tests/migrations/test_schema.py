"""The migrations lead to exactly the tables that the code has, on both databases, and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

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
