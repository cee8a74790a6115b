"""The table of the API: each operation with its path, its policy and what it takes and gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint

Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: what OpenAPI says of it, and whether a stranger may call it.

    ``once``: a key in the header ``Idempotency-Key`` keeps it from being done twice.
    """

    name: str
    method: str
    path: str
    summary: str
    gives: Schema
    status: int
    takes: Schema | None
    query: tuple[Schema, ...]
    refusals: tuple[int, ...]
    open: bool
    multipart: bool
    once: bool


OPERATIONS: dict[str, Operation] = {}


def operation(
    blueprint: Blueprint,
    method: str,
    path: str,
    view: Callable[..., Any],
    *,
    summary: str,
    gives: Schema,
    status: int = 200,
    takes: Schema | None = None,
    query: tuple[Schema, ...] = (),
    refusals: tuple[int, ...] = (),
    open_to_strangers: bool = False,
    multipart: bool = False,
    once: bool = False,
) -> None:
    """Add an operation: its route, and its line in the description. Without a line there is no route."""
    name = view.__name__
    OPERATIONS[f"api.{name}"] = Operation(
        name, method, path, summary, gives, status, takes, query, refusals, open_to_strangers, multipart, once
    )
    blueprint.add_url_rule(path, name, view, methods=[method])
