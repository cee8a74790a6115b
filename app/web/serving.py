"""What is still to be served, and by whom the receipt is waited for."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from app.documents.catalogue import KINDS
from app.models import db
from app.queries import serving
from app.web.security import me
from app.web.words import named

bp = Blueprint("serving", __name__, url_prefix="/serving")


@bp.get("")
def index() -> str:
    """List the papers that have not reached everybody, the oldest first unless asked otherwise."""
    wanted = serving.filter_from(request.args)
    kinds = {*serving.kinds_to_serve(db.session(), me()), wanted.kind} & KINDS.keys()
    return render_template(
        "serving/index.html",
        page=serving.to_serve(db.session(), me(), wanted),
        wanted=wanted,
        kinds=[(kind, named(KINDS[kind])) for kind in sorted(kinds)],
    )
