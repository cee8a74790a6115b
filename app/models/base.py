"""The base of every table, and the session that the floors above hand down."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import Connection, Engine, MetaData
from sqlalchemy.orm import DeclarativeBase

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


db = SQLAlchemy(model_class=Base, session_options={"class_": OneDatabase})
