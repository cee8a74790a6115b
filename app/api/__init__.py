"""The JSON API (design, section 7): the same services and queries as the pages, described by OpenAPI."""

from __future__ import annotations

from flask import Flask


def install(app: Flask) -> None:
    """Register the API under ``/api/v1``; it is exempt from CSRF because it takes bearer tokens only, no cookies."""
    from app.api import cases, door, files, processes, routes, specification, tasks, tokens
    from app.installation import csrf

    for room in (tokens, processes, cases, tasks, files, specification):
        room.add_routes(routes.bp)
    door.guard(routes.bp)
    csrf.exempt(routes.bp)
    app.register_blueprint(routes.bp)
