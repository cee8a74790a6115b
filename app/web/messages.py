"""Messages within the product."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import get_locale
from werkzeug.wrappers import Response

from app import notifications
from app.models import db
from app.queries import messages as queries
from app.services import messages
from app.services.changing import changing
from app.web.security import me

bp = Blueprint("messages", __name__, url_prefix="/messages")


@bp.get("")
def index() -> str:
    """Show my messages, the newest first."""
    language = str(get_locale())
    page = queries.page(db.session(), me(), request.args.get("before"))
    lines = [(row, notifications.render(row, "in_app", language)) for row in page.items]
    return render_template("messages/index.html", lines=lines, page=page)


@bp.post("/<int:message_id>")
def read(message_id: int) -> Response:
    """Mark a message as read and go where it leads; ``0`` marks all of them."""
    with changing(db.session):
        link = messages.mark_read(db.session(), message_id, by=me())
    return redirect(link or url_for(".index"), 303)
