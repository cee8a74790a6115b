"""The description of the API, made from its table."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, Response, jsonify

from app.api.routes import OPERATIONS, Operation, operation

REASONS = {
    400: "Not JSON, not an object, or text with characters that are none",
    401: "No valid token",
    403: "Known, but not allowed",
    404: "Not there, or not yours",
    409: "Somebody was first, or the step is gone",
    413: "Too large",
    415: "Another content type is needed",
    422: "An answer cannot be accepted; errors names the fields",
    429: "Too many tries",
}
PROBLEM = {
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "status": {"type": "integer"},
        "title": {"type": "string"},
        "detail": {"type": "string"},
        "reference": {"type": "string"},
        "case_id": {"type": "integer", "description": "The case that the first submission led to"},
        "errors": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}},
    },
    "required": ["type", "status", "title"],
}
KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "description": "A key of the caller's own; the second submission with the same key is 409 and names the case. "
    "Without a key, so is the second submission of the same answers by the same person within one to two minutes, "
    "unless somebody else has acted in the case in between: send two keys to do the same thing twice",
    "schema": {"type": "string", "pattern": "^[!-~]{1,64}$"},
}


def openapi() -> Response:
    """Return the OpenAPI 3.1 description of every operation."""
    return jsonify(description())


def description() -> dict[str, Any]:
    """Return the description as plain data."""
    paths: dict[str, dict[str, Any]] = {}
    for one in OPERATIONS.values():
        path = "/api/v1" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", one.path)
        paths.setdefault(path, {})[one.method.lower()] = _described(one)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Peiyou", "version": "1"},
        "paths": paths,
        "components": {
            "schemas": {"Problem": PROBLEM},
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"bearer": []}],
    }


def _described(one: Operation) -> dict[str, Any]:
    refusals = {*one.refusals} | (set() if one.open else {401}) | ({400, 415} if one.takes or one.multipart else set())
    refusals |= {400} if one.query else set()
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    responses: dict[str, Any] = {str(s): {"description": REASONS[s], "content": problem} for s in sorted(refusals)}
    binary = one.gives.get("format") == "binary"
    content = {"*/*": {}} if binary else {"application/json": {"schema": one.gives}}
    responses[str(one.status)] = {"description": one.summary, "content": content}
    found: dict[str, Any] = {
        "operationId": one.name,
        "summary": one.summary,
        "parameters": [*_in_path(one), *({"in": "query", **q} for q in one.query), *([KEY] if one.once else [])],
        "responses": responses,
    }
    if one.takes:
        found["requestBody"] = {"required": True, "content": {"application/json": {"schema": one.takes}}}
    if one.multipart:
        file = {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}, "required": ["file"]}
        found["requestBody"] = {"required": True, "content": {"multipart/form-data": {"schema": file}}}
    if one.open:
        found["security"] = []
    return found


def _in_path(one: Operation) -> list[dict[str, Any]]:
    kinds = {"int": {"type": "integer", "minimum": 1, "maximum": 2147483647}, "": {"type": "string", "minLength": 1}}
    return [
        {"in": "path", "name": name, "required": True, "schema": kinds[kind.rstrip(":")]}
        for kind, name in re.findall(r"<(\w+:)?(\w+)>", one.path)
    ]


def add_routes(bp: Blueprint) -> None:
    """Add the operation that describes all others."""
    operation(
        bp,
        "GET",
        "/openapi.json",
        openapi,
        summary="This description",
        gives={"type": "object"},
        open_to_strangers=True,
    )
