"""What is still to be served, and by whom the receipt is waited for."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from app.models import db
from app.queries import serving
from app.web.security import me

bp = Blueprint("serving", __name__, url_prefix="/serving")


@bp.get("")
def index() -> str:
    """List the papers that have not reached everybody, the oldest first."""
    cursor = request.args.get("cursor", "")[:300]
    return render_template("serving/index.html", page=serving.to_serve(db.session(), me(), cursor), cursor=cursor)
