"""The migrations lead to exactly the tables that the code has, on both databases, and back."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from app.models import Base, db
from tests.conftest import ROOT


def test_the_migrations_lead_to_the_tables_of_the_code_and_back(empty_app: Flask) -> None:
    with empty_app.app_context():
        upgrade(str(ROOT / "migrations"))
        with db.engine.connect() as connection:
            differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)
        assert differences == []
        downgrade(str(ROOT / "migrations"), revision="base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        db.engine.dispose()
