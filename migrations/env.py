"""How migrations run: on the application's database, one transaction each, with limits on waiting for a lock."""

from __future__ import annotations

from alembic import context
from flask import current_app
from sqlalchemy import text

database = current_app.extensions["migrate"].db


def _is_ours(_thing: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    """The job queue makes tables of its own beside ours on PostgreSQL; they are none of our business."""
    return not (kind == "table" and name is not None and name.startswith("huey"))


def run() -> None:
    """Bring the database of the application to the wanted revision."""
    with database.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET lock_timeout = '4s'"))
            connection.commit()
        else:  # SQLite changes a table by making it anew; what refers to it must let it go for that moment
            connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            compare_type=True,
            user_module_prefix="types.",
            include_object=_is_ours,
            render_as_batch=connection.dialect.name == "sqlite",
        )
        with context.begin_transaction():
            context.run_migrations()
        if connection.dialect.name == "sqlite":
            connection.connection.driver_connection.execute("PRAGMA foreign_keys = ON")


run()
