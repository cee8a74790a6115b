"""What makes the tests quick and changes nothing that they look at: each begins with an application and a database of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from typing import Any

from argon2 import PasswordHasher
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from app.domain import passwords
from app.models import connection

_options = connection.options
_templates = tempfile.TemporaryDirectory(prefix="peiyou-templates-")  # gone with the process
_compile_builder = Rule._compile_builder
_builders: dict[tuple[Any, ...], Callable[..., tuple[str, str]]] = {}
_compiled: LRUCache[Any, Any] = LRUCache(10_000)


def make() -> None:
    """Let what each test would do again be done once."""
    # nobody's password is guarded here, and each test logs several people in
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(_templates.name)}
    # a database of a test need not outlive the machine
    connection.SQLITE_PRAGMAS = tuple(p.replace("= FULL", "= OFF") for p in connection.SQLITE_PRAGMAS)
    # what was compiled for one database of a kind is right for the next
    for kind in (SQLiteDialect_pysqlite, PGDialect_psycopg):
        kind.__eq__ = lambda self, other: type(self) is type(other)  # type: ignore[method-assign]
        kind.__hash__ = lambda self: hash(type(self))  # type: ignore[method-assign]
    connection.options = _options_with_one_memory
    # every application has the same addresses
    Rule._compile_builder = _builder  # type: ignore[method-assign]


def _builder(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
    key = (rule.rule, rule.subdomain, rule.host, repr(rule.defaults), append_unknown)
    if key not in _builders:
        _builders[key] = _compile_builder(rule, append_unknown)
    return _builders[key]


def _options_with_one_memory(url: str) -> dict[str, Any]:
    return {**_options(url), "execution_options": {"compiled_cache": _compiled}}
