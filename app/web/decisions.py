"""Published decisions, for anybody: the masked text and nothing else (order 81, art. 83)."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template, request

from app.edge.files import handed_out
from app.models import db
from app.queries import publications

bp = Blueprint("decisions", __name__, url_prefix="/decisions")


@bp.get("")
def index() -> str:
    """List the decisions that are public now, the newest first."""
    wanted = publications.wanted_from(request.args)
    page = publications.page(db.session(), wanted)
    rulings = publications.rulings(db.session(), [row.case_id for row in page.items])
    return render_template("decisions/index.html", wanted=wanted, page=page, rulings=rulings)


@bp.get("/<int:publication_id>")
def show(publication_id: int) -> str:
    """Show one decision as it was published."""
    row = publications.published(db.session(), publication_id)
    ruling = publications.rulings(db.session(), [row.case_id]).get(row.case_id)
    return render_template("decisions/show.html", row=row, ruling=ruling)


@bp.get("/<int:publication_id>.pdf")
def paper(publication_id: int) -> Response:
    """Hand out the sheet of a published decision (D46)."""
    row = publications.published(db.session(), publication_id)
    if row.document is None or row.document.file is None:
        abort(404)
    return handed_out(row.document.file)
