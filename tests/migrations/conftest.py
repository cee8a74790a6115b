"""A database in which nothing is yet."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from tests.conftest import config
from tests.postgres import fresh_database


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty_app(request: pytest.FixtureRequest, tmp_path: Path) -> Flask:
    """Return an application on a database without tables."""
    if request.param == "sqlite":
        return create_app(config(tmp_path))
    return create_app(config(tmp_path, fresh_database(request.getfixturevalue("postgres_url"))))
