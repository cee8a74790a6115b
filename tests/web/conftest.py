"""The small office of the flows, for pages that need a case."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.flows.office import Office, build


@pytest.fixture
def office(app: Flask, session: Session) -> Office:
    """Return a small office on SQLite."""
    return build(app, session)
