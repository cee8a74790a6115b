"""Files: taken in by content, handed out only to whom the case lets see them, never shown as a page."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request
from flask_babel import gettext

from app.domain.errors import RuleBroken
from app.edge.files import handed_out, keep
from app.edge.sentences import sentence
from app.models import db
from app.queries import casefile
from app.queries import cases as case_queries
from app.services.throttling import TooMany
from app.web.security import me

bp = Blueprint("files", __name__, url_prefix="/files")


@bp.post("")
def upload() -> tuple[Response, int]:
    """Take one file of a form that is being filled in; answer with its id."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return jsonify(error=gettext("请选择文件")), 422
    try:
        row = keep(file.filename, file.read(), me())
    except RuleBroken as refusal:
        return jsonify(error=sentence(refusal)), 429 if isinstance(refusal, TooMany) else 422
    return jsonify(id=row.id, name=row.name, size=row.size, media_type=row.media_type), 201


@bp.get("/<int:file_id>")
def download(file_id: int) -> Response:
    """Hand out a file to the person who uploaded it."""
    return handed_out(casefile.file_for(db.session(), me(), file_id))


@bp.get("/cases/<int:case_id>/<int:document_id>")
def document(case_id: int, document_id: int) -> Response:
    """Hand out a paper of a case; one that is still being made says so."""
    case = case_queries.case_for(db.session(), me(), case_id)
    found = casefile.document_for(db.session(), me(), case, document_id)
    if found.file is None:
        return Response(status=202, headers={"Retry-After": "3"})
    return handed_out(found.file)
