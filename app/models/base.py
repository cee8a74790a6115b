"""The base of every table, and the session that the floors above hand down."""

from __future__ import annotations

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

from app.models.types import NAMING


class Base(DeclarativeBase):
    """A table of ours: constraints are named in words, so that a refusal can be turned into a sentence."""

    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Base)
