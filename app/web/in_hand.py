"""The desk of whoever works on cases: all of theirs by stage, what is due, whom they meet."""

from __future__ import annotations

from flask import Blueprint, render_template

from app.models import db
from app.queries import in_hand
from app.web.presenting import lamp_of
from app.web.security import me

bp = Blueprint("in_hand", __name__, url_prefix="/in-hand")


@bp.get("")
def index() -> str:
    """Show the open cases in which this person has a seat."""
    return render_template("in_hand/index.html", desk=in_hand.desk(db.session(), me()), lamp_of=lamp_of)
