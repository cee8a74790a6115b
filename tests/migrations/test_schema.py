"""The migrations lead to exactly the tables that the code has, on both databases, and back."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Connection, Engine, insert, inspect, select, text

from app.models import Base, Mediation, db
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
    row = {
        "requests": [],
        "facts": "",
        "right_type": "design",
        "right_number": "",
        "right_name": "",
        "right_holder": "",
    }
    row |= {"requester_standing": "claimant", "dispute_kind": "ownership", "no_suit_declared": True}
    with empty_app.app_context():
        upgrade(str(ROOT / "migrations"))
        with db.engine.connect() as connection:
            _forget_cases(connection)
            for n, word in enumerate(words, start=1):
                connection.execute(insert(Mediation).values(case_id=n, judicial_confirmation=word, **row))
            connection.commit()
        downgrade(str(ROOT / "migrations"), revision="0001")
        with db.engine.connect() as connection:
            found = connection.scalars(select(Mediation.judicial_confirmation).order_by(Mediation.case_id))
            assert found.all() == list(words.values())
        db.engine.dispose()


def _forget_cases(connection: Connection) -> None:
    """Let rows stand without the case they belong to."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("ALTER TABLE mediation DROP CONSTRAINT fk_mediation_case_id"))
    else:
        connection.connection.driver_connection.execute("PRAGMA foreign_keys = off")  # type: ignore[union-attr]
