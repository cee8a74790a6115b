"""The supervisor's desk: where deadlines stand, who is overloaded, what will lapse."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_login import current_user

from app.models import User, db
from app.queries import supervision

bp = Blueprint("supervision", __name__, url_prefix="/supervision")


@bp.get("")
def index() -> str:
    """Show deadlines by unit and lamp, work by person, and what will lapse next."""
    user: User = current_user._get_current_object()
    session = db.session()
    return render_template(
        "supervision/index.html",
        units=supervision.by_unit(session, user),
        people=supervision.by_person(session, user),
        lapsing=supervision.lapsing(session, user),
        outcomes=supervision.outcomes(session, user),
    )
