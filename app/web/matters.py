"""My matters: what a company or person sees of their cases; what waits for them first, drafts last."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template
from flask_login import current_user
from werkzeug.wrappers import Response

from app import clock
from app.models import User, db
from app.queries import drafts, matters, roster
from app.web.menu import home
from app.web.presenting import lamp_of

bp = Blueprint("matters", __name__, url_prefix="/matters")


@bp.get("")
def index() -> str | Response:
    """Show my cases as cards: what is asked of me, until when, who holds the ball."""
    user: User = current_user._get_current_object()
    if user.is_official and not user.organization_ids:
        return redirect(home(user), 303)
    return render_template(
        "matters/index.html",
        matters=matters.matters(db.session(), user),
        most=matters.MOST,
        drafts=drafts.drafts_of(db.session(), user),
        lamp_of=lamp_of,
        member=roster.own_membership(db.session(), user, clock.today()),
    )
