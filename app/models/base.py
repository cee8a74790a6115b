"""The base of every table, and the session that the floors above hand down."""

from __future__ import annotations

from functools import cache, cached_property
from typing import Any, cast

from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import Connection, Engine, Insert, MetaData, Table, insert
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.orm import Session as SqlSession

from app.models.types import NAMING


class Base(DeclarativeBase):
    """A table of ours: constraints are named in words, so that a refusal can be turned into a sentence."""

    metadata = MetaData(naming_convention=NAMING)


class OneDatabase(Session):
    """A session that need not look for the database of each table: there is one."""

    def get_bind(self, *_of: Any, bind: Engine | Connection | None = None, **_more: Any) -> Engine | Connection:
        """Return the database."""
        return bind if bind is not None else self._one

    @cached_property
    def _one(self) -> Engine:
        return self._db.engine


@cache
def _insert_into(table: type[Base]) -> Insert:
    return insert(cast("Table", table.__table__)).inline()  # nobody asks for the id


def append(session: SqlSession, row: Base) -> None:
    """Insert a row that is never changed: the unit of work, which would look for changes, need not know it.

    Types and constraints are those of the table. The row refers by id to others, which are there already.
    """
    values = {name: value for name, value in vars(row).items() if name in row.__table__.c}
    session.connection().execute(_insert_into(type(row)), values)  # what else has changed can wait


db = SQLAlchemy(model_class=Base, session_options={"class_": OneDatabase})
