"""Is the product alive, and is it ready to serve?"""

from __future__ import annotations

from flask import Blueprint, Response, current_app, jsonify

from app.models import db
from app.queries import health

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def alive() -> Response:
    """Say that the worker answers; asks nothing of anybody else."""
    return jsonify(status="ok")


@bp.get("/readyz")
def ready() -> tuple[Response, int]:
    """Say whether the database answers, its migrations are at head and the jobs are alive; 503 names what is not."""
    found = health.readiness(db.session(), current_app.extensions["migrate"].directory)
    return jsonify(status="ok" if all(found.values()) else "not ready", **found), 200 if all(found.values()) else 503
