"""Signing in and leaving."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.domain.errors import RuleBroken
from app.edge.sentences import sentence
from app.models import db
from app.services import accounts
from app.services.changing import changing
from app.services.throttling import TooMany
from app.web.security import address, me, safe_next, sign_in
from forms.account import Login

bp = Blueprint("sessions", __name__)


@bp.get("/login")
def new() -> str | Response:
    """Show the login form; who is signed in already goes on."""
    target = safe_next(request.args.get("next"))
    if me().is_authenticated:
        return redirect(target or url_for("public.home"), 303)
    return render_template("sessions/new.html", form=Login(), next=target)


@bp.post("/login")
def create() -> tuple[str, int] | Response:
    """Sign in and go to the page that was asked for."""
    form = Login(request.form)
    target = safe_next(request.form.get("next"))
    if not form.validate():
        return render_template("sessions/new.html", form=form, next=target), 422
    try:
        with changing(db.session()):
            user = accounts.authenticate(db.session(), form.username.data, form.password.data, address())
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        status = 429 if isinstance(refusal, TooMany) else 422
        return render_template("sessions/new.html", form=form, next=target), status
    sign_in(user)
    return redirect(target or _home(), 303)


def _home() -> str:
    return url_for("workbench.index") if me().unit_ids else url_for("matters.index")


@bp.post("/logout")
def end() -> Response:
    """Leave."""
    with changing(db.session()):
        accounts.log_out(db.session(), session["mark"], by=me(), address=address())
    session.clear()
    flash(gettext("您已退出登录"), "success")
    return redirect(url_for("public.home"), 303)
