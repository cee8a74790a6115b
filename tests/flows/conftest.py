"""The office that flows are tried in, on SQLite and on PostgreSQL where it matters."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.models import db
from tests.flows.assisting import LiaisonOffice, build_liaison_office
from tests.flows.awarding import AwardOffice, build_award_office
from tests.flows.office import Office, build
from tests.flows.rostering import RosterOffice, build_roster_office
from tests.flows.tribunal import Tribunal, build_tribunal
from tests.flows.visiting import VisitOffice, build_visit_office


@pytest.fixture
def office(app: Flask, session: Session) -> Office:
    """Return a small office on SQLite."""
    return build(app, session)


@pytest.fixture
def either_office(either_app: Flask) -> Office:
    """Return a small office on SQLite, and again on PostgreSQL."""
    return build(either_app, db.session())


@pytest.fixture
def tribunal(app: Flask, session: Session) -> Tribunal:
    """Return the office with those who decide on infringements."""
    return build_tribunal(app, session)


@pytest.fixture
def either_tribunal(either_app: Flask) -> Tribunal:
    """Return the same on SQLite, and again on PostgreSQL."""
    return build_tribunal(either_app, db.session())


@pytest.fixture
def award_office(app: Flask, session: Session) -> AwardOffice:
    """Return the office with those who have to do with awards."""
    return build_award_office(app, session)


@pytest.fixture
def either_award_office(either_app: Flask) -> AwardOffice:
    """Return the same on SQLite, and again on PostgreSQL."""
    return build_award_office(either_app, db.session())


@pytest.fixture
def roster_office(app: Flask, session: Session) -> RosterOffice:
    """Return the office with those who keep the roster."""
    return build_roster_office(app, session)


@pytest.fixture
def either_roster_office(either_app: Flask) -> RosterOffice:
    """Return the same on SQLite, and again on PostgreSQL."""
    return build_roster_office(either_app, db.session())


@pytest.fixture
def liaison_office(app: Flask, session: Session) -> LiaisonOffice:
    """Return the office with those who are there for the members of the roster."""
    return build_liaison_office(app, session)


@pytest.fixture
def either_liaison_office(either_app: Flask) -> LiaisonOffice:
    """Return the same on SQLite, and again on PostgreSQL."""
    return build_liaison_office(either_app, db.session())


@pytest.fixture
def visit_office(app: Flask, session: Session) -> VisitOffice:
    """Return the office with those who visit the members of the roster."""
    return build_visit_office(app, session)


@pytest.fixture
def either_visit_office(either_app: Flask) -> VisitOffice:
    """Return the same on SQLite, and again on PostgreSQL."""
    return build_visit_office(either_app, db.session())
