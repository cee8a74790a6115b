"""Write a row that may be there already; two who try at the same moment do not collide, on either database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

Row = TypeVar("Row")


def insert(session: Session, table: type) -> postgresql.Insert | sqlite.Insert:
    """Return the INSERT of this database, which can say what is to be done when the row is there."""
    build = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    return build(table)


def insert_missing(session: Session, table: type, **values: Any) -> None:
    """Insert a row unless it is there already."""
    session.execute(insert(session, table).values(**values).on_conflict_do_nothing())


def upsert(session: Session, table: type[Row], key: Mapping[str, Any], **values: Any) -> Row:
    """Give the row with this unique ``key`` these values, whether it is there or not, and return it; the last one wins."""
    row = insert(session, table).values(**key, **values)
    written = row.on_conflict_do_update(index_elements=list(key), set_={name: row.excluded[name] for name in values})
    return session.scalars(written.returning(table), execution_options={"populate_existing": True}).one()
