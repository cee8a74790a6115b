"""An office whose cases leave work for the jobs, and a place where its mail arrives."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app import notifications
from app.jobs import Counts, outbox, run_due
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


@pytest.fixture(autouse=True)
def mailbox() -> Iterator[notifications.NullMailer]:
    """Return where e-mail arrives in this test."""
    box = notifications.NullMailer()
    notifications.use(box)
    outbox._mail_rests_until = None
    yield box
    notifications.use(None)


def work(office: Office) -> Counts:
    """Do everything that is due."""
    return run_due(db.session(), office.app.config["PEIYOU"])
