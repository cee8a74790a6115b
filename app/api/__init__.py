"""The JSON API: the same services and queries as the pages, described by OpenAPI."""

from __future__ import annotations

from flask import Blueprint, Flask


def install(app: Flask) -> None:
    """Register the API under ``/api/v1``; it is exempt from CSRF because it takes bearer tokens only, no cookies."""
    from app.api import cases, door, files, processes, specification, tasks, tokens
    from app.installation import csrf

    bp = Blueprint("api", __name__, url_prefix="/api/v1")
    for room in (tokens, processes, cases, tasks, files, specification):
        room.add_routes(bp)
    door.guard(bp)
    app.before_request(door.off_the_map)
    csrf.exempt(bp)
    app.register_blueprint(bp)
