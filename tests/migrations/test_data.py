"""What a database holds before a migration means the same after it, on both databases."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from flask_migrate import downgrade, stamp, upgrade
from sqlalchemy import Table, insert, select, update

from app import clock
from app.models import Base, Document, Invitation, Mediation, Party, db
from tests.flows.office import build

ROOT = Path(__file__).parents[2]


def table(model: type[Base]) -> Table:
    """Return the table of a model."""
    found = Base.metadata.tables[model.__tablename__]
    assert isinstance(found, Table)
    return found


def test_requests_and_invitations_of_before_mean_the_same_afterwards(either_app: Flask) -> None:
    office = build(either_app, db.session())
    plain, damages = office.files(), office.files()
    party = db.session.scalars(select(Party.id).where(Party.case_id == plain.id)).first()
    kinds = update(Document).where(Document.case_id == damages.id, Document.kind == "right_proof")
    db.session.execute(kinds.values(kind="infringement_decision"))
    row = {"party_id": party, "digest": "d" * 64, "created_by_id": office.clerk.id}
    db.session.execute(insert(table(Invitation)).values(**row, created_at=clock.now(), expires_at=clock.now()))
    db.session.commit()
    migrate(back_to="0001")
    alone = db.session.scalars(select(Mediation.case_id).where(Mediation.only_damages)).all()
    assert (alone, plain.id) == ([damages.id], damages.id - 1)
    assert db.session.scalars(select(Invitation.agent_id)).all() == [None]


def migrate(back_to: str) -> None:
    """Take the tables back to a revision, and forward again."""
    db.session.remove()
    folder = str(ROOT / "migrations")
    stamp(folder)
    downgrade(folder, revision=back_to)
    upgrade(folder)
