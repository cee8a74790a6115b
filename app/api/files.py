"""Files: uploaded first, then named by id in the answers of a form."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request
from flask_babel import gettext

from app.api import door, shapes
from app.api.routes import operation
from app.edge.files import keep


def upload_file() -> tuple[Response, int] | Response:
    """Keep an uploaded file for the caller."""
    if request.mimetype != "multipart/form-data":
        return door.problem(415)
    file = request.files.get("file")
    if file is None or not file.filename:
        return door.problem(422, errors={"file": [gettext("请选择文件")]})
    row = keep(file.filename, file.read(), door.me())
    content = {"id": row.id, "name": row.name, "media_type": row.media_type, "size": row.size, "sha256": row.sha256}
    return jsonify(content), 201


def add_routes(bp: Blueprint) -> None:
    """Add the operation on files."""
    operation(
        bp,
        "POST",
        "/files",
        upload_file,
        summary="Upload a file",
        gives=shapes.FILE,
        status=201,
        refusals=(413, 415, 422, 429),
        multipart=True,
    )
