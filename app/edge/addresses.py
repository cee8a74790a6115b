"""Limits for ids and text in URLs: numbers that a row can have, text that a database can keep."""

from __future__ import annotations

from typing import Any

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter, Map

from app.queries.cases import LARGEST_ID


class RowNumber(IntegerConverter):
    """The number of a row; a larger one than there can be is an address that leads nowhere."""

    def __init__(self, map: Map, *args: Any, **kwargs: Any) -> None:
        super().__init__(map, *args, **{"max": LARGEST_ID, **kwargs})


def install(app: Flask) -> None:
    """Read every number in an address as that of a row, and refuse what no database takes for text."""
    app.url_map.converters["int"] = RowNumber
    app.before_request(_refuse_what_is_no_text)


def _refuse_what_is_no_text() -> None:
    if "\0" in request.path or any("\0" in f"{name}{value}" for name, value in request.args.items(multi=True)):
        abort(400)


def number(text: str | None) -> int:
    """Return the number of a row as a form names it, 0 where ``text`` is none."""
    wanted = int(text) if text and text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST_ID)) else 0
    return wanted if wanted <= LARGEST_ID else 0
