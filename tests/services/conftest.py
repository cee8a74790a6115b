"""The office that the services are tried in, on SQLite and on PostgreSQL where it matters."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.domain.roles import Role
from app.models import User, db
from tests.factories import people
from tests.flows.office import Office, build


@pytest.fixture
def office(app: Flask, session: Session) -> Office:
    """Return a small office on SQLite."""
    return build(app, session)


@pytest.fixture
def either_office(either_app: Flask) -> Office:
    """Return a small office on SQLite, and again on PostgreSQL."""
    return build(either_app, db.session())


@pytest.fixture
def clerk(session: Session) -> User:
    """Return a clerk of a unit."""
    user = people.person(session, Role.INTAKE_CLERK, unit=people.unit(session), username="chenhuimin")
    session.commit()
    return user
