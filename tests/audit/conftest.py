"""The office whose histories are tampered with, on SQLite, where anybody with the file can."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.models import db
from tests.flows.office import Office, build


@pytest.fixture
def office(app: Flask, session: Session) -> Office:
    """Return a small office on SQLite."""
    return build(app, session)


@pytest.fixture
def either_office(either_app: Flask) -> Office:
    """Return a small office on SQLite, and again on PostgreSQL."""
    return build(either_app, db.session())
