"""What anybody may see: what can be done here, how, and how far a matter is."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request

from app.domain.errors import RuleBroken
from app.edge.sentences import sentence, status_of
from app.models import db
from app.queries import objections, progress
from app.services import settings, throttling
from app.services.changing import changing
from app.web.guides import GUIDES

bp = Blueprint("public", __name__)


@bp.get("/")
def home() -> str:
    """Show what can be done here."""
    return render_template("public/home.html", guides=GUIDES)


@bp.get("/guides")
def guides() -> str:
    """List the service guides."""
    return render_template("public/guides.html", guides=GUIDES)


@bp.get("/guides/<key>")
def guide(key: str) -> str:
    """Show one service guide: who, conditions, papers, steps, time limits, fees, where and when, complaints.

    Where the office has not said something of itself, the page says nothing of it.
    """
    found = GUIDES.get(key)
    if found is None:
        abort(404)
    told = settings.several(db.session(), *(f"office.{name}" for name in ("name", "address", "hours", "phone")))
    return render_template(
        "public/guide.html", guide=found, office={name.removeprefix("office."): value for name, value in told.items()}
    )


@bp.get("/privacy")
def privacy() -> str:
    """Show how personal information is handled (PIPL, art. 17)."""
    return render_template("public/privacy.html")


@bp.route("/progress", methods=("GET", "POST"), endpoint="progress")
def look_up() -> tuple[str, int]:
    """Look up how far a matter is, by its number and the end of a phone number or code of one of its parties.

    With the receipt number of an objection and the end of the phone it names, where that stands.
    """
    if request.method == "GET":
        return render_template("public/progress.html", found=None, error=None), 200
    number, tail = request.form.get("number", ""), request.form.get("tail", "")
    try:
        with changing(db.session):
            throttling.count(db.session(), f"progress:{request.remote_addr}", limit=10, seconds=600)
        if objections.is_receipt(number):
            objection = objections.look_up(db.session(), number, tail)
            return render_template("public/progress.html", objection=objection, error=None), 200
        found = progress.look_up(db.session(), number, tail)
    except RuleBroken as refusal:
        return render_template("public/progress.html", found=None, error=sentence(refusal)), status_of(refusal)
    return render_template("public/progress.html", found=found, error=None), 200
