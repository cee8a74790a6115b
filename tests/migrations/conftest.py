"""A database in which nothing is yet."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import text

from app import create_app
from app.models import db
from tests.conftest import ROOT, config
from tests.postgres import fresh_database


def begun_at(revision: str, statements: str) -> str:
    """Bring the database to ``revision`` and enter rows as they were then; return the folder of the migrations."""
    folder = str(ROOT / "migrations")
    upgrade(folder, revision=revision)
    with db.engine.begin() as connection:
        for statement in statements.split(";\n"):
            connection.execute(text(statement))
    return folder


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty_app(request: pytest.FixtureRequest, tmp_path: Path) -> Flask:
    """Return an application on a database without tables."""
    if request.param == "sqlite":
        return create_app(config(tmp_path))
    return create_app(config(tmp_path, fresh_database(request.getfixturevalue("postgres_url"))))
