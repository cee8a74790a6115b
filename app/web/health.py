"""Is the product alive, and is it ready to serve?"""

from __future__ import annotations

import json

from flask import Blueprint, Response, current_app, jsonify
from flask_babel import gettext

from app.documents import store
from app.models import db
from app.queries import health

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def alive() -> Response:
    """Say that the worker answers; asks nothing of anybody else."""
    return jsonify(status="ok")


@bp.get("/readyz")
def ready() -> Response:
    """Say of database, migrations, jobs and the folder of files that each is ``ok``, or what is wrong (then 503)."""
    found = health.readiness(db.session(), current_app.extensions["migrate"].directory) | {"files": _files()}
    is_ready = all(text == health.OK for text in found.values())
    told = {name: text if text == health.OK else gettext(text) for name, text in found.items()}
    body = json.dumps({"status": "ok" if is_ready else "not ready", **told}, ensure_ascii=False)  # read at a terminal
    return Response(body + "\n", 200 if is_ready else 503, mimetype="application/json")


def _files() -> str:
    try:
        store.check(current_app.config["UPLOAD_LIMIT"])
    except store.StoreFailed as failed:
        return str(failed)
    return health.OK
